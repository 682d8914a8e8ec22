package org.allocman.script;

import java.io.Serial;

/** A line that is no command; the message says where, what was found and what is wanted. */
public final class ScriptException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String what;

    ScriptException(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + what);
        this.line = line;
        this.column = column;
        this.what = what;
    }

    /**
     * Where it is.
     *
     * @return number of the line, from 1
     */
    public int line() {
        return line;
    }

    /**
     * Where in the line it is.
     *
     * @return number of the character, from 1
     */
    public int column() {
        return column;
    }

    /**
     * What is wrong, without the place.
     *
     * @return a sentence
     */
    public String what() {
        return what;
    }
}
