package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.sim.board.Boards;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildExplorationTest {
    @ParameterizedTest
    @CsvSource({"tiny, 5, 0", "tiny, 3, 1"})
    void everyStateKeepsTheLaws(String board, int depth, int faults) throws Exception {
        ChildSubject subject = new ChildSubject(Boards.byName(board), kernel -> kernel, kernel -> kernel, 2);
        Exploration found = Explorer.explore(
                new SubjectSystem(subject, faults), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertTrue(found.distinct() > 30, () -> "distinct states: " + found.distinct());
    }
}
