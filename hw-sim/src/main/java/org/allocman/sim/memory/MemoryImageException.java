package org.allocman.sim.memory;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file that is no usable machine image; the message names the file and what is wrong with it. */
public final class MemoryImageException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param file the file
     * @param problem what is wrong with it
     */
    public MemoryImageException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
