package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration.End;
import org.allocman.check.systems.ChildSubject;
import org.allocman.check.systems.KernelSubject;
import org.allocman.sim.board.Boards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String SUBJECT = "a system";

    @TempDir
    Path folder;

    private static TransitionSystem system(String name) throws Exception {
        return switch (name) {
            case "toy" -> new ToySystem(3, false);
            case "kernel" -> new SubjectSystem(new KernelSubject(Boards.byName("tiny"), kernel -> kernel, 8, true), 0);
            default ->
                new SubjectSystem(new ChildSubject(Boards.byName("tiny"), kernel -> kernel, kernel -> kernel, 2), 1);
        };
    }

    private static Exploration explore(String name, int workers, Limits limits, Checkpoint checkpoint, boolean resumes)
            throws Exception {
        return workers == 0
                ? Explorer.explore(system(name), limits, ExplorationListener.NONE, checkpoint, resumes)
                : ParallelExplorer.explore(
                        () -> system(name), workers, limits, ExplorationListener.NONE, checkpoint, resumes);
    }

    /** In however many pieces, and by however many workers, each a digit: the numbers and the table of actions are those of one run. */
    @ParameterizedTest
    @CsvSource({
        "toy, 1000000, 300, 7, 0",
        "kernel, 4, 40, 3, 0",
        "child, 2, 2, 1.3, 0",
        "toy, 1000000, 300, 7, 2",
        "toy, 1000000, 300, 4, 2031",
        "kernel, 4, 40, 3, 203",
        "child, 2, 2, 1.3, 02"
    })
    void whatGoesOnEndsAsIfItHadNotStopped(String name, int depth, long first, double factor, String workers)
            throws Exception {
        Limits limits = Limits.NONE.withDepth(depth);
        Exploration whole = Explorer.explore(system(name), limits, ExplorationListener.NONE);
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        long states = first;
        Exploration found = explore(name, workers.charAt(0) - '0', limits.withStates(states), checkpoint, false);
        int pieces = 1;
        while (!found.isWhole()) {
            assertEquals(End.STATES, found.end());
            states = (long) Math.ceil(states * factor);
            int next = workers.charAt(pieces % workers.length()) - '0';
            found = explore(name, next, limits.withStates(states), checkpoint, true);
            pieces++;
        }
        assertTrue(pieces > 2, "pieces: " + pieces);
        assertEquals(whole.generated(), found.generated());
        assertEquals(whole.distinct(), found.distinct());
        assertEquals(whole.depth(), found.depth());
        assertEquals(whole.completeDepth(), found.completeDepth());
        assertEquals(whole.queue(), found.queue());
        assertEquals(whole.actions(), found.actions());
        assertEquals(whole.stuck(), found.stuck());
        assertEquals(whole.end(), found.end());
    }

    @Test
    void aGreaterDepthGoesOnFromWhereASmallerOneEnded() throws Exception {
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        for (int depth = 1; depth < 12; depth++) {
            Limits limits = Limits.NONE.withDepth(depth);
            Exploration found =
                    Explorer.explore(new ToySystem(3, false), limits, ExplorationListener.NONE, checkpoint, depth > 1);
            Exploration whole = Explorer.explore(new ToySystem(3, false), limits, ExplorationListener.NONE);
            assertEquals(whole.generated(), found.generated());
            assertEquals(whole.distinct(), found.distinct());
        }
    }

    /** Several workers that are interrupted leave what others go on from. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void whoIsInterruptedLeavesACheckpoint(int workers) throws Exception {
        Exploration whole = Explorer.explore(new ToySystem(3, false), Limits.NONE, ExplorationListener.NONE);
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        ExplorationListener impatient = new ExplorationListener() {
            private long seen;

            @Override
            public void at(long generated, long distinct, int depth, long queue) {
                seen = distinct;
            }

            @Override
            public boolean isInterrupted() {
                return seen > 500;
            }
        };
        Exploration stopped =
                ParallelExplorer.explore(() -> new ToySystem(3, false), 2, Limits.NONE, impatient, checkpoint, false);
        assertEquals(End.INTERRUPTED, stopped.end());
        Exploration found = explore("toy", workers, Limits.NONE, checkpoint, true);
        assertEquals(whole.generated(), found.generated());
        assertEquals(whole.distinct(), found.distinct());
        assertEquals(whole.depth(), found.depth());
    }

    /** The checkpoint is of the time before the state whose actions were not all taken. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theSameLimitEndsItInTheSamePlace(int workers) throws Exception {
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        Limits limits = Limits.NONE.withStates(777);
        Exploration first = explore("toy", workers, limits, checkpoint, false);
        Exploration again = explore("toy", 2 - workers, limits, checkpoint, true);
        assertEquals(777, again.distinct());
        assertEquals(first.generated(), again.generated());
        assertEquals(first.queue(), again.queue());
    }

    /** A run with such limits would have ended before, with other numbers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void smallerLimitsThanTheCheckpointsAreRefused(int workers) throws Exception {
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        Limits five = Limits.NONE.withDepth(5);
        Exploration whole = explore("toy", workers, five, checkpoint, false);
        Exploration again = explore("toy", 2 - workers, five, checkpoint, true);
        assertEquals(whole.generated(), again.generated());
        assertEquals(whole.distinct(), again.distinct());
        assertRefused("went to depth 5; ", workers, Limits.NONE.withDepth(4), checkpoint);
        assertRefused("went to depth 5; ", workers, Limits.NONE.withDepth(0), checkpoint);
        long states = whole.distinct();
        assertRefused("has " + states + " states; ", workers, Limits.NONE.withStates(states), checkpoint);
        assertRefused("has " + states + " states; ", workers, Limits.NONE.withStates(states - 7), checkpoint);
        // in the middle of a level
        explore("toy", workers, Limits.NONE.withStates(states + 50), checkpoint, true);
        assertRefused("went to depth 6; ", workers, five, checkpoint);
        assertEquals(
                Explorer.explore(system("toy"), Limits.NONE.withDepth(6), ExplorationListener.NONE)
                        .generated(),
                explore("toy", workers, Limits.NONE.withDepth(6), checkpoint, true)
                        .generated());
    }

    private static void assertRefused(String sentence, int workers, Limits limits, Checkpoint checkpoint) {
        CheckpointException refused =
                assertThrows(CheckpointException.class, () -> explore("toy", workers, limits, checkpoint, true));
        assertTrue(String.valueOf(refused.getMessage()).contains(sentence), refused::getMessage);
    }

    /** A violation that is found after going on has the same history. */
    @Test
    void theShortestHistoryIsTheSame() throws Exception {
        Exploration whole = Explorer.explore(new Jugs(), Limits.NONE, ExplorationListener.NONE);
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        Explorer.explore(new Jugs(), Limits.NONE.withStates(5), ExplorationListener.NONE, checkpoint, false);
        Exploration found = Explorer.explore(new Jugs(), Limits.NONE, ExplorationListener.NONE, checkpoint, true);
        assertEquals(whole.violation(), found.violation());
        assertEquals(whole.generated(), found.generated());
        ParallelExplorer.explore(Jugs::new, 2, Limits.NONE.withStates(6), ExplorationListener.NONE, checkpoint, false);
        Exploration several =
                ParallelExplorer.explore(Jugs::new, 3, Limits.NONE, ExplorationListener.NONE, checkpoint, true);
        assertEquals(whole.violation(), several.violation());
        assertEquals(whole.generated(), several.generated());
    }

    @Test
    void whatIsDamagedIsRefused() throws Exception {
        Checkpoint checkpoint = new Checkpoint(folder, SUBJECT);
        Limits limits = Limits.NONE.withStates(200);
        Explorer.explore(new ToySystem(3, false), limits, ExplorationListener.NONE, checkpoint, false);
        Path file;
        try (var files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), "nothing is left beside it");
            file = all.get(0);
        }
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] = (byte) (bad[at] ^ 1 << at % 8);
            Files.write(file, bad);
            String sentence = refused(checkpoint);
            assertFalse(sentence.isBlank());
        }
        for (int length = 0; length < good.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            refused(checkpoint);
        }
        Files.write(file, good);
        assertTrue(refused(new Checkpoint(folder, "another")).contains("is of another exploration: a system"));
        assertTrue(refused(new Checkpoint(folder.resolve("none"), SUBJECT)).startsWith("there is no checkpoint in"));
        Explorer.explore(new ToySystem(3, false), Limits.NONE, ExplorationListener.NONE, checkpoint, true);
    }

    private static String refused(Checkpoint checkpoint) {
        CheckpointException refused = assertThrows(
                CheckpointException.class,
                () -> Explorer.explore(
                        new ToySystem(3, false), Limits.NONE, ExplorationListener.NONE, checkpoint, true));
        return String.valueOf(refused.getMessage());
    }
}
