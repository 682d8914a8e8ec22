package org.allocman.wire;

import java.io.Serial;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The other end of a wire does not keep to the protocol, is gone, or does not understand; the message says which. */
public final class WireException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message a sentence: what was asked, and what came instead of an answer
     */
    public WireException(String message) {
        super(message);
    }

    /**
     * Makes the exception for a connection that broke.
     *
     * @param message a sentence
     * @param cause what the connection said
     */
    public WireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
