package org.allocman.sim.board;

import java.io.Serial;

/** A board description that cannot be used; the message names the file, the place in it, and what is wrong. */
public final class BoardFormatException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param source the file or the board's name
     * @param position where in it, for instance {@code byte 0x38} or {@code line 12}; may be empty
     * @param problem what is wrong there
     */
    public BoardFormatException(String source, String position, String problem) {
        super(source + (position.isEmpty() ? "" : ", " + position) + ": " + problem);
    }
}
