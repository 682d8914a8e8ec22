package org.allocman.lesson.answer;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;

/** The check of a machine on which a learner's answer has run. */
final class StageCheck {
    // a machine's own checks take milliseconds; a memory that was made up can lead them in circles
    private static final long MOST_MILLIS = 20_000;

    private StageCheck() {}

    /** What is wrong with the machine; a program can leave one that cannot even be read, or that no kernel could have made. */
    static List<Finding> findings(Lesson<?> lesson, Stage<?> stage) {
        AtomicReference<List<Finding>> found =
                new AtomicReference<>(broken(lesson, "its check does not come to an end"));
        Thread thread = new Thread(() -> found.set(look(lesson, stage)), "check");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(MOST_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return found.get();
    }

    private static List<Finding> look(Lesson<?> lesson, Stage<?> stage) {
        try {
            List<String> laws = stage.brokenLaws();
            return laws.isEmpty() ? stage.check() : broken(lesson, laws.get(0));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            // whatever the check stumbles over, the program has put there
            return broken(lesson, String.valueOf(broken.getMessage()));
        }
    }

    private static List<Finding> broken(Lesson<?> lesson, String why) {
        return List.of(new Finding(
                lesson.name() + ".broken",
                "The machine is in a state that cannot be looked at any more: " + why + ".",
                "Something was deleted or unmapped that was not yours. Do less, and check after each step."));
    }
}
