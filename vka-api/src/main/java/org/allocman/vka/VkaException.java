package org.allocman.vka;

import java.io.Serial;

/** A {@link VkaError} where a plain result is wanted, as with a {@link VkaLease}. */
public final class VkaException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient VkaError error;

    /**
     * Wraps an error.
     *
     * @param error what the allocator answered
     */
    public VkaException(VkaError error) {
        super(error.toString());
        this.error = error;
    }

    /**
     * What the allocator answered.
     *
     * @return the error
     */
    public VkaError error() {
        return error;
    }
}
