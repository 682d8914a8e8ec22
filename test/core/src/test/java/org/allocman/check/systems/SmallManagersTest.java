package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ResetCheck;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.NamedDesign;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesign;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Managers on machines as small as can be: growth of the pool and of the CSpace, trims, and refusals of any invocation, with every
 * law asked in every state.
 */
@Timeout(120)
class SmallManagersTest {
    private static final int ROOT_BITS = 8;

    @ParameterizedTest
    @CsvSource({
        "ARENA, current, 2, 1, 0, 99, true",
        "ARENA, current, 2, 1, 1, 99, true",
        "ARENA, 2:3:7,   1, 1, 0, 99, true",
        "ARENA, 2:3:7,   2, 2, 1, 3,  false",
        "SPLIT, current, 2, 2, 0, 4,  false",
        "SPLIT, 2:3:7,   2, 2, 1, 3,  false"
    })
    void everyStateKeepsTheLaws(
            @NamedDesign UntypedDesign manager,
            String cspace,
            int pages,
            int objects,
            int faults,
            int depth,
            boolean isClosed)
            throws Exception {
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        if (geometry == null) {
            throw new AssertionError(cspace);
        }
        Pools pools = new Pools(-1, pages * 4096L, manager, geometry);
        AllocmanSubject subject =
                new AllocmanSubject(Boards.byName("tiny"), pools, new BootSizes(ROOT_BITS, 0, 0, 0), objects);
        Exploration found = Explorer.explore(
                new SubjectSystem(subject, faults), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertEquals(isClosed, found.end() == Exploration.End.COMPLETE, found::toString);
        assertTrue(found.distinct() > 200, () -> "distinct states: " + found.distinct());
        if (isClosed) {
            assertComesBack(new SubjectSystem(subject, faults), found);
        }
    }

    /** From each state frees and trims lead to where every untyped is one block and the reserve is full. */
    private static void assertComesBack(SubjectSystem system, Exploration found) {
        ResetCheck.Result back = ResetCheck.check(system, Limits.NONE, ExplorationListener.NONE);
        assertEquals(Exploration.End.COMPLETE, back.end(), back::toString);
        assertEquals(found.distinct(), back.states());
        assertTrue(back.goals() > 0 && back.goals() < back.states() && back.farthest() > 0, back::toString);
    }
}
