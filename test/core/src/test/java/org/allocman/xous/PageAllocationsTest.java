package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of pages that the manager beneath has itself, or does not let go of. */
class PageAllocationsTest {
    private static final long RAM = 0x4000_0000L;
    private static final int RAM_PAGES = 200;
    private static final int PAGES = RAM_PAGES + 3;
    private static final int NODES = 200;

    /** A manager that has some pages itself, is short of slots for others, and does not take some back. */
    private static final class Frames implements PageFrames {
        private final Set<Long> managers = new TreeSet<>();
        private final Set<Long> tooMuch = new TreeSet<>();
        private final Set<Long> stuck = new TreeSet<>();
        private final TreeSet<Long> left = new TreeSet<>();
        private final TreeMap<Long, PageUse> made = new TreeMap<>();

        @Override
        public long obtain(long page, long address, PageUse use) {
            if (managers.contains(page)) {
                return XousError.MEMORY_IN_USE.code();
            }
            if (tooMuch.contains(page)) {
                return XousError.INTERNAL_ERROR.code();
            }
            assertEquals(page < RAM_PAGES ? RAM + page * 4096 : 0xf000_0000L + (page - RAM_PAGES) * 4096, address);
            made.put(page, use);
            return 0;
        }

        @Override
        public boolean giveBack(long page) {
            if (stuck.contains(page)) {
                return false;
            }
            left.remove(page);
            made.remove(page);
            return true;
        }

        @Override
        public void leave(long page) {
            left.add(page);
        }

        @Override
        public long nextLeft(long from) {
            Long next = left.ceiling(from);
            return next == null ? -1 : next;
        }

        @Override
        public boolean isMapped(long page) {
            return false;
        }
    }

    private final Frames frames = new Frames();

    private static Whitelist whitelist() {
        try {
            return Whitelist.of(
                    List.of(
                            new NamedRange("RAM ", RAM, RAM_PAGES * 4096L),
                            new NamedRange("CSRs", 0xf000_0000L, 3 * 4096)),
                    List.of(),
                    KernelArguments.END);
        } catch (ArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private PageAllocations allocations(TableForm form, int nodes) {
        TablesMemory memory = new TablesMemory(nodes);
        PageAllocations allocations =
                new TablesLayout(0, whitelist(), form).allocations(memory.words(), memory.nodes(), frames);
        allocations.initialise();
        return allocations;
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void whatIsTheManagersIsPassedOverUntilNothingElseIsLeft(TableForm form) {
        PageAllocations allocations = allocations(form, NODES);
        frames.managers.addAll(List.of(0L, 1L, 3L));
        assertEquals(2, allocations.allocate(5));
        assertEquals(List.of(Pid.KERNEL, Pid.KERNEL, 5, Pid.FREE), owners(allocations, 4));
        assertEquals(4, allocations.allocate(6, PageUse.TABLE));
        assertEquals(Pid.KERNEL, allocations.owner(3));
        assertEquals(PageUse.FRAME, frames.made.get(2L));
        assertEquals(PageUse.TABLE, frames.made.get(4L));
        assertEquals(RAM_PAGES - 5, allocations.freeRamPages());
        for (long page = 5; page < RAM_PAGES; page++) {
            assertEquals(page, allocations.allocate(5));
        }
        assertEquals(0, allocations.freeRamPages());
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.allocate(5));
        frames.managers.remove(1L);
        assertEquals(1, allocations.allocate(7));
        assertEquals(7, allocations.owner(1));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.allocate(7));
        frames.managers.clear();
        assertEquals(0, allocations.allocate(7, PageUse.SPACE));
        assertEquals(3, allocations.allocate(7));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.allocate(7));
        assertEquals(3 * 4096, allocations.ramBytes(7));
        // a page of the kernel's that somebody got is nobody's like any other when it is given back
        assertTrue(allocations.giveBack(1));
        assertEquals(1, allocations.allocate(8));
        assertEquals(4096, allocations.ramBytes(8));
    }

    private static List<Integer> owners(PageAllocations allocations, int pages) {
        return IntStream.range(0, pages).mapToObj(allocations::owner).toList();
    }

    @Test
    void whatIsRefusedIsTold() {
        PageAllocations allocations = allocations(TableForm.ARRAY, 0);
        frames.managers.add(0L);
        frames.tooMuch.add(1L);
        assertEquals(XousError.INTERNAL_ERROR.code(), allocations.allocate(5));
        assertEquals(XousError.INTERNAL_ERROR.code(), allocations.claim(RAM + 4096, 5));
        assertEquals(XousError.MEMORY_IN_USE.code(), allocations.claim(RAM, 5));
        assertEquals(XousError.BAD_ALIGNMENT.code(), allocations.claim(RAM + 1, 5));
        assertEquals(List.of(Pid.FREE, Pid.FREE), owners(allocations, 2));
        assertEquals(RAM_PAGES, allocations.freeRamPages());
    }

    /** A table without room: the manager's pages stay free, and are passed over again each time. */
    @Test
    void aTableWithoutRoomChangesNothing() {
        PageAllocations none = allocations(TableForm.PROGRAMMATIC, 0);
        assertEquals(XousError.OUT_OF_MEMORY.code(), none.allocate(5));
        assertFalse(none.setUnavailable(3));
        assertEquals(RAM_PAGES, none.freeRamPages());
        assertEquals(XousError.OUT_OF_MEMORY.code(), none.claim(RAM, 5));
        assertEquals(0, none.tableBytes());
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void whatIsNotLetGoOfIsTheKernelsForAWhile(TableForm form) {
        PageAllocations allocations = allocations(form, NODES);
        for (int page = 0; page < 4; page++) {
            assertEquals(page, allocations.allocate(5));
        }
        frames.stuck.addAll(List.of(1L, 2L));
        assertEquals(XousError.INTERNAL_ERROR.code(), allocations.release(RAM + 4096, 5));
        assertFalse(allocations.giveBack(1));
        assertEquals(5, allocations.owner(1), "nothing has changed");
        assertFalse(allocations.drop(1));
        assertEquals(Pid.KERNEL, allocations.owner(1));
        assertTrue(allocations.drop(0));
        assertEquals(4, allocations.allocate(5) + allocations.allocate(5), "pages 0 and 4");
        assertEquals(4, allocations.end(5, page -> page == 3));
        assertEquals(List.of(Pid.FREE, Pid.KERNEL, Pid.KERNEL, Pid.KERNEL, Pid.FREE), owners(allocations, 5));
        assertEquals(Set.of(1L, 2L), frames.left);
        assertFalse(allocations.finish());
        frames.stuck.remove(1L);
        assertFalse(allocations.finish(), "one of the two");
        assertEquals(List.of(Pid.FREE, Pid.FREE, Pid.KERNEL), owners(allocations, 3));
        frames.stuck.clear();
        assertTrue(allocations.finish());
        assertTrue(allocations.finish());
        assertEquals(List.of(Pid.FREE, Pid.FREE, Pid.FREE, Pid.KERNEL), owners(allocations, 4));
    }

    @Test
    void whoNeverRefusesLeavesNothing() {
        assertThrows(IllegalStateException.class, () -> PageFrames.NONE.leave(0));
        assertEquals(-1, PageFrames.NONE.nextLeft(0));
        TablesMemory memory = new TablesMemory(0);
        PageAllocations rules = new TablesLayout(0, whitelist(), TableForm.ARRAY).rules(memory.words(), memory.nodes());
        assertEquals(0, rules.allocate(5));
        assertTrue(rules.drop(0));
        assertTrue(rules.finish());
    }

    @Test
    void runsAreTheLowestThatFit() {
        PageAllocations allocations = allocations(TableForm.ARRAY, 0);
        assertEquals(0, allocations.freeRun(RAM_PAGES));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.freeRun(RAM_PAGES + 1));
        assertEquals(100, allocations.claim(RAM + 100 * 4096, 5));
        assertEquals(0, allocations.freeRun(100));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.freeRun(101));
        assertEquals(0, allocations.claim(RAM, 5));
        assertEquals(1, allocations.freeRun(99));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.freeRun(100));
        assertEquals(50, allocations.claim(RAM + 50 * 4096, 5));
        assertEquals(1, allocations.freeRun(49));
        assertEquals(101, allocations.freeRun(50));
        assertEquals(101, allocations.freeRun(99));
        assertEquals(RAM_PAGES - 1, allocations.claim(RAM + (RAM_PAGES - 1) * 4096L, 5));
        assertEquals(101, allocations.freeRun(98));
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.freeRun(99));
        for (int page = 1; page < RAM_PAGES; page++) {
            allocations.claim(RAM + page * 4096L, 5);
        }
        assertEquals(XousError.OUT_OF_MEMORY.code(), allocations.freeRun(1));
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void theStateIsANumber(TableForm form) {
        PageAllocations allocations = allocations(form, NODES);
        assertEquals(hash(), allocations.hash());
        assertEquals(RAM_PAGES + 2, allocations.claim(0xf000_2000L, 9));
        assertEquals(0, allocations.ramBytes(9), "a device is no RAM");
        assertEquals(RAM_PAGES + 2, allocations.next(0, 9));
        assertEquals(RAM_PAGES + 2, allocations.next(RAM_PAGES + 2, 9));
        assertEquals(-1, allocations.next(RAM_PAGES + 3, 9));
        assertEquals(-1, allocations.next(0, 8));
        assertEquals(1, allocations.claim(RAM + 4096, 7));
        assertEquals(hash(1, 7, RAM_PAGES + 2, 9), allocations.hash());
        assertTrue(allocations.setUnavailable(RAM_PAGES));
        assertEquals(hash(1, 7, RAM_PAGES, Pid.KERNEL, RAM_PAGES + 2, 9), allocations.hash());
        assertEquals(2, allocations.whitelist().rangeCount());
        assertEquals(0, allocations.whitelist().firstPage(0));
        assertEquals(RAM_PAGES, allocations.whitelist().firstPage(1));
        assertEquals(1, allocations.whitelist().rangeOf(RAM_PAGES));
        assertEquals(0, allocations.whitelist().rangeOf(RAM_PAGES - 1));
    }

    /** FNV-1a over the owners, of which all but those named are 0. */
    private static long hash(int... pagesAndOwners) {
        int[] owners = new int[PAGES];
        for (int i = 0; i < pagesAndOwners.length; i += 2) {
            owners[pagesAndOwners[i]] = pagesAndOwners[i + 1];
        }
        long hash = 0xcbf29ce484222325L;
        for (int owner : owners) {
            hash ^= owner;
            hash *= 0x100000001b3L;
        }
        return hash;
    }
}
