package org.allocman.sim.boot;

import java.io.Serial;

/** A recording that cannot be read: not in the format, or with figures that make no sense. */
public final class RecordingException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * Says what is wrong.
     *
     * @param line a line number, from 1; 0 if no one line is to blame
     * @param message what is wrong with it
     */
    public RecordingException(int line, String message) {
        super(line == 0 ? message : "line " + line + ": " + message);
        this.line = line;
    }

    /**
     * Where in the recording it is wrong.
     *
     * @return a line number, from 1; 0 if no one line is to blame
     */
    public int line() {
        return line;
    }
}
