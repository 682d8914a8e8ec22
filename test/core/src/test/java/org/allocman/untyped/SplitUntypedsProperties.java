package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;

/** The split manager does what the plain model says, list by list; when all is given back, nothing is left of it. */
class SplitUntypedsProperties {
    private static final MemoryKind[] KINDS = MemoryKind.values();
    private static final int LEAST = 4;
    private static final int GREATEST = 16;

    private final List<Long> handles = new ArrayList<>();

    /** A request's number decides what it is: 0 to 2 by size, 3 at an address, 4 and 5 give something back. */
    @Property(tries = 150)
    void placesAsTheModel(
            @ForAll boolean compatible,
            @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 5) Integer> requests,
            @ForAll Random random) {
        BareManager bare = new BareManager(compatible ? Kind.COMPATIBLE : Kind.SPLIT, BareManager.BLOCKS, 10, 12);
        BuddyModel model = new BuddyModel(bare.blocks);
        List<Long> fresh = bare.bookKeeping();
        handles.clear();
        for (int request : requests) {
            int bits = LEAST + random.nextInt(random.nextBoolean() ? 4 : GREATEST - LEAST + 1);
            if (request < 3) {
                allocate(bare, model, random.nextInt(4) == 0 ? KINDS[random.nextInt(3)] : MemoryKind.KERNEL, bits);
            } else if (request == 3) {
                Block block = bare.blocks.get(random.nextInt(bare.blocks.size()));
                long unit = 1L << bits;
                allocateAt(bare, model, bits, block.paddr() + random.nextInt(1 << block.bits()) / unit * unit);
            } else if (!handles.isEmpty()) {
                free(bare, model, random.nextInt(handles.size()));
            }
            assertEquals(List.of(), bare.broken());
            compareLists(bare, model);
        }
        while (!handles.isEmpty()) {
            free(bare, model, handles.size() - 1);
        }
        assertTrue(bare.isWhole());
        bare.manager.trim();
        assertEquals(fresh, bare.bookKeeping(), "the book-keeping is as at the start");
    }

    private void allocate(BareManager bare, BuddyModel model, MemoryKind kind, int bits) {
        Fingerprint before = bare.fingerprint();
        long handle = bare.allocate(kind, ObjectType.UNTYPED, bits);
        long expected = model.allocate(kind, bits);
        if (expected < 0) {
            assertEquals(Refusal.OUT_OF_UNTYPED, handle);
            assertEquals(before, bare.fingerprint(), "a refusal changes nothing");
        } else {
            took(bare, handle, expected, bits, kind);
        }
    }

    private void allocateAt(BareManager bare, BuddyModel model, int bits, long paddr) {
        Fingerprint before = bare.fingerprint();
        MemoryKind kind = new UntypedRoots(bare.manager).kindAt(paddr);
        boolean inside =
                bare.blocks.stream().anyMatch(block -> paddr >= block.paddr() && paddr + (1L << bits) <= block.end());
        long handle = bare.allocateAt(ObjectType.UNTYPED, bits, paddr);
        if (model.allocateAt(bits, paddr)) {
            took(bare, handle, paddr, bits, kind);
        } else {
            assertEquals(inside ? Refusal.IN_USE : Refusal.NOT_MANAGED, handle);
            assertEquals(before, bare.fingerprint(), "a refusal changes nothing");
        }
    }

    private void took(BareManager bare, long handle, long paddr, int bits, MemoryKind kind) {
        assertTrue(handle > 0, "refusal " + handle);
        assertEquals(paddr, bare.manager.physicalAddress(handle));
        assertEquals(bits, bare.manager.sizeBits(handle));
        assertEquals(kind, new UntypedRoots(bare.manager).kindAt(paddr));
        assertEquals(0, bare.manager.check(handle));
        handles.add(handle);
    }

    private void free(BareManager bare, BuddyModel model, int index) {
        long handle = handles.remove(index);
        model.free(bare.manager.physicalAddress(handle));
        assertEquals(0, bare.manager.free(handle));
        assertEquals(Refusal.STALE_HANDLE, bare.manager.free(handle));
    }

    private static void compareLists(BareManager bare, BuddyModel model) {
        SplitUntypeds split = (SplitUntypeds) bare.manager;
        for (MemoryKind kind : KINDS) {
            assertEquals(model.largestFree(kind), split.largestFree(kind));
            for (int bits = LEAST; bits <= GREATEST; bits++) {
                List<Long> ours =
                        split.freeList(kind, bits).stream().map(SplitView::base).toList();
                assertEquals(new ArrayList<>(model.list(kind, bits)), ours, kind + " 2^" + bits);
                assertEquals(ours.size(), split.freeBlocks(kind, bits));
            }
        }
        assertEquals(model.live().size(), split.liveObjects());
    }
}
