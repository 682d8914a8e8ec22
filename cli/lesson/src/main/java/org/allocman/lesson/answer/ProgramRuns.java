package org.allocman.lesson.answer;

/** The places where learners' programs can run. */
public final class ProgramRuns {
    private static final ProgramRun HERE = new ProgramHere();

    private ProgramRuns() {}

    /**
     * In this process, with all its rights: for answers that are trusted, as those of tests are.
     *
     * @return this process
     */
    public static ProgramRun here() {
        return HERE;
    }

    /**
     * In a Java machine of its own for each program, locked in by what the platform has.
     *
     * @param lock what keeps it in
     * @param output what gets the program's own output; it is cut after 64 KiB
     * @return Java machines of their own
     */
    public static ProgramRun locked(Lock lock, Appendable output) {
        return new ProgramLocked(lock, output);
    }
}
