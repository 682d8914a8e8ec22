package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.allocman.check.explore.Exploration.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplorerTest {
    private static final int BYTES_PER_STATE = 40;

    @ParameterizedTest
    @CsvSource({"3, 2399229, 114249, 19", "4, 50192604, 1792593, 20"})
    void theToyHasAsManyStatesAsIsKnown(int slots, long generated, long distinct, int depth) {
        Exploration found = explore(new ToySystem(slots, false), Limits.NONE);
        assertEquals(End.COMPLETE, found.end());
        assertEquals(generated, found.generated());
        assertEquals(distinct, found.distinct());
        assertEquals(depth, found.depth());
        assertEquals(0, found.queue());
        assertTrue(found.bytesPerState() <= BYTES_PER_STATE, () -> "bytes a state: " + found.bytesPerState());
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true"})
    void aPlainSearchFindsTheSameStates(int slots, boolean symmetry) {
        ToySystem toy = new ToySystem(slots, symmetry);
        Set<Long> seen = new HashSet<>(List.of(toy.low()));
        Deque<List<Integer>> queue = new ArrayDeque<>(List.of(List.of()));
        int start = toy.checkpoint();
        int depth = 0;
        while (!queue.isEmpty()) {
            List<Integer> history = queue.remove();
            depth = history.size();
            for (int action = toy.first(); action >= 0; action = toy.next(action)) {
                history.forEach(toy::take);
                toy.take(action);
                if (seen.add(toy.low())) {
                    List<Integer> longer = new ArrayList<>(history);
                    longer.add(action);
                    queue.add(longer);
                }
                toy.rewind(start);
            }
        }
        Exploration found = explore(toy, Limits.NONE);
        assertEquals(seen.size(), found.distinct());
        assertEquals(depth, found.depth());
    }

    @Test
    void whatDoesNotFitInMemoryGoesToDisk() {
        Exploration inMemory = explore(new ToySystem(3, false), Limits.NONE);
        Exploration onDisk = explore(new ToySystem(3, false), Limits.NONE.withMemory(1_200_000));
        assertEquals(0, inMemory.bytesOnDisk());
        assertTrue(onDisk.bytesOnDisk() > 1_000_000, () -> "bytes on disk: " + onDisk.bytesOnDisk());
        assertEquals(End.COMPLETE, onDisk.end());
        assertEquals(inMemory.distinct(), onDisk.distinct());
        assertEquals(inMemory.generated(), onDisk.generated());
    }

    @Test
    void fingerprintsOfTwoWordsTakeNoMoreThanFortyBytesEither() {
        Exploration found = explore(new WideToy(), Limits.NONE);
        assertEquals(114_249, found.distinct());
        assertTrue(found.bytesPerState() <= BYTES_PER_STATE, () -> "bytes a state: " + found.bytesPerState());
        assertTrue(found.collisionOdds() > 0 && found.collisionOdds() < 1e-25, "odds: " + found.collisionOdds());
    }

    @Test
    void theShortestHistoryIsTold() {
        Jugs jugs = new Jugs();
        Exploration found = explore(jugs, Limits.NONE);
        Violation violation = found.violation();
        assertNotNull(violation);
        assertEquals(End.VIOLATION, found.end());
        assertEquals(List.of("never four: the big jug holds 4 litres"), violation.rules());
        assertEquals(
                List.of("fill big", "big into small", "empty small", "big into small", "fill big", "big into small"),
                violation.history().stream().map(Step::action).toList());
        assertEquals("3 + 4", violation.history().get(5).change());
        assertEquals(0, jugs.small + jugs.big, "it is where it was");
    }

    @Test
    void aStepCanBreakARuleByItself() {
        TransitionSystem system = new Jugs() {
            private boolean spilled;

            @Override
            public boolean take(int action) {
                spilled = action == 0 && small == 3;
                super.take(action);
                return !spilled;
            }

            @Override
            public List<String> broken() {
                return spilled ? List.of("never spill: the small jug was full") : super.broken();
            }
        };
        Violation violation = explore(system, Limits.NONE).violation();
        assertNotNull(violation);
        assertEquals(List.of("never spill: the small jug was full"), violation.rules());
        assertEquals(2, violation.history().size());
    }

    @Test
    void theFirstStateMayBeWrong() {
        Jugs jugs = new Jugs();
        jugs.big = 4;
        Violation violation = explore(jugs, Limits.NONE).violation();
        assertNotNull(violation);
        assertEquals(List.of(), violation.history());
    }

    @Test
    void limitsHold() {
        Exploration deep = explore(new Jugs(), Limits.NONE.withDepth(3));
        assertEquals(End.DEPTH, deep.end());
        assertEquals(3, deep.depth());
        assertTrue(deep.queue() > 0);
        assertNull(deep.violation());
        Exploration many = explore(new ToySystem(3, false), Limits.NONE.withStates(1000));
        assertEquals(End.STATES, many.end());
        assertEquals(1000, many.distinct());
        Exploration small = explore(new ToySystem(3, false), Limits.NONE.withMemory(100_000));
        assertEquals(End.MEMORY, small.end());
        AtomicLong clock = new AtomicLong();
        Exploration late = Explorer.explore(
                new ToySystem(3, false),
                Limits.NONE.withTime(Duration.ofNanos(10)),
                ExplorationListener.NONE,
                () -> clock.addAndGet(7));
        assertEquals(End.TIME, late.end());
        assertTrue(late.distinct() < 114_249);
        assertEquals(1, explore(new Jugs(), Limits.NONE.withDepth(0)).distinct());
    }

    @Test
    void progressIsTold() {
        List<Long> distinct = new ArrayList<>();
        Explorer.explore(
                new ToySystem(3, false), Limits.NONE, (generated, states, depth, queue) -> distinct.add(states));
        assertTrue(distinct.size() > 10);
        assertEquals(distinct, distinct.stream().sorted().toList());
    }

    @Test
    void aSystemWithAMemoryOfItsOwnIsNoticed() {
        TransitionSystem system = new Jugs() {
            private int taken;

            @Override
            public boolean take(int action) {
                super.take(action);
                big = Math.min(3, big + ++taken % 2);
                return true;
            }
        };
        assertIsHidden(explore(system, Limits.NONE.withDepth(10)));
    }

    /** What an allocator on the Java heap looks like: nothing ever changes that the explorer sees. */
    @Test
    void factsThatDoNotGoBackAreNoticed() {
        TransitionSystem system = new Jugs() {
            private final List<String> live = new ArrayList<>();

            @Override
            public boolean take(int action) {
                live.add("object " + live.size());
                return true;
            }

            @Override
            public List<String> facts() {
                return List.copyOf(live);
            }
        };
        assertIsHidden(explore(system, Limits.NONE));
    }

    @Test
    void actionsThatAreEnabledByWhatDoesNotGoBackAreNoticed() {
        TransitionSystem system = new Jugs() {
            private int taken;

            @Override
            public boolean take(int action) {
                taken++;
                return true;
            }

            @Override
            public int first() {
                return Math.min(taken, 1);
            }
        };
        assertIsHidden(explore(system, Limits.NONE));
    }

    @Test
    void answersThatDoNotGoBackAreNoticed() {
        TransitionSystem system = new Jugs() {
            private int taken;

            @Override
            public boolean take(int action) {
                taken++;
                return super.take(action);
            }

            @Override
            public String lastAnswer() {
                return "handle " + taken;
            }
        };
        assertIsHidden(explore(system, Limits.NONE.withDepth(2)));
    }

    private static void assertIsHidden(Exploration found) {
        assertEquals(End.VIOLATION, found.end());
        Violation violation = found.violation();
        assertNotNull(violation);
        assertTrue(violation.rules().get(0).startsWith("all state goes back"), violation.rules()::toString);
    }

    @Test
    void whatIsWholeIsSaidOfEachEnd() {
        Exploration all = explore(new ToySystem(3, false), Limits.NONE);
        assertTrue(all.isWhole());
        assertEquals(19, all.completeDepth());
        Exploration deep = explore(new ToySystem(3, false), Limits.NONE.withDepth(7));
        assertTrue(deep.isWhole());
        assertEquals(7, deep.completeDepth());
        for (long states : new long[] {2, 10, 100, 1_000, deep.distinct() + 1}) {
            Exploration some = explore(new ToySystem(3, false), Limits.NONE.withStates(states));
            assertFalse(some.isWhole());
            // each state that so many actions lead to is among those that were seen
            Exploration level = explore(new ToySystem(3, false), Limits.NONE.withDepth(some.completeDepth()));
            assertTrue(level.distinct() <= some.distinct(), some + " and " + level);
            Exploration deeper = explore(new ToySystem(3, false), Limits.NONE.withDepth(some.completeDepth() + 1));
            assertTrue(deeper.distinct() >= some.distinct(), some + " and " + deeper);
        }
    }

    /** A slow system: the clock is looked at after each action, and progress is told. */
    @Test
    void theClockIsLookedAtHoweverSlowTheSystemIs() {
        AtomicLong clock = new AtomicLong();
        List<Long> told = new ArrayList<>();
        TransitionSystem slow = new Jugs() {
            @Override
            public boolean take(int action) {
                clock.addAndGet(Duration.ofSeconds(10).toNanos());
                return super.take(action);
            }
        };
        Exploration late = Explorer.explore(
                slow,
                Limits.NONE.withTime(Duration.ofSeconds(15)),
                (generated, distinct, depth, queue) -> told.add(generated),
                clock::get);
        assertEquals(End.TIME, late.end());
        assertTrue(late.generated() <= 4, () -> "generated: " + late.generated());
        assertEquals(late.generated(), told.size());
        AtomicLong fast = new AtomicLong();
        told.clear();
        Explorer.explore(
                new ToySystem(3, false),
                Limits.NONE,
                (generated, distinct, depth, queue) -> told.add(generated),
                () -> fast.addAndGet(1_000));
        assertTrue(told.size() < 2_399_229 / 8_000, () -> "looks: " + told.size());
    }

    @Test
    void anInterruptionEndsItWithWhatWasFound() {
        int[] asked = {0};
        Exploration found = Explorer.explore(new ToySystem(3, false), Limits.NONE, new ExplorationListener() {
            @Override
            public void at(long generated, long distinct, int depth, long queue) {
                asked[0]++;
            }

            @Override
            public boolean isInterrupted() {
                return asked[0] > 5;
            }
        });
        assertEquals(End.INTERRUPTED, found.end());
        assertTrue(found.distinct() > 1 && found.distinct() < 114_249);
        assertFalse(found.isWhole());
    }

    @Test
    void actionsAreCounted() {
        TransitionSystem system = new Jugs() {
            @Override
            public int kinds() {
                return 7;
            }

            @Override
            public int kind(int action) {
                return action;
            }

            @Override
            public boolean isSound() {
                return true;
            }
        };
        Exploration found = explore(system, Limits.NONE);
        assertEquals(7, found.actions().size());
        for (Exploration.ActionCount action : found.actions().subList(0, 6)) {
            assertEquals(found.distinct(), action.enabled(), "each is enabled everywhere");
            assertEquals(found.distinct(), action.taken());
            assertTrue(action.unchanged() > 0 && action.unchanged() < action.taken());
        }
        assertEquals(
                new Exploration.ActionCount("action 6", 0, 0, 0, 0),
                found.actions().get(6));
        assertEquals(0, found.stuck());
    }

    @Test
    void whoMustGoOnMayNotStop() {
        for (boolean mustGoOn : new boolean[] {false, true}) {
            TransitionSystem system = new Jugs() {
                @Override
                public int first() {
                    return big == 5 ? NONE : super.first();
                }

                @Override
                public boolean isSound() {
                    return true;
                }

                @Override
                public boolean mustGoOn() {
                    return mustGoOn;
                }
            };
            Exploration found = explore(system, Limits.NONE);
            assertTrue(found.stuck() > 0);
            Violation violation = found.violation();
            assertEquals(mustGoOn, violation != null);
            if (violation != null) {
                assertEquals(List.of("goes on: no action is enabled"), violation.rules());
                assertEquals(1, violation.history().size());
            }
        }
    }

    private static Exploration explore(TransitionSystem system, Limits limits) {
        return Explorer.explore(system, limits, ExplorationListener.NONE);
    }
}
