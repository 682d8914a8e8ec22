package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.UnaryOperator;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Violation;
import org.allocman.sim.board.Boards;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VkaExplorationTest {
    @ParameterizedTest
    @CsvSource({"3, 0", "2, 1"})
    void everyStateKeepsTheLaws(int depth, int faults) throws Exception {
        Exploration found = explore(vka -> vka, depth, faults);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertTrue(found.distinct() > 50, () -> "distinct states: " + found.distinct());
    }

    @Test
    void whoForgivesASecondFreeIsFound() throws Exception {
        Violation violation = explore(Forgiving::new, 3, 0).violation();
        assertNotNull(violation);
        assertEquals(2, violation.history().size());
        assertTrue(violation.rules().get(0).startsWith("handles are checked"), violation.rules()::toString);
    }

    @Test
    void whoIgnoresTheAddressIsFound() throws Exception {
        Violation violation = explore(Elsewhere::new, 3, 0).violation();
        assertNotNull(violation);
        assertEquals(1, violation.history().size());
        assertTrue(violation.rules().get(0).startsWith("as asked"), violation.rules()::toString);
    }

    private static Exploration explore(UnaryOperator<Vka> wrap, int depth, int faults) throws Exception {
        VkaSubject subject = new VkaSubject(Boards.byName("tiny"), kernel -> kernel, wrap, 3);
        return Explorer.explore(
                new SubjectSystem(subject, faults), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }

    /** Never refuses to take something back. */
    private static final class Forgiving extends Delegate {
        Forgiving(Vka vka) {
            super(vka);
        }

        @Override
        public Option<VkaError> free(VkaObject object) {
            super.free(object);
            return Option.none();
        }
    }

    /** Makes the object, but where it likes. */
    private static final class Elsewhere extends Delegate {
        Elsewhere(Vka vka) {
            super(vka);
        }

        @Override
        public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
            return allocate(type, size);
        }
    }

    private static class Delegate extends ForwardingVka {
        Delegate(Vka vka) {
            super(vka);
        }
    }
}
