package org.allocman.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.allocman.check.invariants.RandomInvocations;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Random invocations on kernels with a fault each: the judge notices every one. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CapabilityJudgeTest {
    private static final int ROOT_BITS = 8;
    private static final int HISTORIES = 200;
    private static final int LENGTH = 100;

    /** More bits than data of 32 bits have for a guard, and few enough to be minted to the root CNode. */
    private static final int WIDE_GUARD = 20;

    /** 24 bits, no two shifts of which are alike; those at the borders of 17, 18 and 20 bits are set. */
    private static final long GUARD = 0x9e_5a3bL;

    /** A fault: what is spoilt after an invocation that succeeded, in a slot that holds a capability. */
    private interface Spoil {
        void spoil(Slots slots, long slot);
    }

    private record Fault(String name, InvocationKind after, CapabilityType type, Spoil spoil) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault(
                    "all rights",
                    InvocationKind.COPY,
                    CapabilityType.ENDPOINT,
                    (s, at) -> s.endpoint().setRights(at, 15)),
            new Fault(
                    "all rights",
                    InvocationKind.MINT,
                    CapabilityType.ENDPOINT,
                    (s, at) -> s.endpoint().setRights(at, 15)),
            new Fault(
                    "all rights",
                    InvocationKind.MINT,
                    CapabilityType.NOTIFICATION,
                    (s, at) -> s.endpoint().setRights(at, 3)),
            new Fault(
                    "no rights",
                    InvocationKind.RETYPE,
                    CapabilityType.ENDPOINT,
                    (s, at) -> s.endpoint().setRights(at, 0)),
            new Fault("another badge", InvocationKind.COPY, CapabilityType.ENDPOINT, CapabilityJudgeTest::rebadge),
            new Fault("another badge", InvocationKind.MOVE, CapabilityType.ENDPOINT, CapabilityJudgeTest::rebadge),
            new Fault("another badge", InvocationKind.DELETE, CapabilityType.ENDPOINT, CapabilityJudgeTest::rebadge),
            new Fault(
                    "another badge", InvocationKind.REVOKE, CapabilityType.NOTIFICATION, CapabilityJudgeTest::rebadge),
            new Fault(
                    "no family",
                    InvocationKind.MINT,
                    CapabilityType.ENDPOINT,
                    (s, at) -> s.mdb().setFirstBadged(at, false)),
            new Fault(
                    "not revocable",
                    InvocationKind.MINT,
                    CapabilityType.ENDPOINT,
                    (s, at) -> s.mdb().setRevocable(at, false)),
            new Fault(
                    "revocable",
                    InvocationKind.COPY,
                    CapabilityType.CNODE,
                    (s, at) -> s.mdb().setRevocable(at, true)),
            new Fault(
                    "another guard",
                    InvocationKind.MUTATE,
                    CapabilityType.CNODE,
                    (s, at) -> s.cnode().setGuard(at, 5, 3)),
            new Fault(
                    "another guard",
                    InvocationKind.MOVE,
                    CapabilityType.CNODE,
                    (s, at) -> s.cnode().setGuard(at, 5, 3)),
            new Fault(
                    "writable",
                    InvocationKind.COPY,
                    CapabilityType.FRAME,
                    (s, at) -> s.frame().setVmRights(at, s.frame().vmRights(at) == 3 ? 1 : 3)),
            new Fault(
                    "other rights",
                    InvocationKind.PAGE_UNMAP,
                    CapabilityType.FRAME,
                    (s, at) -> s.frame().setVmRights(at, s.frame().vmRights(at) == 3 ? 1 : 3)));

    private static void rebadge(Slots slots, long at) {
        slots.endpoint().setBadge(at, slots.endpoint().badge(at) + 1);
    }

    @TestFactory
    Stream<DynamicTest> everyFaultIsNoticed() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name + " after " + fault.after, () -> assertNoticed(Architecture.AARCH64, fault)));
    }

    @TestFactory
    Stream<DynamicTest> aKernelThatDoesNotMaskRightsIsNoticed() {
        return Stream.of(Architecture.values())
                .map(architecture -> DynamicTest.dynamicTest(architecture.text(), () -> {
                    String wrong = firstWrong(architecture, (machine, real) -> new Unmasked(real));
                    assertNotNull(wrong);
                    assertTrue(wrong.startsWith("rights: "), wrong);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aGuardLongerThanDataHoldIsCut() {
        return Stream.of(Architecture.values())
                .map(architecture -> DynamicTest.dynamicTest(architecture.text(), () -> {
                    boolean wide = architecture.wordBits() == Long.SIZE;
                    Machine machine = boot(architecture);
                    long first = machine.bootInfo().empty().start();
                    assertNull(wrongOfWideGuard(machine, machine.kernel(), first));
                    Slots slots = new Slots(machine.memory().words(), architecture);
                    long slot = slots.at(rootCNode(machine, slots), first);
                    assertEquals(WIDE_GUARD, slots.cnode().guardSize(slot));
                    assertEquals(wide ? 0xe_5a3b : 0x2_5a3b, slots.cnode().guard(slot));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aGuardThatLostItsHighestBitIsNoticed() {
        return Stream.of(Architecture.values())
                .map(architecture -> DynamicTest.dynamicTest(architecture.text(), () -> {
                    Machine machine = boot(architecture);
                    Fault fault = new Fault(
                            "a narrower guard",
                            InvocationKind.MINT,
                            CapabilityType.CNODE,
                            (s, at) -> s.cnode()
                                    .setGuard(
                                            at,
                                            s.cnode().guardSize(at),
                                            s.cnode().guard(at) >>> 1));
                    long first = machine.bootInfo().empty().start();
                    assertNotNull(wrongOfWideGuard(machine, new Spoiler(machine.kernel(), machine, fault), first));
                }));
    }

    /** The first rule that is broken by minting the root CNode's capability with a guard of 20 bits. */
    private static @Nullable String wrongOfWideGuard(Machine machine, Kernel kernel, long to) {
        int depth = kernel.architecture().wordBits();
        long data = depth == Long.SIZE ? GUARD << 6 | WIDE_GUARD : GUARD << 8 | WIDE_GUARD << 3;
        CapabilityJudge judge = new CapabilityJudge(kernel, machine.memory(), machine.kernelState(), to, 1);
        KernelError answer = judge.mint(
                new CapPath(BootSlots.CNODE, to, depth),
                new CapPath(BootSlots.CNODE, BootSlots.CNODE, depth),
                CapRights.ALL,
                data);
        assertFalse(answer.failed(), answer::toString);
        return judge.wrong();
    }

    private static long rootCNode(Machine machine, Slots slots) {
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.object(slots.at(thread, TcbLayout.CSPACE));
    }

    private static void assertNoticed(Architecture architecture, Fault fault) throws BootFailure {
        assertNotNull(firstWrong(architecture, (machine, real) -> new Spoiler(real, machine, fault)));
    }

    private interface Stand {
        Kernel before(Machine machine, Kernel real);
    }

    /** The first rule that is broken in many histories. */
    private static @Nullable String firstWrong(Architecture architecture, Stand wrapper) throws BootFailure {
        for (int history = 0; history < HISTORIES; history++) {
            Machine machine = boot(architecture);
            long first = machine.bootInfo().untyped().start();
            CapabilityJudge judge = new CapabilityJudge(
                    wrapper.before(machine, machine.kernel()), machine.memory(), machine.kernelState(), first, (int)
                            ((1L << ROOT_BITS) - first));
            RandomInvocations invocations = new RandomInvocations(
                    judge, machine.memory(), machine.kernelState(), first, machine.freeVirtualBase());
            for (int step = 0; step < LENGTH; step++) {
                invocations.apply((long) history << Integer.SIZE | step);
                String wrong = judge.wrong();
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private static Machine boot(Architecture architecture) throws BootFailure {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Board board = new Board("small", architecture, List.of(memory), List.of());
        return Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(ROOT_BITS));
    }

    /** Takes all rights that a source has, whatever was asked for. */
    private static final class Unmasked extends ForwardingKernel {
        Unmasked(Kernel real) {
            super(real);
        }

        @Override
        public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
            return super.mint(to, from, CapRights.ALL, badge);
        }

        @Override
        public KernelError copy(CapPath to, CapPath from, CapRights rights) {
            return super.copy(to, from, CapRights.ALL);
        }
    }

    /** Spoils the last capability of a type in the root CNode. */
    private static final class Spoiler extends ForwardingKernel {
        private final Slots slots;
        private final long cnode;
        private final Fault fault;
        private final long first;

        Spoiler(Kernel real, Machine machine, Fault fault) {
            super(real);
            this.slots = new Slots(machine.memory().words(), real.architecture());
            this.fault = fault;
            this.first = machine.bootInfo().empty().start();
            this.cnode = rootCNode(machine, slots);
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError answer) {
            if (invocation == fault.after && !answer.failed()) {
                for (long i = first; i < 1L << ROOT_BITS; i++) {
                    if (slots.type(slots.at(cnode, i)) == fault.type) {
                        fault.spoil.spoil(slots, slots.at(cnode, i));
                    }
                }
            }
            return answer;
        }
    }
}
