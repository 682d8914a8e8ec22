package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.junit.jupiter.api.Test;

class XousExplorationTest {
    @Test
    void everyReachableStateKeepsTheLaws() {
        Exploration found =
                Explorer.explore(new SubjectSystem(new XousSubject(3), 0), Limits.NONE, ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertEquals(Exploration.End.COMPLETE, found.end());
        assertEquals(2016, found.distinct());
        assertEquals(80_784, found.generated());
    }

    /** The array has a byte a page: whoever stores another owner there is noticed. */
    @Test
    void theOwnerOfAPageIsNotToBeForged() {
        XousSubject subject = new XousSubject(3);
        int start = subject.memory().startJournal();
        int noticed = 0;
        for (long address = 0; address < 4096; address += Long.BYTES) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                subject.memory()
                        .words()
                        .store64(address, 0, subject.memory().words().load64(address, 0) ^ 1L << bit);
                noticed += subject.isSound() ? 0 : 1;
                subject.memory().rewind(start);
            }
        }
        assertFalse(noticed < 3 * Byte.SIZE, "spoilt bits that were noticed: " + noticed);
    }
}
