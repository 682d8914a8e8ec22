package org.allocman.lesson.answer;

/**
 * How long an answer may run.
 *
 * @param milliseconds of real time
 * @param invocations of the kernel
 */
public record Limits(long milliseconds, long invocations) {
    /** What no sensible answer needs. */
    public static final Limits USUAL = new Limits(10_000, 100_000);
}
