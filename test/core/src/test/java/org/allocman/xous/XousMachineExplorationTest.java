package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every order of a few calls on a small machine, from several states to begin with, and every invocation of every call refused:
 * Xous does as the model says.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XousMachineExplorationTest {
    /** What has been called before. */
    private enum Scene {
        /** Two processes that have nothing yet. */
        NOTHING(),
        /** One process has lent twice, to be written and to be read, and both have more. */
        LOANS(
                "2 sets two pages aside",
                "2 has a larger heap",
                "3 sets two pages aside",
                "2 lends both to be written",
                "2 lends its heap to be read",
                "3 lends both to be written"),
        /** One process has two of everything. */
        TWO_OF_EACH(
                "2 claims interrupt 0",
                "2 claims interrupt 31",
                "2 maps the last page of RAM",
                "2 maps it elsewhere",
                "2 maps a device",
                "2 maps the other device",
                "2 has a thread more",
                "2 has a larger heap",
                "2 touches its heap"),
        /** Pages that may only be read, and a heap that is lent in part. */
        READ_ONLY(
                "2 sets two pages aside",
                "2 touches the first",
                "2 may only read the first",
                "2 has a larger heap",
                "2 lends its heap to be read"),
        /** Nothing is left but the last pages. */
        FULL("2 sets two pages aside", "2 takes all RAM but the end"),
        /** PID 1 has a device and a page of RAM in three processes. */
        KERNEL("PID 1 maps a device", "PID 1 maps the last page of RAM", "2 sets two pages aside", "spawn"),
        /** Memory that was moved is mapped through a copy. */
        MOVED("2 sets two pages aside", "2 moves the second", "3 has a larger heap", "3 maps pages in a row");

        private final List<String> actions;

        Scene(String... actions) {
            this.actions = List.of(actions);
        }
    }

    private static SubjectSystem system(TableForm form, XousRules rules, Scene scene, int faults) {
        XousMachineSubject subject = XousSmallActions.subject(form, rules);
        for (String name : scene.actions) {
            Action action = subject.actions().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing is called " + name));
            assertEquals(Outcome.DONE, action.perform(), name);
        }
        assertEquals(List.of(), subject.broken());
        return new SubjectSystem(subject, faults);
    }

    private static void explore(SubjectSystem system, int depth, int least) {
        Exploration found = Explorer.explore(system, Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertTrue(found.generated() >= least, () -> found.generated() + " states");
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everyOrderOfTwoCalls(Scene scene) {
        explore(system(TableForm.ARRAY, XousRules.COMMIT_73C0946, scene, 0), 2, 500);
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everyInvocationOfACallRefused(Scene scene) {
        explore(system(TableForm.PROGRAMMATIC, XousRules.COMMIT_73C0946, scene, 1), 1, 100);
    }

    /** A device twice, RAM once: from a process that has both. */
    @ParameterizedTest
    @EnumSource(names = {"READ_ONLY", "KERNEL"})
    void everyOrderOfTwoCallsByTheNewerRules(Scene scene) {
        explore(system(TableForm.ARRAY, XousRules.PULL_980, scene, 0), 2, 500);
    }
}
