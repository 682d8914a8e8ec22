package org.allocman.check.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each law holds of a working machine and fails on one that was broken on purpose. */
class KernelInvariantsTest {
    private static final long ROOT = 2;
    private static final int RADIX = 6;
    private static final int UNTYPED = 16;
    private static final int DEVICE = 17;
    private static final int ENDPOINT = 20;
    private static final int BADGED = 21;
    private static final int CNODE = 22;
    private static final int SMALLER = 23;
    private static final int INSIDE = 24;
    private static final int TCB = 25;
    private static final int FRAME = 26;
    private static final int EMPTY = 40;

    /** A machine with a bit of everything in it. */
    private static final class Subject {
        private final Architecture architecture;
        private final PlainMachine machine;
        private final Slots slots;

        Subject(Architecture architecture) {
            this.architecture = architecture;
            this.machine = PlainMachine.of(architecture, RADIX, 4096)
                    .untyped(0x40_0000, 18, false)
                    .untyped(0x1000_0000, 16, true)
                    .build();
            this.slots = new Slots(machine.memory().words(), architecture);
            retype(UNTYPED, ObjectType.ENDPOINT, 0, ENDPOINT);
            good(machine.kernel()
                    .mint(new CapPath(ROOT, BADGED, bits()), new CapPath(ROOT, ENDPOINT, bits()), CapRights.ALL, 5));
            retype(UNTYPED, ObjectType.CNODE, 2, CNODE);
            retype(UNTYPED, ObjectType.UNTYPED, 14, SMALLER);
            retype(SMALLER, ObjectType.ENDPOINT, 0, INSIDE);
            retype(UNTYPED, ObjectType.TCB, 0, TCB);
            retype(UNTYPED, architecture.frames().get(0), 0, FRAME);
            good(machine.kernel().copy(new CapPath(CNODE, 3, 2), new CapPath(ROOT, INSIDE, bits()), CapRights.ALL));
        }

        int bits() {
            return architecture.wordBits();
        }

        void retype(long untyped, ObjectType type, int size, int slot) {
            good(machine.kernel().retype(untyped, architecture.number(type), size, ROOT, 0, 0, slot, 1));
        }

        long slot(int index) {
            return slots.at(machine.cnode(), index);
        }

        long copyOfInside() {
            return slots.at(slots.object(slot(CNODE)), 3);
        }

        KernelView view() {
            return new KernelView(machine.memory(), architecture, machine.kernelState());
        }

        private static void good(KernelError error) {
            assertEquals(KernelError.NO_ERROR, error);
        }
    }

    private interface Damage {
        void to(Subject subject);
    }

    private record Case(Invariant<KernelView> law, Damage damage) {}

    private static final List<Case> CASES = List.of(
            new Case(KernelInvariants.PSPACE_ALIGNED, s -> s.slots.untyped().setSizeBits(s.slot(SMALLER), 20)),
            new Case(
                    KernelInvariants.PSPACE_DISTINCT,
                    s -> copyOver(s, s.slots.object(s.slot(TCB)), CapabilityType.ENDPOINT)),
            new Case(
                    KernelInvariants.VALID_OBJS, s -> s.machine.memory().words().store64(s.slot(EMPTY), 8, 1L << 40)),
            new Case(
                    KernelInvariants.VALID_CAP,
                    s -> s.slots.cnode().setGuard(s.slot(CNODE), s.architecture.wordBits() == 64 ? 63 : 31, 0)),
            new Case(KernelInvariants.VALID_UNTYPED, s -> s.slots.untyped().setFreeIndex(s.slot(SMALLER), 0)),
            new Case(KernelInvariants.VALID_CS_SIZE, s -> s.slots.cnode().setRadix(s.slot(CNODE), 1)),
            new Case(KernelInvariants.UNTYPED_MDB, s -> exchangeObjects(s, INSIDE, ENDPOINT)),
            new Case(KernelInvariants.UNTYPED_INC, s -> s.slots.untyped().setFreeIndex(s.slot(UNTYPED), 4096)),
            new Case(KernelInvariants.DESCENDANTS_INC, s -> s.slots.untyped().setDevice(s.slot(SMALLER), true)),
            new Case(KernelInvariants.MDB_CTE_AT, s -> s.slots.mdb().setNext(s.slot(DEVICE), s.slot(EMPTY))),
            new Case(KernelInvariants.NO_MLOOP, s -> s.slots.mdb().setNext(s.slot(ENDPOINT), s.slot(ENDPOINT))),
            new Case(KernelInvariants.UT_REVOCABLE, s -> s.slots.mdb().setRevocable(s.slot(SMALLER), false)),
            new Case(KernelInvariants.VALID_BADGES, s -> s.slots.mdb().setFirstBadged(s.slot(BADGED), false)),
            new Case(KernelInvariants.VALID_REVOKABLE, s -> s.slots.mdb().setRevocable(s.copyOfInside(), true)),
            new Case(
                    KernelInvariants.MDB_CHUNKED,
                    s -> s.slots.put(s.slot(INSIDE), CapabilityType.ENDPOINT, s.slots.object(s.slot(ENDPOINT)))),
            new Case(
                    KernelInvariants.IS_DERIVED,
                    s -> s.slots.endpoint().setRights(s.slot(ENDPOINT), CapRights.READ_ONLY.bits())),
            new Case(KernelInvariants.IF_UNSAFE_THEN_CAP, s -> s.slots.cnode().setRadix(s.slot(CNODE), 0)),
            new Case(KernelInvariants.IF_LIVE_THEN_NONZ_CAP, KernelInvariantsTest::forgetTheCNode),
            new Case(KernelInvariants.ZOMBIES_FINAL, KernelInvariantsTest::makeAZombieBesideACNode),
            new Case(KernelInvariants.VALID_LIST, s -> s.slots.mdb().setPrevious(s.slot(CNODE), -1)),
            new Case(
                    KernelInvariants.CAP_REFS_RESPECTS_DEVICE_REGION,
                    s -> s.slots.frame().setDevice(s.slot(FRAME), true)),
            new Case(KernelInvariants.DESCENDANTS_RANGE, s -> s.slots.mdb().setRevocable(s.slot(SMALLER), false)),
            new Case(KernelInvariants.CAPS_NO_OVERLAP, s -> s.slots.untyped().setFreeIndex(s.slot(SMALLER), 0)),
            new Case(
                    KernelInvariants.CAPS_OVERLAP_RESERVED,
                    s -> s.slots.untyped().setFreeIndex(s.slot(UNTYPED), 4096)),
            new Case(
                    KernelInvariants.FREED_IS_CLEAR,
                    s -> s.machine.memory().words().store64(0x43_0000, 0, 1)));

    @TestFactory
    Stream<DynamicTest> aWorkingMachineKeepsAllLaws() {
        return Stream.of(Architecture.values())
                .map(architecture -> DynamicTest.dynamicTest(
                        architecture.text(),
                        () -> assertEquals(List.of(), KernelInvariants.check(new Subject(architecture).view()))));
    }

    @TestFactory
    Stream<DynamicTest> aBrokenMachineFails() {
        return Stream.of(Architecture.X86_64, Architecture.RISCV32)
                .flatMap(architecture -> CASES.stream()
                        .map(one -> DynamicTest.dynamicTest(architecture.text() + " " + one.law.name(), () -> {
                            Subject subject = new Subject(architecture);
                            assertEquals(List.of(), one.law.violations(subject.view()));
                            one.damage.to(subject);
                            List<String> violations = one.law.violations(subject.view());
                            assertFalse(violations.isEmpty(), one.law.meaning());
                            KernelInvariants.check(subject.view());
                        })));
    }

    @Test
    void everyLawHasACase() {
        Set<String> names = new TreeSet<>();
        KernelInvariants.ALL.forEach(law -> names.add(law.name()));
        CASES.forEach(one -> names.remove(one.law.name()));
        PagingInvariantsTest.LAWS.forEach(law -> names.remove(law.name()));
        SchedulingInvariantsTest.LAWS.forEach(law -> names.remove(law.name()));
        PortLawsTest.LAWS.forEach(law -> names.remove(law.name()));
        assertEquals(Set.of(), names);
    }

    /** Another capability, of another type, to something that is in use. */
    private static void copyOver(Subject subject, long object, CapabilityType type) {
        long slot = subject.slot(ENDPOINT);
        subject.slots.put(slot, type, object);
    }

    private static void exchangeObjects(Subject subject, int one, int other) {
        long first = subject.slots.object(subject.slot(one));
        long second = subject.slots.object(subject.slot(other));
        subject.slots.put(subject.slot(one), CapabilityType.ENDPOINT, second);
        subject.slots.put(subject.slot(other), CapabilityType.ENDPOINT, first);
    }

    private static void forgetTheCNode(Subject subject) {
        Slots slots = subject.slots;
        long slot = subject.slot(CNODE);
        long next = slots.mdb().next(slot);
        long previous = slots.mdb().previous(slot);
        slots.mdb().setNext(previous, next);
        slots.mdb().setPrevious(next, previous);
        slots.clear(slot);
    }

    private static void makeAZombieBesideACNode(Subject subject) {
        Slots slots = subject.slots;
        long zombie = subject.slot(ENDPOINT);
        slots.put(zombie, CapabilityType.ZOMBIE, slots.object(subject.slot(CNODE)));
        slots.zombie().layout().radix().set(subject.machine.memory().words(), zombie, 2);
    }
}
