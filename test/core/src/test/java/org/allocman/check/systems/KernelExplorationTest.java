package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.explore.Violation;
import org.allocman.sim.board.Boards;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelExplorationTest {
    private static final int BYTES_PER_STATE = 40;

    @Test
    void everyStateOfEightSlotsKeepsTheLaws() throws Exception {
        KernelSubject kernel = subject("tiny", real -> real, 8, true);
        Fingerprint before = kernel.memory().fingerprint();
        Exploration found = explore(kernel, 5);
        assertNull(found.violation());
        assertEquals(27_166, found.distinct());
        assertEquals(114_910, found.generated());
        assertTrue(found.bytesPerState() <= BYTES_PER_STATE, () -> "bytes a state: " + found.bytesPerState());
        kernel.memory().stopJournal();
        assertEquals(before, kernel.memory().fingerprint(), "read anew, the memory is as before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "stm32f429"})
    void oneStateOfEachSymmetryIsEnough(String board) throws Exception {
        int depth = 5;
        KernelSubject plain = subject(board, real -> real, 3, false);
        Names names = new Names(plain);
        Exploration all =
                Explorer.explore(new SubjectSystem(names, 0), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(all.violation());
        Exploration symmetry = explore(subject(board, real -> real, 3, true), depth);
        assertNull(symmetry.violation());
        assertTrue(all.distinct() > 4 * symmetry.distinct(), all.distinct() + " and " + symmetry.distinct());
        assertEquals(names.seen.size(), symmetry.distinct());
    }

    /** Collects the names that a folding would give to the states of an exploration without one. */
    private static final class Names extends DelegatingSubject {
        private final Set<Fingerprint> seen = new HashSet<>();
        private final KernelSubject kernel;

        Names(KernelSubject kernel) {
            super(kernel);
            this.kernel = kernel;
        }

        @Override
        public boolean isSound() {
            seen.add(kernel.nameByOrder());
            return super.isSound();
        }
    }

    @Test
    void aStrayStoreIsNoticed() throws Exception {
        KernelSubject[] made = new KernelSubject[1];
        made[0] = subject(
                "tiny",
                real -> new ForwardingKernel(real) {
                    @Override
                    protected KernelError answered(InvocationKind invocation, KernelError answer) {
                        if (invocation == InvocationKind.REVOKE && made[0] != null && !answer.failed()) {
                            made[0].memory().words().store64(0x4001_0000L, 0, 1);
                        }
                        return answer;
                    }
                },
                4,
                true);
        Violation violation = explore(made[0], 5).violation();
        assertNotNull(violation);
        assertEquals(1, violation.history().size());
        assertTrue(violation.rules().get(0).startsWith("freed_is_clear"), violation.rules()::toString);
    }

    @Test
    void aRefusalThatChangesSomethingIsNoticed() throws Exception {
        boolean[] lies = new boolean[1];
        KernelSubject kernel = subject("tiny", real -> new LyingRetype(real, lies), 4, true);
        lies[0] = true;
        Violation violation = explore(kernel, 5).violation();
        assertNotNull(violation);
        assertTrue(violation.rules().get(0).startsWith("all or nothing"), violation.rules()::toString);
        Step step = violation.history().get(0);
        assertEquals("retype an endpoint from untyped A into the first empty slot", step.action());
        assertTrue(step.change().contains("+ slot 0: endpoint at +0x0"), step::change);
    }

    /** Makes an object and says that it did not. */
    private static final class LyingRetype extends ForwardingKernel {
        private final boolean[] lies;

        LyingRetype(Kernel real, boolean[] lies) {
            super(real);
            this.lies = lies;
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError answer) {
            return lies[0] && invocation == InvocationKind.RETYPE ? KernelError.notEnoughMemory(0) : answer;
        }
    }

    @Test
    void aKernelThatDoesNotMaskRightsIsNoticed() throws Exception {
        assertBroken("rights: a mint of", real -> new Careless(real, true, false));
        assertBroken("rights: a copy of", real -> new Careless(real, false, true));
    }

    /** Takes all rights that a source has, whatever was asked for. */
    private static final class Careless extends ForwardingKernel {
        private final boolean minting;
        private final boolean copying;

        Careless(Kernel real, boolean minting, boolean copying) {
            super(real);
            this.minting = minting;
            this.copying = copying;
        }

        @Override
        public KernelError copy(CapPath to, CapPath from, CapRights rights) {
            return super.copy(to, from, copying ? CapRights.ALL : rights);
        }

        @Override
        public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
            return super.mint(to, from, minting ? CapRights.ALL : rights, badge);
        }
    }

    @Test
    void aBadgeThatChangesIsNoticed() throws Exception {
        KernelSubject[] made = new KernelSubject[1];
        for (InvocationKind kind : List.of(InvocationKind.COPY, InvocationKind.MOVE, InvocationKind.REVOKE)) {
            assertBroken("", real -> new BadgeChanger(real, kind, made), made);
        }
        Violation minted = assertBroken("badge: ", real -> new Rebadges(real));
        assertEquals(3, minted.history().size());
    }

    /** After some kind of invocation the endpoint in slot 0 has another badge. */
    private static final class BadgeChanger extends ForwardingKernel {
        private final InvocationKind kind;
        private final KernelSubject[] subject;

        BadgeChanger(Kernel real, InvocationKind kind, KernelSubject[] subject) {
            super(real);
            this.kind = kind;
            this.subject = subject;
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError answer) {
            if (invocation == kind && !answer.failed()) {
                Slots slots = new Slots(subject[0].memory().words(), architecture());
                long first = subject[0].slotOfUser(2);
                if (slots.type(first) == CapabilityType.ENDPOINT) {
                    slots.endpoint().setBadge(first, slots.endpoint().badge(first) + 1);
                }
            }
            return answer;
        }
    }

    /** Mints what has a badge already. */
    private static final class Rebadges extends ForwardingKernel {
        Rebadges(Kernel real) {
            super(real);
        }

        @Override
        public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
            KernelError answer = super.mint(to, from, rights, badge);
            return answer.code() == KernelError.Code.ILLEGAL_OPERATION ? super.copy(to, from, rights) : answer;
        }
    }

    private static Violation assertBroken(String rule, UnaryOperator<Kernel> wrapper) throws Exception {
        return assertBroken(rule, wrapper, new KernelSubject[1]);
    }

    private static Violation assertBroken(String rule, UnaryOperator<Kernel> wrapper, KernelSubject[] made)
            throws Exception {
        made[0] = subject("tiny", wrapper, 4, true);
        Violation violation = explore(made[0], 5).violation();
        assertNotNull(violation);
        assertTrue(violation.rules().get(0).startsWith(rule), violation.rules()::toString);
        return violation;
    }

    @Test
    void whatIsDeletedButStaysInTheListIsNoticed() throws Exception {
        KernelSubject[] made = new KernelSubject[1];
        made[0] = subject("tiny", real -> new ForgetfulDelete(real, made), 4, true);
        Violation violation = explore(made[0], 6).violation();
        assertNotNull(violation);
        assertEquals("delete slot 0", violation.history().get(1).action());
        assertEquals(2, violation.history().size());
    }

    /** Deletes without a look at the derivation list: the slot is cleared, its neighbours still link to it. */
    private static final class ForgetfulDelete extends ForwardingKernel {
        private final KernelSubject[] subject;

        ForgetfulDelete(Kernel real, KernelSubject[] subject) {
            super(real);
            this.subject = subject;
        }

        @Override
        public KernelError delete(long root, long index, int depth) {
            long slot = subject[0].slot(index);
            for (int offset = 0; offset < 32; offset += Long.BYTES) {
                subject[0].memory().words().store64(slot, offset, 0);
            }
            return KernelError.NO_ERROR;
        }
    }

    static KernelSubject subject(String board, UnaryOperator<Kernel> wrapper, int slots, boolean symmetry)
            throws Exception {
        return new KernelSubject(Boards.byName(board), wrapper, slots, symmetry);
    }

    private static Exploration explore(Subject subject, int depth) {
        TransitionSystem system = new SubjectSystem(subject, 0);
        return Explorer.explore(system, Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }
}
