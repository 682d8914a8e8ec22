package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration.RuleUse;
import org.allocman.check.systems.AllocmanSubject;
import org.allocman.check.systems.KernelSubject;
import org.allocman.check.systems.PagingSubject;
import org.allocman.check.systems.SchedulingSubject;
import org.allocman.check.systems.XousSubject;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that never had anything to look at is told. */
class RuleTableTest {
    @TempDir
    Path folder;

    private static List<String> unused(Exploration found) {
        assertFalse(found.rules().isEmpty());
        return found.rules().stream()
                .filter(rule -> !rule.used())
                .map(RuleUse::name)
                .toList();
    }

    private static SubjectSystem kernel() throws Exception {
        return new SubjectSystem(new KernelSubject(Boards.byName("tiny"), kernel -> kernel, 8, true), 0);
    }

    private static Exploration explore(TransitionSystem system, int depth) {
        return Explorer.explore(system, Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }

    @Test
    void theKernelsSmallObjectsLeaveSomeLawsWithNothing() throws Exception {
        List<String> first = unused(explore(kernel(), 1));
        List<String> later = unused(explore(kernel(), 3));
        // an object, and a badge of it, take two steps; the state is looked at in the third
        List<String> early = List.of("valid_untyped", "valid_badges", "rights", "badge", "all or nothing");
        assertTrue(first.containsAll(early), first::toString);
        assertTrue(Collections.disjoint(later, early), later::toString);
        assertTrue(first.containsAll(later));
        // nothing is preempted, nobody has a thread or an interrupt of his own
        assertTrue(later.containsAll(List.of("zombies_final", "valid_irq_handlers", "sym_refs")), later::toString);
        assertFalse(later.contains("valid_objs") || later.contains("stray store"));
    }

    @Test
    void threadsAndInterruptsGiveThemSomething() throws Exception {
        Board board = Boards.byName("tiny");
        Architecture mcs = Architecture.named("riscv64+mcs");
        assertNotNull(mcs);
        Board timed = new Board("tiny", mcs, board.regions(), board.mirrors());
        List<String> unused =
                unused(explore(new SubjectSystem(new SchedulingSubject(timed, kernel -> kernel, 4), 0), 4));
        assertFalse(
                unused.contains("sym_refs") || unused.contains("valid_irq_handlers") || unused.contains("revoke"),
                unused::toString);
    }

    @Test
    void otherSystemsTellTheirs() throws Exception {
        assertEquals(
                List.of(),
                unused(explore(new SubjectSystem(new PagingSubject(Boards.byName("precursor"), k -> k, 2), 0), 1)));
        Exploration pages = explore(new SubjectSystem(new XousSubject(2), 0), 100);
        assertEquals(List.of(), unused(pages));
        AllocmanSubject manager = new AllocmanSubject(Boards.byName("tiny"), kernel -> kernel, 2);
        List<String> unused = unused(explore(new SubjectSystem(manager, 0), 2));
        assertFalse(unused.contains("partition") || unused.contains("free never fails"), unused::toString);
        assertTrue(unused.contains("valid_badges"), unused::toString);
        assertEquals(List.of(), explore(new ToySystem(2, false), 3).rules());
    }

    /** Several workers and those who go on know the same. */
    @Test
    void whoGoesOnKnowsWhatWasLookedAt() throws Exception {
        Checkpoint checkpoint = new Checkpoint(folder, "kernel");
        Exploration whole = explore(kernel(), 3);
        ParallelExplorer.explore(
                RuleTableTest::kernel, 2, Limits.NONE.withDepth(2), ExplorationListener.NONE, checkpoint, false);
        Exploration resumed =
                Explorer.explore(kernel(), Limits.NONE.withDepth(3), ExplorationListener.NONE, checkpoint, true);
        assertEquals(whole.rules(), resumed.rules());
        // nothing is looked at any more: all is known from before
        ParallelExplorer.explore(
                RuleTableTest::kernel, 2, Limits.NONE.withDepth(3), ExplorationListener.NONE, checkpoint, false);
        Exploration again =
                Explorer.explore(kernel(), Limits.NONE.withDepth(3), ExplorationListener.NONE, checkpoint, true);
        assertEquals(whole.rules(), again.rules());
    }

    @Test
    void walksTellThemAsWell() throws Exception {
        Simulation.Result walks = Simulation.run(kernel(), 20, 50, 1, Limits.NONE, ExplorationListener.NONE);
        assertTrue(walks.rules().contains(new RuleUse("zombies_final", false)));
        assertTrue(walks.rules().contains(new RuleUse("mdb_chunked", true)));
    }

    @Test
    void tooManyRulesAreRefused() {
        TransitionSystem system = new Jugs() {
            @Override
            public List<String> rules() {
                return Collections.nCopies(64, "a rule");
            }
        };
        assertThrows(IllegalArgumentException.class, () -> explore(system, 1));
    }
}
