package org.allocman.check.contract;

import java.io.Serial;

/** A kernel does not keep a rule; the message says what was wanted and what came. */
final class RuleBroken extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RuleBroken(String message) {
        super(message);
    }
}
