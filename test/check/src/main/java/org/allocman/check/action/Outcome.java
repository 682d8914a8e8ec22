package org.allocman.check.action;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of an action.
 *
 * @param answer what the machine answered; its text is shown
 * @param refused whether the machine refused
 * @param wrong the rule that the answer breaks, with its name in front, or null
 */
public record Outcome(
        Object answer, boolean refused, @Nullable String wrong) {
    /** It was done, and rightly. */
    public static final Outcome DONE = new Outcome("done", false, null);

    /**
     * It was refused, as it may be.
     *
     * @param answer why
     * @return the outcome
     */
    public static Outcome refused(Object answer) {
        return new Outcome(answer, true, null);
    }

    /**
     * The answer is not what it should be.
     *
     * @param answer what the machine answered
     * @param rule the rule that is broken, with its name in front
     * @return the outcome
     */
    public static Outcome wrong(Object answer, String rule) {
        return new Outcome(answer, false, rule);
    }
}
