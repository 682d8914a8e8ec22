package org.allocman.vka.args;

import java.io.Serial;

/** Arguments that cannot be used. */
public final class ArgumentsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String position;

    /**
     * Says what is wrong.
     *
     * @param position where, for instance {@code byte 0x1c} or {@code line 2}; may be empty
     * @param problem what is wrong there
     */
    public ArgumentsException(String position, String problem) {
        super(problem);
        this.position = position;
    }

    /**
     * Where it is wrong.
     *
     * @return a place in the arguments; empty if no one place is to blame
     */
    public String position() {
        return position;
    }

    /**
     * The whole sentence.
     *
     * @return place and problem
     */
    public String text() {
        return position.isEmpty() ? "" + getMessage() : position + ": " + getMessage();
    }
}
