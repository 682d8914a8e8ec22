package org.allocman.testkit.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.check.action.Chain;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.AllocmanSubject;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Whatever the history that broke a rule, what is left when it was shrunk has no step that could be dropped. */
class ShrinkingProperties {
    private static final int MOST = 400;

    /** Takes actions at random until a rule is broken; null if none is. */
    private static Violation random(ChainRun run, List<String> names, long seed, int most) {
        XorShift random = new XorShift(seed);
        Violation violation = null;
        for (int i = 0; i < most && violation == null; i++) {
            int action = run.number(names.get(random.below(names.size())));
            if (run.isEnabled(action)) {
                violation = run.take(action);
            }
        }
        return violation;
    }

    private static List<String> names(Subject subject) {
        return subject.actions().stream()
                .map(org.allocman.check.action.Action::name)
                .toList();
    }

    private static List<String> steps(Violation violation) {
        return violation.history().stream().map(Step::action).toList();
    }

    /** Takes the steps that are possible; null if they break no rule. */
    private static Violation possible(ChainRun run, List<String> steps) {
        run.restart();
        Violation violation = null;
        for (int i = 0; i < steps.size() && violation == null; i++) {
            int action = run.number(steps.get(i));
            if (run.isEnabled(action)) {
                violation = run.take(action);
            }
        }
        return violation;
    }

    private static void assertMinimal(ChainRun run, List<String> steps) {
        for (int i = 0; i < steps.size(); i++) {
            List<String> without = new ArrayList<>(steps);
            without.remove(i);
            assertNull(possible(run, without), () -> steps + " is longer than " + without);
        }
    }

    @Property(tries = 500)
    void aBugOfThreeStepsIsLeftWithThree(@ForAll long seed) throws Exception {
        Subject subject = new Tripwire();
        ChainRun run = new ChainRun(subject, 0);
        Violation found = random(run, names(subject), seed, MOST);
        assertEquals(Tripwire.RULES, found.rules());
        List<String> shortest = steps(run.shrink());
        assertEquals(3, shortest.size(), shortest::toString);
        assertEquals("trip", shortest.get(2));
        assertMinimal(run, shortest);
        Chain chain = Chain.parse(new Chain("any", 0, List.of(), shortest).lines(List.of("a remark")));
        assertEquals(
                shortest, steps(ChainRun.replay(new Tripwire(), chain).violation()), "and does it again on a new one");
    }

    /** Histories so long that they are halved before single steps are tried. */
    @Property(tries = 20)
    void longHistoriesShrinkToo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int length) {
        ChainRun run = new ChainRun(new Tripwire(), 0);
        XorShift random = new XorShift(seed);
        List<String> harmless = List.of("take something", "put down 0", "ask for nothing", "put down 2");
        for (int i = 0; i < length; i++) {
            int action = run.number(harmless.get(random.below(harmless.size())));
            if (run.isEnabled(action)) {
                run.take(action);
            }
        }
        for (String last : List.of("take something", "toggle the switch", "trip")) {
            int action = run.number(last);
            if (run.isEnabled(action)) {
                run.take(action);
            }
        }
        assertEquals(3, run.shrink().history().size());
    }

    @Property(tries = 15)
    void aManagerOnABrokenKernel(@ForAll long seed) throws Exception {
        Subject subject = new AllocmanSubject(Boards.byName("tiny"), DeletesNothing::new, 3);
        ChainRun run = new ChainRun(subject, 1);
        List<String> names = new ArrayList<>(names(subject));
        names.add("allocate a frame [refused: 1]");
        Violation found = random(run, names, seed, MOST);
        assertTrue(found != null, "no rule is broken");
        List<String> shortest = steps(run.shrink());
        assertTrue(shortest.size() <= 3 && !shortest.toString().contains("[refused"), shortest::toString);
        assertMinimal(run, shortest);
    }

    /** Says that everything derived was revoked, and revokes nothing. */
    private static final class DeletesNothing extends ForwardingKernel {
        DeletesNothing(Kernel kernel) {
            super(kernel);
        }

        @Override
        public KernelError revoke(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }
    }
}
