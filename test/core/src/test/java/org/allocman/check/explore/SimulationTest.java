package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.systems.ChildSubject;
import org.allocman.check.systems.VkaSubject;
import org.allocman.sim.board.Boards;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final int SEEDS = 40;

    private static Simulation.Result run(TransitionSystem system, long walks, int length, long seed) {
        return Simulation.run(system, walks, length, seed, Limits.NONE, ExplorationListener.NONE);
    }

    @Test
    void aSeedAlwaysWalksTheSameWay() {
        Simulation.Result one = run(new ToySystem(4, false), 20, 300, 7);
        assertEquals(6_000, one.steps());
        assertNull(one.violation());
        assertEquals(one, run(new ToySystem(4, false), 20, 300, 7));
        assertFalse(one.distinct() == run(new ToySystem(4, false), 20, 300, 8).distinct());
        assertTrue(one.distinct() > 500);
    }

    @Test
    void manyStatesOfASmallSystemAreMetAndNoOthers() {
        Exploration all = Explorer.explore(new ToySystem(2, true), Limits.NONE, ExplorationListener.NONE);
        long met = run(new ToySystem(2, true), 2_000, 200, 1).distinct();
        assertTrue(met <= all.distinct() && met > all.distinct() / 2, "met: " + met + " of " + all.distinct());
    }

    /** What breaks a rule is told so short that no step can be left out of it. */
    @Test
    void aFailingWalkIsMadeShort() {
        List<Integer> longest = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Jugs jugs = new Jugs();
            Simulation.Result found = run(jugs, 1_000, 100, seed);
            Violation violation = found.violation();
            assertNotNull(violation);
            assertEquals(List.of("never four: the big jug holds 4 litres"), violation.rules());
            assertTrue(violation.history().size() <= found.failedSteps());
            longest.add(violation.history().size());
            assertEquals(0, jugs.small + jugs.big, "it is where it was");
            List<String> names = violation.history().stream().map(Step::action).toList();
            for (int without = 0; without < names.size(); without++) {
                Jugs again = new Jugs();
                for (int i = 0; i < names.size(); i++) {
                    if (i != without) {
                        again.take(names.get(i));
                    }
                    assertTrue(i == names.size() - 1 || again.isSound(), "it breaks nothing before its end");
                }
                assertTrue(again.isSound(), () -> "a step of it can be left out: " + names);
            }
        }
        assertTrue(longest.stream().mapToInt(length -> length).sum() <= SEEDS * 9, longest::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aBugOfAnAllocatorIsToldInTwoStepsOrThree(long seed) throws Exception {
        VkaSubject subject = new VkaSubject(
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
                3);
        Violation violation = run(new SubjectSystem(subject, 0), 50, 60, seed).violation();
        assertNotNull(violation);
        // a step is dropped together with another one replaced, since what is left of two objects has another number
        assertEquals(2, violation.history().size(), violation::toString);
    }

    /** With faults, invocations are refused at random; a child loses nothing by that. */
    @Test
    void invocationsAreRefusedOnTheWay() throws Exception {
        ChildSubject subject = new ChildSubject(Boards.byName("tiny"), kernel -> kernel, kernel -> kernel, 3);
        Simulation.Result found = run(new SubjectSystem(subject, 4), 12, 25, 5);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertTrue(found.actions().stream()
                        .mapToLong(Exploration.ActionCount::refused)
                        .sum()
                > 0);
    }

    /** What goes nowhere is made short as well. */
    @Test
    void whoMustGoOnMayNotStop() {
        Jugs jugs = new Jugs() {
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
                return true;
            }
        };
        Violation violation = run(jugs, 1_000, 100, 1).violation();
        assertNotNull(violation);
        assertEquals(List.of("goes on: no action is enabled"), violation.rules());
        assertEquals(
                List.of("fill big"),
                violation.history().stream().map(Step::action).toList());
    }

    @Test
    void timeAndInterruptionsEndIt() {
        Limits late = Limits.NONE.withTime(Duration.ZERO);
        assertTrue(Simulation.run(new ToySystem(4, false), 1_000, 1_000, 1, late, ExplorationListener.NONE)
                .isInterrupted());
        Simulation.Result stopped =
                Simulation.run(new ToySystem(4, false), 1_000, 1_000, 1, Limits.NONE, new ExplorationListener() {
                    @Override
                    public void at(long generated, long distinct, int depth, long queue) {}

                    @Override
                    public boolean isInterrupted() {
                        return true;
                    }
                });
        assertTrue(stopped.isInterrupted() && stopped.steps() < 1_000);
    }

    @Test
    void theFirstStateMayBeWrong() {
        Jugs jugs = new Jugs();
        jugs.big = 4;
        Violation violation = run(jugs, 5, 5, 1).violation();
        assertNotNull(violation);
        assertEquals(List.of(), violation.history());
    }
}
