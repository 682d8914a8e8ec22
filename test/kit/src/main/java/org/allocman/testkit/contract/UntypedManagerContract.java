package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/**
 * What an {@link UntypedManager} has to do: objects where and of what they were asked for, no byte in two of them, every
 * refusal for a reason and without a trace, handles that are checked, and all of it back in the end.
 */
public abstract class UntypedManagerContract {
    private static final int SEEDS = 6;
    private static final int MOST_FAULTS = 200;

    /**
     * An untyped that was handed over.
     *
     * @param paddr its physical address, a multiple of its size
     * @param sizeBits its size in bits
     * @param kind what memory it is
     */
    public record Block(@PhysAddr long paddr, @SizeBits int sizeBits, MemoryKind kind) {
        private boolean holds(long address) {
            return address - paddr >>> sizeBits == 0;
        }
    }

    /**
     * A manager of which nothing has been allocated, with records and slots enough.
     *
     * @param manager the manager
     * @param kernel what it invokes
     * @param slots where it takes slots from; at least one is left when all memory is in use
     * @param blocks what it manages: at least one normal block of 2^13 to 2^16 bytes and one of device memory
     * @param givesBack whether it can free; if not, handles are not looked at closely
     * @param laws what else is broken, as sentences; empty if all is well
     * @param state what it knows, in a form that is equal if the manager knows the same
     */
    public record Subject(
            UntypedManager manager,
            Kernel kernel,
            SlotRuns slots,
            List<Block> blocks,
            boolean givesBack,
            Supplier<List<String>> laws,
            Supplier<? extends Object> state) {
        private long allocate(MemoryKind kind, ObjectType type, int size) {
            Architecture architecture = kernel.architecture();
            return manager.allocate(kind, architecture.number(type), size, architecture.sizeBits(type, size), 0, false);
        }

        private long allocateAt(ObjectType type, int size, long paddr) {
            Architecture architecture = kernel.architecture();
            return manager.allocateAt(
                    architecture.number(type), size, architecture.sizeBits(type, size), paddr, 0, false);
        }

        private List<Block> blocks(MemoryKind kind) {
            return blocks.stream().filter(block -> block.kind == kind).toList();
        }

        private Block first(MemoryKind kind) {
            List<Block> all = blocks(kind);
            assertFalse(all.isEmpty(), "a manager under test has a block of " + kind.text());
            return all.get(0);
        }
    }

    /** For those who extend it. */
    protected UntypedManagerContract() {}

    /**
     * Makes a manager.
     *
     * @param stand what has to stand between the manager and its kernel
     * @return a fresh one
     */
    protected abstract Subject subject(UnaryOperator<Kernel> stand);

    private Subject subject() {
        return subject(kernel -> kernel);
    }

    private static void lawsHold(Subject subject) {
        assertEquals(List.of(), subject.laws.get());
    }

    private static long got(long handle) {
        assertTrue(handle > 0, () -> "refused: " + Refusal.text(handle));
        return handle;
    }

    @Test
    void atTheStartAllIsFree() {
        Subject subject = subject();
        assertEquals(0, subject.manager.liveObjects());
        for (MemoryKind kind : MemoryKind.values()) {
            int largest = subject.blocks(kind).stream()
                    .mapToInt(Block::sizeBits)
                    .max()
                    .orElse(-1);
            assertEquals(largest, subject.manager.largestFree(kind), kind.text());
        }
        lawsHold(subject);
    }

    @Test
    void objectsAreOfTheirKindAlignedAndApart() {
        Subject subject = subject();
        Architecture architecture = subject.kernel.architecture();
        TreeMap<Long, Long> ends = new TreeMap<>();
        List<ObjectType> types = List.of(
                ObjectType.ENDPOINT,
                ObjectType.TCB,
                ObjectType.NOTIFICATION,
                ObjectType.CNODE,
                architecture.frames().get(0),
                ObjectType.UNTYPED);
        for (int i = 0; i < 4 * types.size(); i++) {
            ObjectType type = types.get(i % types.size());
            int size = type == ObjectType.UNTYPED ? 4 + i % 5 : 1 + i % 3;
            int bits = architecture.sizeBits(type, size);
            long handle = subject.allocate(MemoryKind.KERNEL, type, size);
            if (handle < 0) {
                assertEquals(Refusal.OUT_OF_UNTYPED, handle);
                continue;
            }
            long paddr = subject.manager.physicalAddress(handle);
            assertEquals(0, subject.manager.check(handle));
            assertEquals(bits, subject.manager.sizeBits(handle));
            assertEquals(0, paddr & (1L << bits) - 1, "aligned");
            assertTrue(
                    subject.blocks(MemoryKind.KERNEL).stream().anyMatch(block -> block.holds(paddr)),
                    "in a block of its kind");
            Map.Entry<Long, Long> below = ends.lowerEntry(paddr + (1L << bits));
            assertTrue(below == null || below.getValue() <= paddr, "overlaps the object below");
            ends.put(paddr, paddr + (1L << bits));
            isInItsSlot(subject, type, subject.manager.slot(handle), paddr);
            lawsHold(subject);
        }
        assertTrue(ends.size() > types.size());
    }

    /** The kernel agrees where a frame is; whatever else is in a slot is at least there. */
    private static void isInItsSlot(Subject subject, ObjectType type, long slot, long paddr) {
        if (type.isFrame()) {
            assertEquals(paddr, subject.kernel.pageGetAddress(slot).get());
        } else {
            SlotRuns slots = subject.slots;
            KernelError error = subject.kernel.move(
                    new CapPath(slots.root(), slot, slots.depth()), new CapPath(slots.root(), slot, slots.depth()));
            assertEquals(KernelError.Code.DELETE_FIRST, error.code(), "there is a capability in the slot");
        }
    }

    @Test
    void kindsNeverMix() {
        Subject subject = subject();
        Block device = subject.first(MemoryKind.DEVICE);
        assertEquals(Refusal.WRONG_KIND, subject.allocate(MemoryKind.DEVICE, ObjectType.TCB, 0));
        assertEquals(Refusal.WRONG_KIND, subject.allocateAt(ObjectType.ENDPOINT, 0, device.paddr));
        int bits = 4;
        for (MemoryKind kind : MemoryKind.values()) {
            for (Block ignored : subject.blocks(kind)) {
                long paddr = subject.manager.physicalAddress(got(subject.allocate(kind, ObjectType.UNTYPED, bits)));
                assertTrue(subject.blocks(kind).stream().anyMatch(block -> block.holds(paddr)), kind.text());
            }
        }
        while (subject.allocate(MemoryKind.KERNEL, ObjectType.UNTYPED, 12) > 0) {
            // until pages of normal memory are used up
        }
        assertEquals(Refusal.OUT_OF_UNTYPED, subject.allocate(MemoryKind.KERNEL, ObjectType.UNTYPED, 12));
        assertTrue(subject.allocate(MemoryKind.DEVICE, ObjectType.UNTYPED, 12) > 0, "device memory is left");
        lawsHold(subject);
    }

    @Test
    void whatIsFreedKeepsItsKind() {
        Subject subject = subject();
        if (!subject.givesBack) {
            return;
        }
        for (MemoryKind kind : MemoryKind.values()) {
            for (Block block : subject.blocks(kind)) {
                long handle = got(subject.allocateAt(ObjectType.UNTYPED, 12, block.paddr));
                assertEquals(0, subject.manager.free(handle));
            }
        }
        for (MemoryKind kind : MemoryKind.values()) {
            for (long handle = subject.allocate(kind, ObjectType.UNTYPED, 12);
                    handle > 0;
                    handle = subject.allocate(kind, ObjectType.UNTYPED, 12)) {
                long paddr = subject.manager.physicalAddress(handle);
                assertTrue(subject.blocks(kind).stream().anyMatch(block -> block.holds(paddr)), kind.text());
            }
        }
    }

    @Test
    void everyByteCanBeHad() {
        Subject subject = subject();
        for (MemoryKind kind : MemoryKind.values()) {
            long pages = 0;
            for (Block block : subject.blocks(kind)) {
                pages += 1L << Math.max(0, block.sizeBits - 12);
            }
            long had = 0;
            while (subject.allocate(kind, ObjectType.UNTYPED, 12) > 0) {
                had++;
            }
            assertEquals(pages, had, kind.text());
        }
        lawsHold(subject);
    }

    @Test
    void anObjectIsAtTheAddressThatWasAskedFor() {
        Subject subject = subject();
        for (MemoryKind kind : List.of(MemoryKind.KERNEL, MemoryKind.DEVICE)) {
            Block block = subject.first(kind);
            for (long paddr = block.paddr; paddr < block.paddr + 0x2000; paddr += 0x1000) {
                long handle = got(subject.allocateAt(ObjectType.UNTYPED, 12, paddr));
                assertEquals(paddr, subject.manager.physicalAddress(handle));
                assertEquals(12, subject.manager.sizeBits(handle));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 12, paddr));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 13, block.paddr));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 4, paddr + 0x800));
                lawsHold(subject);
            }
        }
    }

    @Test
    void addressesThatCannotBeHadAreRefused() {
        Subject subject = subject();
        Object before = subject.state.get();
        for (Block block : subject.blocks) {
            long end = block.paddr + (1L << block.sizeBits);
            int bits = block.sizeBits;
            assertEquals(Refusal.UNALIGNED, subject.allocateAt(ObjectType.UNTYPED, 12, block.paddr + 0x800));
            assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, bits + 1, block.paddr));
            for (long outside : new long[] {block.paddr - 1, end}) {
                if (subject.blocks.stream().noneMatch(other -> other.holds(outside))) {
                    assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, 12, outside & -0x1000));
                }
            }
        }
        for (long nowhere : new long[] {0, -0x1000, Long.MAX_VALUE & -0x1000, Long.MIN_VALUE}) {
            if (subject.blocks.stream().noneMatch(other -> other.holds(nowhere))) {
                assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, 12, nowhere));
            }
        }
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
    }

    @Test
    void handlesAreChecked() {
        Subject subject = subject();
        long keeper = got(subject.allocate(MemoryKind.KERNEL, ObjectType.ENDPOINT, 0));
        long handle = got(subject.allocate(MemoryKind.KERNEL, ObjectType.ENDPOINT, 0));
        Object before = subject.state.get();
        assertTrue(subject.manager.free(0) < 0);
        assertTrue(subject.manager.free(-1) < 0);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long made = i < 63 ? handle ^ 1L << i : random.nextLong();
            if (made != handle && made != keeper) {
                assertTrue(subject.manager.free(made) < 0, "a made-up handle: " + made);
            }
        }
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
        if (!subject.givesBack) {
            assertEquals(Refusal.ALLOCATE_ONLY, subject.manager.free(handle));
            return;
        }
        long paddr = subject.manager.physicalAddress(handle);
        assertEquals(0, subject.manager.free(handle));
        assertEquals(Refusal.STALE_HANDLE, subject.manager.free(handle), "a second time");
        long now = got(subject.allocateAt(ObjectType.ENDPOINT, 0, paddr));
        assertNotEquals(handle, now);
        assertEquals(Refusal.STALE_HANDLE, subject.manager.free(handle), "the memory is somebody else's now");
        assertEquals(0, subject.manager.check(now));
        assertEquals(0, subject.manager.check(keeper));
        lawsHold(subject);
    }

    @Test
    void whatIsFreedIsWholeAgain() {
        for (int order = 0; order < 3; order++) {
            Subject subject = subject();
            if (!subject.givesBack) {
                return;
            }
            List<Long> handles = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                MemoryKind kind = MemoryKind.values()[i % 2];
                long handle = subject.allocate(kind, ObjectType.UNTYPED, 4 + i % 9);
                if (handle > 0) {
                    handles.add(handle);
                }
            }
            assertTrue(handles.size() > 8);
            if (order == 1) {
                Collections.reverse(handles);
            } else if (order == 2) {
                Collections.shuffle(handles, new Random(2));
            }
            for (long handle : handles) {
                assertEquals(0, subject.manager.free(handle));
                lawsHold(subject);
            }
            isWhole(subject);
        }
    }

    private static void isWhole(Subject subject) {
        subject.manager.trim();
        assertEquals(0, subject.manager.liveObjects());
        for (Block block : subject.blocks) {
            long handle = got(subject.allocateAt(ObjectType.UNTYPED, block.sizeBits, block.paddr));
            assertEquals(0, subject.manager.free(handle));
        }
        subject.manager.trim();
        lawsHold(subject);
    }

    /** A copy of the capability keeps the kernel's memory busy, unless free takes it along. */
    @Test
    void freeTakesCopiesAlong() {
        Subject subject = subject();
        if (!subject.givesBack) {
            return;
        }
        SlotRuns slots = subject.slots;
        long spare = slots.takeRun(1, false);
        int depth = slots.depth();
        Block block = subject.first(MemoryKind.KERNEL);
        for (int i = 0; i < 3; i++) {
            long handle = got(subject.allocateAt(ObjectType.ENDPOINT, 0, block.paddr));
            long slot = subject.manager.slot(handle);
            assertEquals(
                    KernelError.NO_ERROR,
                    subject.kernel.copy(
                            new CapPath(slots.root(), spare, depth),
                            new CapPath(slots.root(), slot, depth),
                            CapRights.ALL));
            assertEquals(0, subject.manager.free(handle));
            assertTrue(
                    subject.kernel
                            .copy(
                                    new CapPath(slots.root(), slot, depth),
                                    new CapPath(slots.root(), spare, depth),
                                    CapRights.ALL)
                            .failed(),
                    "the copy is gone");
            lawsHold(subject);
        }
        slots.giveBackRun(spare, 1);
        isWhole(subject);
    }

    @Test
    void aRefusalOfTheKernelLosesNothing() {
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                assertTrue(n < MOST_FAULTS, "a few allocations take so many invocations");
                int fault = n;
                failed = run("a fault at " + n, kernel -> kernel.failAt(fault, forEver));
            }
        }
    }

    @Test
    void someRefusalsOfTheKernelLoseNothing() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            int some = seed;
            run("seed " + seed, kernel -> kernel.failSome(some, 10 * some));
        }
    }

    private boolean run(String how, Consumer<FaultyKernel> faults) {
        List<FaultyKernel> faulty = new ArrayList<>();
        Subject subject = subject(kernel -> {
            FaultyKernel stand = new FaultyKernel(kernel);
            faulty.add(stand);
            return stand;
        });
        assertEquals(1, faulty.size(), "one kernel stands before the manager's");
        FaultyKernel stand = faulty.get(0);
        faults.accept(stand);
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int bits = new int[] {4, 9, 12, 4, 11, 13, 5, 4}[i];
            long handle = subject.allocate(i == 4 ? MemoryKind.DEVICE : MemoryKind.KERNEL, ObjectType.UNTYPED, bits);
            if (handle > 0) {
                handles.add(handle);
            }
            lawsHold(subject);
        }
        for (int i = 0; subject.givesBack && i < handles.size(); i++) {
            long answer = subject.manager.free(handles.get(i));
            if (answer == 0) {
                handles.remove(i--);
            } else {
                assertTrue(Refusal.isKernel(answer), "a free is refused by the kernel alone");
                assertEquals(0, subject.manager.check(handles.get(i)), "and can be tried again");
            }
            lawsHold(subject);
        }
        boolean failed = stand.hasFailed();
        stand.heal();
        for (long handle : handles) {
            assertEquals(subject.givesBack ? 0 : Refusal.ALLOCATE_ONLY, subject.manager.free(handle));
        }
        if (subject.givesBack) {
            isWhole(subject);
            assertEquals(slotsLeft(subject()), slotsLeft(subject), () -> "slots, after " + how);
        }
        return failed;
    }

    private static long slotsLeft(Subject subject) {
        List<Long> taken = new ArrayList<>();
        for (long slot = subject.slots.takeRun(1, true); slot != 0; slot = subject.slots.takeRun(1, true)) {
            taken.add(slot);
        }
        taken.forEach(slot -> subject.slots.giveBackRun(slot, 1));
        return taken.size();
    }

    @Test
    void theSameWorkEndsTheSame() {
        List<Object> ends = new ArrayList<>();
        for (int turn = 0; turn < 2; turn++) {
            Subject subject = subject();
            for (int i = 0; i < 20; i++) {
                long handle = subject.allocate(MemoryKind.KERNEL, ObjectType.UNTYPED, 4 + i % 7);
                if (subject.givesBack && i % 3 == 0 && handle > 0) {
                    assertEquals(0, subject.manager.free(handle));
                }
            }
            ends.add(subject.state.get());
        }
        assertEquals(ends.get(0), ends.get(1));
    }
}
