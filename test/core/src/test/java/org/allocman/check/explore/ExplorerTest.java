package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
        assertTrue(distinct.size() > 100);
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
        IllegalStateException wrong =
                assertThrows(IllegalStateException.class, () -> explore(system, Limits.NONE.withDepth(10)));
        assertTrue(String.valueOf(wrong.getMessage()).contains("not deterministic"));
    }

    private static Exploration explore(TransitionSystem system, Limits limits) {
        return Explorer.explore(system, limits, ExplorationListener.NONE);
    }
}
