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
class PageBookTest {
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

    private PageBook book(TableForm form, int nodes) {
        BookMemory memory = new BookMemory(nodes);
        PageBook book = new BookLayout(0, whitelist(), form).book(memory.words(), memory.nodes(), frames);
        book.initialise();
        return book;
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void whatIsTheManagersIsPassedOverUntilNothingElseIsLeft(TableForm form) {
        PageBook book = book(form, NODES);
        frames.managers.addAll(List.of(0L, 1L, 3L));
        assertEquals(2, book.allocate(5));
        assertEquals(List.of(Pid.KERNEL, Pid.KERNEL, 5, Pid.FREE), owners(book, 4));
        assertEquals(4, book.allocate(6, PageUse.TABLE));
        assertEquals(Pid.KERNEL, book.owner(3));
        assertEquals(PageUse.FRAME, frames.made.get(2L));
        assertEquals(PageUse.TABLE, frames.made.get(4L));
        assertEquals(RAM_PAGES - 5, book.freeRamPages());
        for (long page = 5; page < RAM_PAGES; page++) {
            assertEquals(page, book.allocate(5));
        }
        assertEquals(0, book.freeRamPages());
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.allocate(5));
        frames.managers.remove(1L);
        assertEquals(1, book.allocate(7));
        assertEquals(7, book.owner(1));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.allocate(7));
        frames.managers.clear();
        assertEquals(0, book.allocate(7, PageUse.SPACE));
        assertEquals(3, book.allocate(7));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.allocate(7));
        assertEquals(3 * 4096, book.ramBytes(7));
        // a page of the kernel's that somebody got is nobody's like any other when it is given back
        assertTrue(book.giveBack(1));
        assertEquals(1, book.allocate(8));
        assertEquals(4096, book.ramBytes(8));
    }

    private static List<Integer> owners(PageBook book, int pages) {
        return IntStream.range(0, pages).mapToObj(book::owner).toList();
    }

    @Test
    void whatIsRefusedIsTold() {
        PageBook book = book(TableForm.ARRAY, 0);
        frames.managers.add(0L);
        frames.tooMuch.add(1L);
        assertEquals(XousError.INTERNAL_ERROR.code(), book.allocate(5));
        assertEquals(XousError.INTERNAL_ERROR.code(), book.claim(RAM + 4096, 5));
        assertEquals(XousError.MEMORY_IN_USE.code(), book.claim(RAM, 5));
        assertEquals(XousError.BAD_ALIGNMENT.code(), book.claim(RAM + 1, 5));
        assertEquals(List.of(Pid.FREE, Pid.FREE), owners(book, 2));
        assertEquals(RAM_PAGES, book.freeRamPages());
    }

    /** A table without room: the manager's pages stay free, and are passed over again each time. */
    @Test
    void aTableWithoutRoomChangesNothing() {
        PageBook none = book(TableForm.PROGRAMMATIC, 0);
        assertEquals(XousError.OUT_OF_MEMORY.code(), none.allocate(5));
        assertFalse(none.setElsewhere(3));
        assertEquals(RAM_PAGES, none.freeRamPages());
        assertEquals(XousError.OUT_OF_MEMORY.code(), none.claim(RAM, 5));
        assertEquals(0, none.tableBytes());
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void whatIsNotLetGoOfIsTheKernelsForAWhile(TableForm form) {
        PageBook book = book(form, NODES);
        for (int page = 0; page < 4; page++) {
            assertEquals(page, book.allocate(5));
        }
        frames.stuck.addAll(List.of(1L, 2L));
        assertEquals(XousError.INTERNAL_ERROR.code(), book.release(RAM + 4096, 5));
        assertFalse(book.giveBack(1));
        assertEquals(5, book.owner(1), "nothing has changed");
        assertFalse(book.drop(1));
        assertEquals(Pid.KERNEL, book.owner(1));
        assertTrue(book.drop(0));
        assertEquals(4, book.allocate(5) + book.allocate(5), "pages 0 and 4");
        assertEquals(4, book.end(5, page -> page == 3));
        assertEquals(List.of(Pid.FREE, Pid.KERNEL, Pid.KERNEL, Pid.KERNEL, Pid.FREE), owners(book, 5));
        assertEquals(Set.of(1L, 2L), frames.left);
        assertFalse(book.finish());
        frames.stuck.remove(1L);
        assertFalse(book.finish(), "one of the two");
        assertEquals(List.of(Pid.FREE, Pid.FREE, Pid.KERNEL), owners(book, 3));
        frames.stuck.clear();
        assertTrue(book.finish());
        assertTrue(book.finish());
        assertEquals(List.of(Pid.FREE, Pid.FREE, Pid.FREE, Pid.KERNEL), owners(book, 4));
    }

    @Test
    void whoNeverRefusesLeavesNothing() {
        assertThrows(IllegalStateException.class, () -> PageFrames.NONE.leave(0));
        assertEquals(-1, PageFrames.NONE.nextLeft(0));
        BookMemory memory = new BookMemory(0);
        PageBook rules = new BookLayout(0, whitelist(), TableForm.ARRAY).rules(memory.words(), memory.nodes());
        assertEquals(0, rules.allocate(5));
        assertTrue(rules.drop(0));
        assertTrue(rules.finish());
    }

    @Test
    void runsAreTheLowestThatFit() {
        PageBook book = book(TableForm.ARRAY, 0);
        assertEquals(0, book.freeRun(RAM_PAGES));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.freeRun(RAM_PAGES + 1));
        assertEquals(100, book.claim(RAM + 100 * 4096, 5));
        assertEquals(0, book.freeRun(100));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.freeRun(101));
        assertEquals(0, book.claim(RAM, 5));
        assertEquals(1, book.freeRun(99));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.freeRun(100));
        assertEquals(50, book.claim(RAM + 50 * 4096, 5));
        assertEquals(1, book.freeRun(49));
        assertEquals(101, book.freeRun(50));
        assertEquals(101, book.freeRun(99));
        assertEquals(RAM_PAGES - 1, book.claim(RAM + (RAM_PAGES - 1) * 4096L, 5));
        assertEquals(101, book.freeRun(98));
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.freeRun(99));
        for (int page = 1; page < RAM_PAGES; page++) {
            book.claim(RAM + page * 4096L, 5);
        }
        assertEquals(XousError.OUT_OF_MEMORY.code(), book.freeRun(1));
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void theStateIsANumber(TableForm form) {
        PageBook book = book(form, NODES);
        assertEquals(hash(), book.hash());
        assertEquals(RAM_PAGES + 2, book.claim(0xf000_2000L, 9));
        assertEquals(0, book.ramBytes(9), "a device is no RAM");
        assertEquals(RAM_PAGES + 2, book.next(0, 9));
        assertEquals(RAM_PAGES + 2, book.next(RAM_PAGES + 2, 9));
        assertEquals(-1, book.next(RAM_PAGES + 3, 9));
        assertEquals(-1, book.next(0, 8));
        assertEquals(1, book.claim(RAM + 4096, 7));
        assertEquals(hash(1, 7, RAM_PAGES + 2, 9), book.hash());
        assertTrue(book.setElsewhere(RAM_PAGES));
        assertEquals(hash(1, 7, RAM_PAGES, Pid.KERNEL, RAM_PAGES + 2, 9), book.hash());
        assertEquals(2, book.whitelist().rangeCount());
        assertEquals(0, book.whitelist().firstPage(0));
        assertEquals(RAM_PAGES, book.whitelist().firstPage(1));
        assertEquals(1, book.whitelist().rangeOf(RAM_PAGES));
        assertEquals(0, book.whitelist().rangeOf(RAM_PAGES - 1));
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
