package org.allocman.sim.boot;

import java.io.Serial;
import org.allocman.qual.Bytes;

/** A board that the kernel cannot boot on: the configuration does not fit, or makes no sense there. */
public final class BootFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long missingBytes;

    /**
     * Makes a failure.
     *
     * @param message what does not fit
     * @param missingBytes how many bytes of memory are missing, 0 if more memory would not help
     */
    public BootFailure(String message, @Bytes long missingBytes) {
        super(message);
        this.missingBytes = missingBytes;
    }

    /**
     * How much memory is missing.
     *
     * @return bytes, 0 if more memory would not help
     */
    public @Bytes long missingBytes() {
        return missingBytes;
    }
}
