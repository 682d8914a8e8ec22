package org.allocman.cli.play;

import org.allocman.cli.frame.BadInputException;

/** Compares what came of a line with what had to come of it. */
final class Expectation {
    private Expectation() {}

    /** Whether it is right; names are those that there were before the line. */
    static boolean isMet(PlayLine line, Answer answer, NamedValues names) {
        String expected = line.expected();
        if (answer.text().equals(Answer.BROKEN)) {
            return false;
        }
        // an address cannot be foreseen, so a call that answers one is as good as one that answers nothing
        return expected == null
                || expected.equals(answer.text())
                || expected.equals(Answer.OK) && answer.isDone()
                || isNumber(expected, answer, names);
    }

    private static boolean isNumber(String expected, Answer answer, NamedValues names) {
        Long number = answer.number();
        try {
            return number != null && names.number(expected) == number;
        } catch (BadInputException noNumber) {
            return false;
        }
    }
}
