package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Violation;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocmanExplorationTest {
    @ParameterizedTest
    @CsvSource({"tiny, 4, 0", "tiny, 3, 1", "tiny, 2, 2", "stm32f429, 4, 0"})
    void everyStateKeepsTheLawsWhateverIsRefused(String board, int depth, int faults) throws Exception {
        Exploration found = explore(board, kernel -> kernel, depth, faults);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertTrue(found.distinct() > 100, () -> "distinct states: " + found.distinct());
    }

    @Test
    void everyInvocationIsRefusedOnce() throws Exception {
        Exploration none = explore("tiny", kernel -> kernel, 1, 0);
        Exploration one = explore("tiny", kernel -> kernel, 1, 1);
        Exploration two = explore("tiny", kernel -> kernel, 1, 2);
        AllocmanSubject subject = new AllocmanSubject(Boards.byName("tiny"), kernel -> kernel, 3);
        int start = subject.memory().startJournal();
        int invocations = 0;
        for (Action action : subject.actions()) {
            if (action.isEnabled()) {
                subject.faults().plan(0, 0);
                action.perform();
                invocations += subject.faults().made();
                subject.memory().rewind(start);
            }
        }
        assertTrue(invocations > 0);
        assertEquals(none.generated() + invocations, one.generated());
        assertTrue(two.generated() > one.generated());
    }

    @Test
    void aFreeThatForgetsCopiesIsFound() throws Exception {
        Violation violation = explore("tiny", DeletesOnly::new, 4, 0).violation();
        assertNotNull(violation);
        assertTrue(violation.history().size() <= 2, violation.history()::toString);
    }

    /** Answers that everything derived was revoked, and revokes nothing. */
    private static final class DeletesOnly extends ForwardingKernel {
        DeletesOnly(Kernel kernel) {
            super(kernel);
        }

        @Override
        public KernelError revoke(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }
    }

    private static Exploration explore(String board, UnaryOperator<Kernel> wrapper, int depth, int faults)
            throws Exception {
        AllocmanSubject subject = new AllocmanSubject(Boards.byName(board), wrapper, 3);
        return Explorer.explore(
                new SubjectSystem(subject, faults), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }
}
