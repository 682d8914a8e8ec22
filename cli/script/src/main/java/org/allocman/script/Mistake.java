package org.allocman.script;

import java.io.Serial;

/** A command that makes no sense on this machine or with these names. */
final class Mistake extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Mistake(String what) {
        super(what);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
