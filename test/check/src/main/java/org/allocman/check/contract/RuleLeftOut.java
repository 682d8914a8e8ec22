package org.allocman.check.contract;

import java.io.Serial;

/** A rule says nothing about this kernel; the message says why. */
final class RuleLeftOut extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RuleLeftOut(String message) {
        super(message);
    }
}
