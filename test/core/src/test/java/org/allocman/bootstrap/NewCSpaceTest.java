package org.allocman.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.bootstrap.BootstrapOptions.RamRange;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.SlotWords;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.NamedDesign;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCSpaceTest {
    private static CSpaceGeometry geometry(String text) {
        CSpaceGeometry geometry = CSpaceGeometry.parse(text);
        if (geometry == null) {
            throw new AssertionError(text);
        }
        return geometry;
    }

    private static Slots slots(Machine machine) {
        return new Slots(machine.memory().words(), machine.board().architecture());
    }

    private static long root(Machine machine) {
        return SlotWords.rootOf(machine.memory(), machine.kernelState(), slots(machine));
    }

    private static Either<BootstrapFailure, Allocman> start(
            Machine machine, Kernel kernel, ManagedMachine.Pools pools) {
        return Bootstrap.start(
                kernel,
                machine.rootMemory(),
                InitialState.of(machine.bootInfo()),
                ManagedMachine.options(machine, pools));
    }

    @ParameterizedTest
    @CsvSource({"pc99,1:12", "pc99,2:10:10", "tiny,2:4:7", "k64f,1:11", "qemu-riscv-virt,2:3:13"})
    void everyCapabilityKeepsItsNumberAndTheOldRootIsReached(String board, String text) throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withCSpace(geometry(text));
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        Slots slots = slots(machine);
        long old = root(machine);
        long first = machine.bootInfo().empty().start();
        List<CapabilityType> types = new ArrayList<>();
        List<Long> objects = new ArrayList<>();
        for (long slot = 0; slot < first; slot++) {
            types.add(slots.type(slots.at(old, slot)));
            objects.add(slots.isEmpty(slots.at(old, slot)) ? 0 : slots.object(slots.at(old, slot)));
        }
        Allocman allocman = start(machine, machine.kernel(), pools).get();
        SlotWords places = new SlotWords(slots, root(machine), allocman.slots().cspace());
        assertNotEquals(old, root(machine));
        for (int slot = 0; slot < first; slot++) {
            assertEquals(types.get(slot), slots.type(places.at(slot)), "slot " + slot);
            if (slot != BootSlots.CNODE && types.get(slot) != CapabilityType.NULL) {
                assertEquals(objects.get(slot), slots.object(places.at(slot)), "slot " + slot);
            }
        }
        assertEquals(root(machine), slots.object(places.at(BootSlots.CNODE)), "the new root is in itself");
        assertEquals(old, slots.object(places.at(first)), "the first slot that was free leads to the old root");
        int depth = machine.board().architecture().wordBits();
        long free = allocman.slots().take();
        assertFalse(machine.kernel()
                .copy(
                        new CapPath(BootSlots.CNODE, free, depth),
                        new CapPath(first, BootSlots.TCB, depth),
                        CapRights.ALL)
                .failed());
        assertFalse(machine.kernel().delete(BootSlots.CNODE, free, depth).failed());
        assertEquals(0, allocman.slots().free(free));
        assertTrue(allocman.isReserveFull());
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
    }

    @ParameterizedTest
    @CsvSource({
        "tiny,1:9,ARENA,true,false",
        "tiny,2:4:7,ARENA,true,true",
        "tiny,2:6:6,SPLIT,true,false",
        "tiny,2:2:8,TWINKLE,false,false",
        "k64f,2:4:8,ARENA,true,false",
        "k64f,1:10,SPLIT,false,true",
        "precursor,2:10:10,ARENA,true,false"
    })
    void everyRefusedInvocationIsUndone(
            String board, String text, @NamedDesign UntypedDesign manager, boolean virtual, boolean forEver)
            throws Exception {
        ManagedMachine.Pools pools =
                new ManagedMachine.Pools(-1, virtual ? 1 << 20 : 0, manager).withCSpace(geometry(text));
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        long old = root(machine);
        int begin = machine.memory().startJournal();
        boolean failed = true;
        int n = 0;
        while (failed) {
            machine.memory().rewind(begin);
            kernel.failAt(++n, forEver);
            Either<BootstrapFailure, Allocman> answer = start(machine, kernel, pools);
            failed = kernel.hasFailed();
            kernel.heal();
            assertEquals(
                    List.of(),
                    KernelInvariants.check(
                            new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())),
                    "refused at " + n);
            assertTrue(failed || answer.isRight());
            if (answer.isLeft()) {
                boolean undone = !answer.getLeft().message().contains("refused to undo");
                assertTrue(undone || forEver, answer.getLeft().message());
                assertPoolIsClear(machine);
                if (undone) {
                    assertEquals(old, root(machine), "the thread has its old root after a refusal at " + n);
                    assertEquals(
                            "",
                            start(machine, machine.kernel(), pools).fold(BootstrapFailure::message, manager2 -> ""),
                            "after a refusal at " + n + " it succeeds");
                }
            }
        }
        assertTrue(n > 20, "the way to a new CSpace has many invocations, not " + n);
    }

    private static void assertPoolIsClear(Machine machine) {
        for (long at = 0; at < machine.staticPoolBytes(); at += Long.BYTES) {
            assertEquals(0, machine.rootMemory().load64(machine.staticPoolBase() + at, 0), "static pool at " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny,1:14,NO_MEMORY_FOR_CSPACE,524288 bytes",
        "tiny,2:10:13,NO_MEMORY_FOR_CSPACE,too few",
        "pc99,1:5,TOO_FEW_SLOTS,has 32 slots",
        "pc99,2:2:4,TOO_FEW_SLOTS,has 64 slots"
    })
    void whatCannotFitIsToldBeforeAnythingChanges(String board, String text, Reason reason, String words)
            throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName(board), ManagedMachine.Pools.DEFAULT);
        Fingerprint before = machine.memory().fingerprint();
        BootstrapFailure failure = start(
                        machine, machine.kernel(), ManagedMachine.Pools.DEFAULT.withCSpace(geometry(text)))
                .getLeft();
        assertEquals(reason, failure.reason(), failure.message());
        assertTrue(failure.message().contains(words), failure.message());
        assertEquals(before, machine.memory().fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"100,1", "1000,2"})
    void theStepsAreOneForEachCapabilityAndAHandful(int count, int nodes) {
        List<Untyped> untypeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            untypeds.add(new Untyped(16 + i, (1L << 32) + i * 0x2_0000L, 16, false));
        }
        InitialState start = InitialState.described(Architecture.X86_64, 2, 64, 16 + count, 4096, untypeds);
        BootstrapOptions fixed = BootstrapOptions.fixed(0x10_0000, 1 << 20);
        assertEquals(List.of(), BootstrapPlan.of(start, fixed).steps(), "in place nothing is invoked");
        BootstrapPlan plan = BootstrapPlan.of(start, fixed.withCSpace(CSpaceGeometry.twoLevel(10, 10)));
        long moves = plan.steps().stream()
                .filter(BootstrapStep.Move.class::isInstance)
                .count();
        long pieces = plan.roots().size() - count + (nodes + 2) / 2;
        assertEquals(15 - 3 + count + pieces, moves, "each slot that may be occupied, and each piece");
        assertEquals(nodes == 1 ? 7 : 8, plan.steps().size() - moves - pieces, "CNodes, four copies, the switch");
    }

    @Test
    void aStaticPoolThatIsAByteTooSmallIsRefused() throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withCSpace(CSpaceGeometry.twoLevel(10, 10));
        Machine machine = ManagedMachine.boot(Boards.byName("pc99"), pools);
        BootstrapOptions options = ManagedMachine.options(machine, pools);
        InitialState start = InitialState.of(machine.bootInfo());
        long bytes = BootstrapPlan.of(start, options).bytes();
        Fingerprint before = machine.memory().fingerprint();
        BootstrapFailure failure = Bootstrap.start(
                        machine.kernel(), machine.rootMemory(), start, options.withStaticPoolBytes(bytes - 1))
                .getLeft();
        assertEquals(1, failure.missingBytes());
        assertEquals(before, machine.memory().fingerprint());
        assertTrue(Bootstrap.start(machine.kernel(), machine.rootMemory(), start, options.withStaticPoolBytes(bytes))
                .isRight());
    }

    @Test
    void untypedsAndCSpaceCanBeDescribed() {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 12, 1 << 18)
                .untyped(0x100_0000, 20, false)
                .untyped(0x200_0000, 20, false)
                .build();
        Untyped second = machine.bootInfo().untypeds().get(1);
        InitialState start =
                InitialState.described(Architecture.X86_64, BootSlots.CNODE, 64, 100, 1000, List.of(second));
        BootstrapOptions options = BootstrapOptions.fixed(machine.pool(), machine.poolBytes());
        CountingKernel kernel = new CountingKernel(machine.kernel());
        Allocman allocman =
                Bootstrap.start(kernel, machine.rootMemory(), start, options).get();
        assertEquals(0, kernel.total());
        assertEquals(900, allocman.slots().cspace().freeSlots());
        assertEquals(1, allocman.untypeds().roots().count());
        assertTrue(allocman.allocate(ObjectType.TCB, 0, 0) > 0);
        Untyped elsewhere = new Untyped(100, 0x300_0000, 12, false);
        assertEquals(
                Reason.BAD_UNTYPEDS,
                Bootstrap.start(kernel, machine.rootMemory(), start.withUntypeds(List.of(elsewhere)), options)
                        .getLeft()
                        .reason());
        assertEquals(
                Reason.BAD_UNTYPEDS,
                Bootstrap.start(kernel, machine.rootMemory(), start.withUntypeds(List.of(second, second)), options)
                        .getLeft()
                        .reason());
        Untyped misaligned = new Untyped(second.slot(), second.paddr() + 16, second.sizeBits(), false);
        BootstrapFailure failure = Bootstrap.start(
                        kernel, machine.rootMemory(), start.withUntypeds(List.of(misaligned)), options)
                .getLeft();
        assertEquals(Reason.BAD_UNTYPEDS, failure.reason());
        assertTrue(failure.message().endsWith(" is not at a multiple of its size"), failure.message());
    }

    /** A pool with something in it, as that of a manager that is there already, is left alone. */
    @Test
    void aPoolThatIsNotZeroIsRefused() {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 11, 1 << 16)
                .untyped(0x100_0000, 20, false)
                .build();
        BootstrapOptions options = BootstrapOptions.fixed(machine.pool(), machine.poolBytes());
        InitialState start = InitialState.of(machine.bootInfo());
        long last = machine.poolBytes() - Long.BYTES;
        for (long offset : new long[] {0, 4096, last}) {
            machine.rootMemory().store64(machine.pool() + offset, 0, 1);
            Fingerprint before = machine.memory().fingerprint();
            BootstrapFailure failure = Bootstrap.start(machine.kernel(), machine.rootMemory(), start, options)
                    .getLeft();
            assertEquals(Reason.POOL_NOT_ZERO, failure.reason());
            assertTrue(
                    failure.message().endsWith(" at 0x" + Long.toHexString(machine.pool() + offset)),
                    failure.message());
            assertEquals(before, machine.memory().fingerprint());
            machine.rootMemory().store64(machine.pool() + offset, 0, 0);
        }
        assertTrue(Bootstrap.start(machine.kernel(), machine.rootMemory(), start, options)
                .isRight());
    }

    @Test
    void deviceMemoryIsPartedWhereRamBeginsAndEnds() {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 11, 1 << 18)
                .untyped(0x100_0000, 20, false)
                .untyped(0x200_0000, 20, true)
                .untyped(0x300_0000, 16, true)
                .build();
        BootstrapOptions options = BootstrapOptions.fixed(machine.pool(), machine.poolBytes())
                .withDeviceRam(List.of(new RamRange(0x203_0001, 0x20a_0000), new RamRange(0x300_0000, 0x301_0000)));
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        kernel.failAt(3, false);
        Fingerprint before = machine.memory().fingerprint();
        BootstrapFailure failure = Bootstrap.start(
                        kernel, machine.rootMemory(), InitialState.of(machine.bootInfo()), options)
                .getLeft();
        assertEquals(Reason.KERNEL_REFUSED, failure.reason());
        assertTrue(failure.message().contains("untyped of 2^"), failure.message());
        Allocman allocman = Bootstrap.start(kernel, machine.rootMemory(), InitialState.of(machine.bootInfo()), options)
                .get();
        assertNotEquals(before, machine.memory().fingerprint());
        assertEquals(MemoryKind.DEVICE, allocman.untypeds().roots().kindAt(0x203_0008));
        assertEquals(MemoryKind.DEVICE_RAM, allocman.untypeds().roots().kindAt(0x203_0010));
        assertEquals(MemoryKind.DEVICE_RAM, allocman.untypeds().roots().kindAt(0x209_ffff));
        assertEquals(MemoryKind.DEVICE, allocman.untypeds().roots().kindAt(0x20a_0000));
        assertEquals(MemoryKind.DEVICE_RAM, allocman.untypeds().roots().kindAt(0x300_0000));
        long bytes = 0;
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            bytes += 1L << allocman.untypeds().roots().sizeBits(i);
        }
        assertEquals((2 << 20) + (1 << 16), bytes, "not a byte is lost");
        assertTrue(allocman.allocateMaybeDevice(ObjectType.SMALL_PAGE, 0, 0) > 0);
    }
}
