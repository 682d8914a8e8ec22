package org.allocman.check.explore;

import java.io.Serial;

/** A checkpoint cannot be gone on with: there is none, it is damaged, or it is of something else. */
public final class CheckpointException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    CheckpointException(String message) {
        super(message);
    }
}
