package org.allocman.lesson.answer;

/**
 * How long an answer may run.
 *
 * @param milliseconds of real time
 * @param invocations of the kernel
 */
public record AnswerLimits(long milliseconds, long invocations) {
    /** What no sensible answer needs. */
    public static final AnswerLimits USUAL = new AnswerLimits(10_000, 100_000);
}
