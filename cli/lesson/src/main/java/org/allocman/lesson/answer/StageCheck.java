package org.allocman.lesson.answer;

import java.util.List;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;

/** The check of a machine on which a learner's program has run. */
final class StageCheck {
    private StageCheck() {}

    /** What is wrong with the machine; a program can leave one that cannot even be read. */
    static List<Finding> findings(Lesson<?> lesson, Stage<?> stage) {
        try {
            return stage.check();
        } catch (RuntimeException broken) { // whatever the check stumbles over, the program has put there
            return List.of(new Finding(
                    lesson.name() + ".broken",
                    "The machine is in a state that cannot be looked at any more: " + broken.getMessage() + ".",
                    "Something was deleted or unmapped that was not yours. Do less, and check after each step."));
        }
    }
}
