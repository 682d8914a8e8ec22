package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;

/** The twinkle manager: nothing overlaps, all that it tells of an object is true, and nothing is kept of objects. */
class TwinkleUntypedsProperties {
    private record Made(long handle, long slot, int bits) {}

    @Property(tries = 150)
    void objectsAreWhereTheirHandlesSay(
            @ForAll @Size(max = 80) List<@IntRange(min = 4, max = 14) Integer> sizes,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 2) Integer> kinds) {
        BareManager bare = new BareManager(Kind.TWINKLE);
        long pagesReady = bare.pages.ready();
        TreeMap<Long, Made> made = new TreeMap<>();
        for (int i = 0; i < Math.min(sizes.size(), kinds.size()); i++) {
            MemoryKind kind = MemoryKind.values()[kinds.get(i)];
            int bits = sizes.get(i);
            int largest = bare.manager.largestFree(kind);
            Fingerprint before = bare.fingerprint();
            long handle = bare.allocate(kind, ObjectType.UNTYPED, bits);
            assertEquals(bits <= largest, handle > 0, "2^" + bits + " of 2^" + largest);
            if (handle > 0) {
                made.put(bare.manager.physicalAddress(handle), new Made(handle, bare.manager.slot(handle), bits));
                assertEquals(kind, new UntypedRoots(bare.manager).kindAt(bare.manager.physicalAddress(handle)));
            } else {
                assertEquals(Refusal.OUT_OF_UNTYPED, handle);
                assertEquals(before, bare.fingerprint(), "a refusal changes nothing");
            }
        }
        long end = 0;
        for (Long paddr : made.keySet()) {
            Made object = made.get(paddr);
            assertTrue(paddr >= end, "nothing overlaps");
            assertEquals(0, paddr & (1L << object.bits) - 1, "aligned");
            end = paddr + (1L << object.bits);
            assertEquals(object.bits, bare.manager.sizeBits(object.handle));
            assertEquals(0, bare.manager.check(object.handle));
            long at = bare.slots().at(bare.machine.cnode(), object.slot);
            assertEquals(paddr, bare.slots().object(at), "the kernel agrees");
            assertEquals(object.bits, bare.slots().untyped().sizeBits(at));
            assertEquals(Refusal.ALLOCATE_ONLY, bare.manager.free(object.handle));
        }
        assertEquals(made.size(), bare.manager.liveObjects());
        assertEquals(pagesReady, bare.pages.ready(), "no book-keeping for objects");
        assertEquals(List.of(), bare.broken());
    }

    @Property(tries = 100)
    void freeBlocksCanBeHadOneAfterTheOther(@ForAll @Size(max = 12) List<@IntRange(min = 4, max = 12) Integer> sizes) {
        BareManager bare = new BareManager(Kind.TWINKLE);
        sizes.forEach(bare::untyped);
        List<Integer> free = new ArrayList<>();
        for (int bits = 4; bits <= 16; bits++) {
            for (long i = 0; i < bare.manager.freeBlocks(MemoryKind.KERNEL, bits); i++) {
                free.add(bits);
            }
        }
        for (int bits : free) {
            assertTrue(bare.untyped(bits) > 0, "2^" + bits + " of " + free);
        }
        assertEquals(-1, bare.manager.largestFree(MemoryKind.KERNEL));
    }
}
