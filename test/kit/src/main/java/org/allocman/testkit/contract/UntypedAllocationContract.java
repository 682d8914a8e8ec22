package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** The part of {@code UntypedManagerContract} that allocates: kinds, addresses, alignment, and requests that are refused. */
public abstract class UntypedAllocationContract extends UntypedManagerSubjects {
    UntypedAllocationContract() {}

    @Test
    void atTheStartAllIsFree() {
        Subject subject = subject();
        assertEquals(0, subject.manager().liveObjects());
        for (MemoryKind kind : MemoryKind.values()) {
            int largest = subject.blocks(kind).stream()
                    .mapToInt(Block::sizeBits)
                    .max()
                    .orElse(-1);
            assertEquals(largest, subject.manager().largestFree(kind), kind.text());
        }
        lawsHold(subject);
    }

    @Test
    void objectsAreOfTheirKindAlignedAndApart() {
        Subject subject = subject();
        Architecture architecture = subject.kernel().architecture();
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
            long paddr = subject.manager().physicalAddress(handle);
            assertEquals(0, subject.manager().check(handle));
            assertEquals(bits, subject.manager().sizeBits(handle));
            assertEquals(0, paddr & (1L << bits) - 1, "aligned");
            assertTrue(
                    subject.blocks(MemoryKind.KERNEL).stream().anyMatch(block -> block.holds(paddr)),
                    "in a block of its kind");
            Map.Entry<Long, Long> below = ends.lowerEntry(paddr + (1L << bits));
            assertTrue(below == null || below.getValue() <= paddr, "overlaps the object below");
            ends.put(paddr, paddr + (1L << bits));
            isInItsSlot(subject, type, subject.manager().slot(handle), paddr);
            lawsHold(subject);
        }
        assertTrue(ends.size() > types.size());
    }

    /** The kernel agrees where a frame is; whatever else is in a slot is at least there. */
    private static void isInItsSlot(Subject subject, ObjectType type, long slot, long paddr) {
        if (type.isFrame()) {
            assertEquals(paddr, subject.kernel().pageGetAddress(slot).get());
        } else {
            SlotRuns slots = subject.slots();
            KernelError error = subject.kernel()
                    .move(
                            new CapPath(slots.root(), slot, slots.depth()),
                            new CapPath(slots.root(), slot, slots.depth()));
            assertEquals(KernelError.Code.DELETE_FIRST, error.code(), "there is a capability in the slot");
        }
    }

    @Test
    void kindsNeverMix() {
        Subject subject = subject();
        Block device = subject.first(MemoryKind.DEVICE);
        assertEquals(Refusal.WRONG_KIND, subject.allocate(MemoryKind.DEVICE, ObjectType.TCB, 0));
        assertEquals(Refusal.WRONG_KIND, subject.allocateAt(ObjectType.ENDPOINT, 0, device.paddr()));
        int bits = 4;
        for (MemoryKind kind : MemoryKind.values()) {
            for (Block ignored : subject.blocks(kind)) {
                long paddr = subject.manager().physicalAddress(got(subject.allocate(kind, ObjectType.UNTYPED, bits)));
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
    void everyByteCanBeHad() {
        Subject subject = subject();
        for (MemoryKind kind : MemoryKind.values()) {
            long pages = 0;
            for (Block block : subject.blocks(kind)) {
                pages += 1L << Math.max(0, block.sizeBits() - 12);
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
            for (long paddr = block.paddr(); paddr < block.paddr() + 0x2000; paddr += 0x1000) {
                long handle = got(subject.allocateAt(ObjectType.UNTYPED, 12, paddr));
                assertEquals(paddr, subject.manager().physicalAddress(handle));
                assertEquals(12, subject.manager().sizeBits(handle));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 12, paddr));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 13, block.paddr()));
                assertEquals(Refusal.IN_USE, subject.allocateAt(ObjectType.UNTYPED, 4, paddr + 0x800));
                lawsHold(subject);
            }
        }
    }

    @Test
    void addressesThatCannotBeHadAreRefused() {
        Subject subject = subject();
        Object before = subject.state().get();
        for (Block block : subject.blocks()) {
            long end = block.paddr() + (1L << block.sizeBits());
            int bits = block.sizeBits();
            assertEquals(Refusal.UNALIGNED, subject.allocateAt(ObjectType.UNTYPED, 12, block.paddr() + 0x800));
            assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, bits + 1, block.paddr()));
            for (long outside : new long[] {block.paddr() - 1, end}) {
                if (subject.blocks().stream().noneMatch(other -> other.holds(outside))) {
                    assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, 12, outside & -0x1000));
                }
            }
        }
        for (long nowhere : new long[] {0, -0x1000, Long.MAX_VALUE & -0x1000, Long.MIN_VALUE}) {
            if (subject.blocks().stream().noneMatch(other -> other.holds(nowhere))) {
                assertEquals(Refusal.NOT_MANAGED, subject.allocateAt(ObjectType.UNTYPED, 12, nowhere));
            }
        }
        assertEquals(before, subject.state().get(), "a refusal leaves no trace");
    }
}
