package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.OwnSubject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration.End;
import org.allocman.check.systems.UvisorSubject;
import org.allocman.check.systems.XousSubject;
import org.allocman.sim.board.Boards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a system can come back from everywhere. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ResetCheckTest {
    /** A counter from 0 to 9, of which 0 is where everything is free. */
    private static class Counter extends OwnSubject {
        Counter() {
            super(1, 1);
            action("take", () -> value() < 9, () -> set(value() + 1));
            give("give", () -> value() > 0, () -> set(value() - 1));
        }

        final long value() {
            return words().load64(STATE, 0);
        }

        final Outcome set(long value) {
            words().store64(STATE, 0, value);
            return Outcome.DONE;
        }

        @Override
        public BooleanSupplier reset() {
            return () -> value() == 0;
        }

        @Override
        public List<String> broken() {
            return List.of();
        }

        @Override
        public List<String> facts() {
            return List.of("the counter is " + value());
        }
    }

    /** From 5 on nothing leads back. */
    private static final class Trap extends Counter {
        @Override
        public List<Action> actions() {
            return super.actions().stream()
                    .map(action -> action.givesBack()
                            ? Action.givingBack(action.name(), () -> value() > 0 && value() < 5, action::perform)
                            : action)
                    .toList();
        }
    }

    /** From 7 giving back leads to 8, and there to 7; only an action that gives nothing back leads out of that. */
    private static final class Cycle extends Counter {
        Cycle() {
            action("skip", () -> value() == 7, () -> set(3));
        }

        @Override
        public List<Action> actions() {
            return super.actions().stream()
                    .map(action -> action.givesBack()
                            ? Action.givingBack(
                                    action.name(), action::isEnabled, () -> value() == 7 ? set(8) : action.perform())
                            : action)
                    .toList();
        }
    }

    private static ResetCheck.Result check(OwnSubject subject) {
        return ResetCheck.check(new SubjectSystem(subject, 0), Limits.NONE, ExplorationListener.NONE);
    }

    @Test
    void aCounterComesBack() {
        ResetCheck.Result back = check(new Counter());
        assertEquals(new ResetCheck.Result(End.COMPLETE, 10, 18, 1, 9, 0, 0, null), back);
    }

    @Test
    void whatLeadsNowhereIsTold() {
        ResetCheck.Result back = check(new Trap());
        assertEquals(End.VIOLATION, back.end());
        assertEquals(5, back.withoutWay());
        assertEquals(5, back.withoutFairWay());
        Violation violation = back.violation();
        assertNotNull(violation);
        assertEquals(List.of(ResetCheck.NO_WAY), violation.rules());
        assertEquals(5, violation.history().size(), violation::toString);
    }

    /** A path leads back, but whoever only gives back may go in a circle for ever. */
    @Test
    void givingBackHasToLeadThereByItself() {
        ResetCheck.Result back = check(new Cycle());
        assertEquals(End.VIOLATION, back.end());
        assertEquals(0, back.withoutWay());
        assertEquals(3, back.withoutFairWay(), back::toString);
        Violation violation = back.violation();
        assertNotNull(violation);
        assertEquals(List.of(ResetCheck.NO_FAIR_WAY), violation.rules());
        assertEquals(7, violation.history().size());
    }

    @Test
    void limitsAndInterruptionsAreTold() {
        SubjectSystem system = new SubjectSystem(new Counter(), 0);
        assertEquals(
                End.STATES,
                ResetCheck.check(system, Limits.NONE.withStates(5), ExplorationListener.NONE)
                        .end());
        assertEquals(
                End.TIME,
                ResetCheck.check(system, Limits.NONE.withTime(Duration.ZERO), ExplorationListener.NONE)
                        .end());
        SubjectSystem pages = new SubjectSystem(new XousSubject(3), 0);
        for (long bytes : new long[] {100, 200_000}) {
            // for the states, and for the actions between them
            assertEquals(
                    End.MEMORY,
                    ResetCheck.check(pages, Limits.NONE.withMemory(bytes), ExplorationListener.NONE)
                            .end());
        }
        assertEquals(
                10,
                ResetCheck.check(system, Limits.NONE, ExplorationListener.NONE).states());
        assertThrows(
                IllegalArgumentException.class,
                () -> ResetCheck.check(new ToySystem(2, false), Limits.NONE, ExplorationListener.NONE));
    }

    @ParameterizedTest
    @CsvSource({"xous, 2", "uvisor, 2"})
    void whatWeHaveComesBack(String name, int size) throws Exception {
        SubjectSystem system = new SubjectSystem(
                name.equals("xous") ? new XousSubject(size) : new UvisorSubject(Boards.byName("tiny"), size), 0);
        Exploration all = Explorer.explore(system, Limits.NONE, ExplorationListener.NONE);
        assertEquals(End.COMPLETE, all.end());
        ResetCheck.Result back = ResetCheck.check(system, Limits.NONE, ExplorationListener.NONE);
        assertNull(back.violation(), back::toString);
        assertEquals(End.COMPLETE, back.end());
        assertEquals(all.distinct(), back.states());
        assertTrue(back.farthest() > 0, back::toString);
    }
}
