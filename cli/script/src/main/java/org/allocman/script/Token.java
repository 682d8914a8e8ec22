package org.allocman.script;

/**
 * A piece of a line.
 *
 * @param kind what it is
 * @param text as it was written
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, int column) {
    /** What pieces there are. */
    enum Kind {
        WORD,
        NUMBER,
        SIGN,
        END
    }

    boolean is(String what) {
        return kind != Kind.END && text.equals(what);
    }

    /** How to speak of it. */
    String quoted() {
        return kind == Kind.END ? "the end of the line" : "'" + text + "'";
    }
}
