package org.allocman.cli.play;

import org.allocman.cli.frame.BadInputException;

/** A line wants what a call did not give, because it was refused; the line makes no call then. */
final class NoAnswerException extends BadInputException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String name) {
        super("'" + name + "' stands for nothing, because its call was refused");
    }
}
