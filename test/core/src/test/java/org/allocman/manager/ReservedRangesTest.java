package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** A pool for DMA, of which nobody takes a unit by chance. */
class ReservedRangesTest {
    private static final long PAGE = 4096;

    private static Rig rig(UntypedDesign design) throws Exception {
        return new Rig(Boards.byName("tiny"), Pools.DEFAULT.withManager(design));
    }

    /** Free memory of two pages and more, at whose beginning the next object would be. */
    private static long whereTheNextObjectGoes(Allocman allocman) {
        long handle = allocman.allocate(ObjectType.UNTYPED, 14, 0);
        long paddr = allocman.untypeds().manager().physicalAddress(handle);
        assertEquals(0, allocman.free(handle));
        return paddr;
    }

    @Test
    void aPoolIsClaimedUnitByUnitLater() throws Exception {
        Rig rig = rig(UntypedDesigns.ARENA);
        Allocman allocman = rig.allocman;
        long pool = whereTheNextObjectGoes(allocman);
        assertEquals(0, allocman.untypeds().reserve(pool, 3 * PAGE));
        assertFalse(allocman.untypeds().manager().isReserved(pool - 1));
        assertTrue(allocman.untypeds().manager().isReserved(pool)
                && allocman.untypeds().manager().isReserved(pool + 3 * PAGE - 1));
        assertFalse(allocman.untypeds().manager().isReserved(pool + 3 * PAGE));
        // until memory is exhausted
        long handle = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
        while (handle > 0) {
            long paddr = allocman.untypeds().manager().physicalAddress(handle);
            assertFalse(paddr >= pool && paddr < pool + 3 * PAGE, "an object that may be anywhere is in the pool");
            handle = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
        }
        assertEquals(Refusal.OUT_OF_UNTYPED, handle);
        assertTrue(allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) < 12);
        for (int page = 0; page < 3; page++) {
            assertTrue(allocman.allocateAt(ObjectType.SMALL_PAGE, 0, pool + page * PAGE, 0) > 0);
        }
        assertEquals(Refusal.IN_USE, allocman.allocateAt(ObjectType.ENDPOINT, 0, pool, 0));
        assertEquals(Refusal.IN_USE, allocman.untypeds().unreserve(pool, 3 * PAGE));
        assertEquals(List.of(), rig.brokenAnywhere());
    }

    @Test
    void aRangeIsGivenBackAsItWasReserved() throws Exception {
        Allocman allocman = rig(UntypedDesigns.ARENA).allocman;
        long pool = whereTheNextObjectGoes(allocman);
        assertEquals(0, allocman.untypeds().reserve(pool, 2 * PAGE));
        assertEquals(Refusal.IN_USE, allocman.untypeds().reserve(pool + PAGE, 2 * PAGE), "it overlaps");
        assertEquals(Refusal.IN_USE, allocman.untypeds().reserve(pool, PAGE), "it is inside");
        assertEquals(Refusal.NOT_RESERVED, allocman.untypeds().unreserve(pool, PAGE));
        assertEquals(Refusal.NOT_RESERVED, allocman.untypeds().unreserve(pool, 4 * PAGE));
        assertFalse(allocman.untypeds().manager().isReserved(pool + 2 * PAGE));
        assertTrue(allocman.untypeds().manager().isReserved(pool));
        assertEquals(0, allocman.untypeds().unreserve(pool, 2 * PAGE));
        assertFalse(allocman.untypeds().manager().isReserved(pool));
        assertEquals(Refusal.NOT_RESERVED, allocman.untypeds().unreserve(pool, 2 * PAGE));
    }

    @Test
    void rangesThatCannotBeAreRefused() throws Exception {
        Rig rig = rig(UntypedDesigns.ARENA);
        Allocman allocman = rig.allocman;
        long pool = whereTheNextObjectGoes(allocman);
        var before = rig.fingerprint();
        for (long bytes : new long[] {0, -1, 8, Long.MIN_VALUE, PAGE + 1}) {
            assertEquals(Refusal.ILLEGAL_SIZE, allocman.untypeds().reserve(pool, bytes));
            assertEquals(Refusal.ILLEGAL_SIZE, allocman.untypeds().unreserve(pool, bytes));
        }
        assertEquals(Refusal.UNALIGNED, allocman.untypeds().reserve(pool + 8, PAGE));
        assertEquals(Refusal.NOT_MANAGED, allocman.untypeds().reserve(-PAGE, PAGE));
        assertEquals(Refusal.NOT_MANAGED, allocman.untypeds().reserve(-PAGE, 2 * PAGE));
        assertEquals(before, rig.fingerprint());
        long handle = allocman.allocateAt(ObjectType.ENDPOINT, 0, pool + 3 * PAGE, 0);
        assertTrue(handle > 0);
        assertEquals(Refusal.IN_USE, allocman.untypeds().reserve(pool, 4 * PAGE));
        assertFalse(allocman.untypeds().manager().isReserved(pool), "all or nothing");
    }

    @Test
    void otherManagersSayThatTheyCannot() throws Exception {
        for (UntypedDesign design : List.of(UntypedDesigns.SPLIT, UntypedDesigns.TWINKLE)) {
            Allocman allocman = rig(design).allocman;
            long root = allocman.untypeds().roots().physicalAddress(0);
            assertEquals(Refusal.CANNOT_RESERVE, allocman.untypeds().reserve(root, PAGE));
            assertEquals(Refusal.NOT_RESERVED, allocman.untypeds().unreserve(root, PAGE));
            assertFalse(allocman.untypeds().manager().isReserved(root));
        }
    }

    private static Set<Long> ownPages(Rig rig) {
        Set<Long> pages = new HashSet<>();
        rig.allocman.visitHandles(word -> {
            long handle = rig.machine.rootMemory().load64(word, 0);
            if (handle > 0) {
                pages.add(rig.allocman.untypeds().manager().physicalAddress(handle));
            }
        });
        return pages;
    }

    @Test
    void withoutPagingThePoolGrowsElsewhere() throws Exception {
        Rig rig = new Rig(Boards.byName("k64f"), Pools.DEFAULT);
        Set<Long> before = ownPages(rig);
        assertEquals(0, rig.allocman.addPage());
        Set<Long> grown = ownPages(rig);
        grown.removeAll(before);
        assertEquals(1, grown.size());
        long page = grown.iterator().next();
        rig.rewind();
        assertEquals(0, rig.allocman.untypeds().reserve(page, PAGE));
        assertEquals(0, rig.allocman.addPage());
        assertFalse(ownPages(rig).contains(page), "a page of the pool is in a reserved range");
    }

    @Test
    void aRangeIsFoundWhereThereIsOne() throws Exception {
        Rig rig = rig(UntypedDesigns.ARENA);
        Allocman allocman = rig.allocman;
        long first = allocman.untypeds().reserve(3 * PAGE);
        long second = allocman.untypeds().reserve(3 * PAGE);
        assertTrue(first >= 0 && second >= 0);
        assertEquals(0, first % (4 * PAGE));
        assertTrue(Math.abs(first - second) >= 3 * PAGE, "they do not overlap");
        assertTrue(allocman.untypeds().manager().isReserved(second + 3 * PAGE - 1));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.untypeds().reserve(0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.untypeds().reserve(-PAGE));
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(1L << 45));
        assertEquals(0, allocman.untypeds().unreserve(first, 3 * PAGE));
        assertEquals(0, allocman.untypeds().unreserve(second, 3 * PAGE));
        Allocman twinkle = rig(UntypedDesigns.TWINKLE).allocman;
        long live = twinkle.statistics().liveObjects();
        assertEquals(Refusal.CANNOT_RESERVE, twinkle.untypeds().reserve(PAGE));
        assertEquals(live, twinkle.statistics().liveObjects(), "nothing is lost");
    }

    /** The largest untyped of normal memory, by index. */
    private static int largest(Allocman allocman) {
        int largest = 0;
        int bits = 0;
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            boolean isMemory = allocman.untypeds().roots().kind(i) == MemoryKind.KERNEL;
            if (isMemory && allocman.untypeds().roots().sizeBits(i) > bits) {
                bits = allocman.untypeds().roots().sizeBits(i);
                largest = i;
            }
        }
        return largest;
    }

    private static Allocman manager(PlainMachine machine) {
        return Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
    }

    private static void isFoundInParts(Allocman allocman, long paddr, long bytes) {
        assertTrue(1L << allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) < bytes, "no block is so large");
        assertEquals(paddr, allocman.untypeds().reserve(bytes));
        assertTrue(allocman.untypeds().manager().isReserved(paddr)
                && allocman.untypeds().manager().isReserved(paddr + bytes - 1));
        assertEquals(0, allocman.untypeds().unreserve(paddr, bytes));
    }

    @Test
    void aRangeIsFoundInParts() {
        long base = 0x100_0000;
        Allocman allocman = manager(PlainMachine.of(Architecture.RISCV64, 12, 1 << 17)
                .untyped(base, 20, false)
                .build());
        long all = 1 << 20;
        // the free memory before the last page is 512, 256, 128 KiB and so on
        long handle = allocman.allocateAt(ObjectType.SMALL_PAGE, 0, base + all - PAGE, 0);
        isFoundInParts(allocman, base, all / 8 * 5);
        isFoundInParts(allocman, base, all / 2 + PAGE);
        isFoundInParts(allocman, base, all - PAGE);
        assertEquals(0, allocman.free(handle));
        allocman.trim();
        // and now it is equal blocks behind the first page
        handle = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
        assertEquals(base, allocman.untypeds().manager().physicalAddress(handle));
        isFoundInParts(allocman, base + all / 2, all / 2);
        isFoundInParts(allocman, base + all / 4, all / 8 * 3);
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(all));
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(1L << 62));
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(Long.MAX_VALUE - 15));
        assertEquals(0, allocman.free(handle));
        allocman.trim();
        assertTrue(allocman.untypeds().roots().isWhole(0));
    }

    /** It is not asked for by its address, and so is not a device's. */
    @Test
    void aRangeThatIsFoundIsNoDevices() {
        Allocman allocman = manager(PlainMachine.of(Architecture.RISCV64, 12, 1 << 17)
                .untyped(0x100_0000, 17, false)
                .untyped(0x102_0000, 17, true)
                .build());
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(0x3_0000));
        assertEquals(0x100_0000, allocman.untypeds().reserve(0x2_0000));
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.untypeds().reserve(0x2_0000));
        assertEquals(0, allocman.untypeds().unreserve(0x100_0000, 0x2_0000));
        assertEquals(0, allocman.untypeds().reserve(0x100_0000, 0x3_0000), "by its address it can be had");
    }

    /** Whatever the kernel refuses, once or for ever, while a range is looked for: afterwards all of memory is one again. */
    @Test
    void whateverIsRefusedNothingIsLost() throws Exception {
        Rig rig = rig(UntypedDesigns.ARENA);
        Allocman allocman = rig.allocman;
        int root = largest(allocman);
        long bytes = 1L << allocman.untypeds().roots().sizeBits(root);
        List<Long> places = new ArrayList<>();
        for (long paddr = 0; paddr >= 0; paddr = allocman.untypeds().reserve(bytes)) {
            places.add(paddr);
        }
        // all but one are somebody's
        long whole = places.remove(1);
        places.remove(0);
        int refusals = 0;
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                assertTrue(n < 100);
                rig.rewind();
                places.forEach(paddr -> assertEquals(0, allocman.untypeds().reserve(paddr, bytes)));
                // arenas that are kept for the next endpoint have to go first
                assertEquals(0, allocman.free(allocman.allocateAt(ObjectType.ENDPOINT, 0, whole, 0)));
                rig.kernel.failAt(n, forEver);
                long paddr = allocman.untypeds().reserve(bytes);
                failed = rig.kernel.hasFailed();
                refusals += failed ? 1 : 0;
                rig.kernel.heal();
                assertTrue(paddr >= 0 || failed, Refusal.text(paddr));
                assertEquals(List.of(), rig.brokenAnywhere());
                assertEquals(0, paddr < 0 ? 0 : allocman.untypeds().unreserve(paddr, bytes));
                places.forEach(at -> assertEquals(0, allocman.untypeds().unreserve(at, bytes)));
                allocman.trim();
                assertEquals(0, allocman.statistics().liveObjects());
                assertEquals(List.of(), rig.brokenAnywhere());
                assertTrue(rig.isWhole());
            }
        }
        assertTrue(refusals >= 2, refusals + " invocations were refused");
    }
}
