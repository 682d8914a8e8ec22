package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration.End;
import org.allocman.check.systems.ChildSubject;
import org.allocman.check.systems.KernelSubject;
import org.allocman.check.systems.VkaSubject;
import org.allocman.sim.board.Boards;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many workers there are, what comes out is what a single one finds. */
class ParallelExplorerTest {
    private static TransitionSystem system(String name) throws Exception {
        return switch (name) {
            case "toy" -> new ToySystem(3, false);
            case "jugs" -> new Jugs();
            case "kernel" -> new SubjectSystem(new KernelSubject(Boards.byName("tiny"), kernel -> kernel, 8, true), 0);
            case "forgiving" -> new SubjectSystem(forgiving(), 1);
            default ->
                new SubjectSystem(new ChildSubject(Boards.byName("tiny"), kernel -> kernel, kernel -> kernel, 2), 1);
        };
    }

    private static VkaSubject forgiving() throws Exception {
        return new VkaSubject(
                Boards.byName("tiny"),
                kernel -> kernel,
                vka -> new ForwardingVka(vka) {
                    @Override
                    public Option<VkaError> free(VkaObject object) {
                        super.free(object).forEach(refused -> {
                            // it forgives
                        });
                        return Option.none();
                    }
                },
                2);
    }

    @ParameterizedTest
    @CsvSource({
        "toy, 1000, 100000000",
        "toy, 9, 100000000",
        "toy, 1000, 777",
        "jugs, 100, 1000",
        "kernel, 4, 100000000",
        "kernel, 4, 1234",
        "child, 2, 100000000",
        "forgiving, 3, 100000000"
    })
    void theResultIsThatOfOneWorker(String name, int depth, long states) throws Exception {
        Limits limits = Limits.NONE.withDepth(depth).withStates(states);
        Exploration one = Explorer.explore(system(name), limits, ExplorationListener.NONE);
        for (int workers : new int[] {1, 2, 3}) {
            Exploration several =
                    ParallelExplorer.explore(() -> system(name), workers, limits, ExplorationListener.NONE);
            assertEquals(numbers(one), numbers(several), "workers: " + workers);
        }
    }

    /** All but what depends on the clock and on how states are stored. */
    private static Exploration numbers(Exploration found) {
        return new Exploration(
                found.end(),
                found.generated(),
                found.distinct(),
                found.depth(),
                found.completeDepth(),
                found.queue(),
                0,
                0,
                0,
                found.collisionOdds(),
                found.stuck(),
                found.actions(),
                found.rules(),
                found.violation());
    }

    @Test
    void stateThatDoesNotGoBackIsNoticed() throws Exception {
        Exploration found = ParallelExplorer.explore(
                () -> new Jugs() {
                    private int taken;

                    @Override
                    public boolean take(int action) {
                        super.take(action);
                        big = Math.min(3, big + ++taken % 2);
                        return true;
                    }
                },
                2,
                Limits.NONE.withDepth(10),
                ExplorationListener.NONE);
        assertEquals(End.VIOLATION, found.end());
    }

    @Test
    void systemsThatAreNotAlikeAreRefused() {
        int[] made = {0};
        assertThrows(
                IllegalArgumentException.class,
                () -> ParallelExplorer.explore(
                        () -> {
                            Jugs jugs = new Jugs();
                            jugs.small = made[0]++;
                            return jugs;
                        },
                        2,
                        Limits.NONE,
                        ExplorationListener.NONE));
    }

    @Test
    void whatDoesNotFitInMemoryEndsIt() throws Exception {
        Exploration found = ParallelExplorer.explore(
                () -> new ToySystem(3, false), 2, Limits.NONE.withMemory(100_000), ExplorationListener.NONE);
        assertEquals(End.MEMORY, found.end());
        assertTrue(found.distinct() > 100);
    }

    @Test
    void aKeySetKeepsEachKeyOnce() {
        KeySet keys = new KeySet();
        for (int turn = 0; turn < 2; turn++) {
            for (long key = 0; key < 20_000; key++) {
                assertTrue(keys.add(key * key, key));
            }
            for (long key = 0; key < 20_000; key++) {
                assertTrue(!keys.add(key * key, key));
            }
            keys.clear();
        }
    }
}
