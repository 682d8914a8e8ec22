package org.allocman.cli.frame;

import java.io.Serial;

/** Something the user gave cannot be used; the message says what and why, in words the user can act on. */
public class BadInputException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is wrong with the input
     */
    public BadInputException(String message) {
        super(message);
    }
}
