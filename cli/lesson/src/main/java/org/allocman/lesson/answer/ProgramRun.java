package org.allocman.lesson.answer;

import java.util.List;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where a learner's program is compiled and run. */
public interface ProgramRun {
    /**
     * Runs a program.
     *
     * @param lesson whose task it solves
     * @param fileName the name of its file
     * @param text its source
     * @param limits how long it may run
     * @param <D> what is on the desk
     * @return how it ended
     */
    <D> Ran<D> run(Lesson<D> lesson, String fileName, String text, AnswerLimits limits);

    /**
     * How a program ended.
     *
     * @param end in which way
     * @param messages what happened on the way, or why it is no program
     * @param stage what it left; null if there is nothing to look at
     * @param <D> what is on the desk
     */
    record Ran<D>(End end, List<String> messages, @Nullable Stage<D> stage) {
        /** The ways to end. */
        public enum End {
            /** Its method returned. */
            RETURNED,
            /** It threw, or was stopped. */
            FAILED,
            /** It is no program for this lesson, so it was not run. */
            UNUSABLE
        }

        static <D> Ran<D> unusable(List<String> why) {
            return new Ran<>(End.UNUSABLE, List.copyOf(why), null);
        }

        static <D> Ran<D> stopped(String why) {
            return new Ran<>(End.FAILED, List.of(why), null);
        }
    }
}
