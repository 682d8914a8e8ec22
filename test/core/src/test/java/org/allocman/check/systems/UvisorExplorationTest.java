package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.allocman.check.action.Action;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.PhysicalMemory;
import org.junit.jupiter.api.Test;

class UvisorExplorationTest {
    private static final long RAM = 0x4000_0000L;

    @Test
    void everyReachableStateKeepsTheLaws() throws Exception {
        UvisorSubject subject = new UvisorSubject(Boards.byName("tiny"), 3);
        Exploration found = Explorer.explore(new SubjectSystem(subject, 0), Limits.NONE, ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertEquals(Exploration.End.COMPLETE, found.end());
        assertEquals(6840, found.distinct());
        assertEquals(238_156, found.generated());
    }

    /** With any bit of the book-keeping turned over, each rule is broken at some time. */
    @Test
    void everyRuleCanBeBroken() throws Exception {
        UvisorSubject subject = new UvisorSubject(Boards.byName("tiny"), 3);
        perform(subject, "box 1 takes a block");
        perform(subject, "box 1 may have 2");
        perform(subject, "box 2 takes a block");
        perform(subject, "the arena grows by a block");
        perform(subject, "box 1 gives block 1 back");
        PhysicalMemory memory = subject.memory();
        int start = memory.startJournal();
        Set<String> rules = new TreeSet<>();
        for (long address = RAM; address < RAM + 4 * 4096; address += Long.BYTES) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                memory.words().store64(address, 0, memory.words().load64(address, 0) ^ 1L << bit);
                try {
                    subject.broken().forEach(rule -> rules.add(rule.substring(0, rule.indexOf(':'))));
                } catch (RuntimeException nonsense) {
                    // so broken that it cannot be read
                    rules.add(nonsense.getClass().getSimpleName());
                }
                memory.rewind(start);
            }
        }
        assertTrue(
                rules.containsAll(Set.of("one owner", "quota", "pool and boxes disjoint", "isolation")),
                rules::toString);
    }

    private static void perform(UvisorSubject subject, String name) {
        Action action = subject.actions().stream()
                .filter(some -> some.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertTrue(action.isEnabled(), name);
        action.perform();
    }
}
