package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.Arrays;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Memory by pages: the physical memory itself, or a window on it through a translation. It is one final class for both,
 * because two loaded implementations of {@link Memory} cost the JIT's callers a third of their speed.
 */
public final class PagedMemory implements Memory {
    /*
     * A page is its 512 words and, behind them, its own physical address, which the journal needs whatever view stored.
     * A window caches only pages it may both read and write; the others take the slow way each time, which is where rights
     * are checked, and have no pin.
     */
    static final int WORDS = PAGE / Long.BYTES;
    static final int PHYSICAL_BASE = WORDS;

    private static final int RECENT = 512;
    private static final int FEW = 32;
    private static final long NO_NUMBER = -1;
    private static final long[] NO_PAGE = new long[0];

    /** What loads see of a page that was never written: loads make nothing. */
    static final long[] ZEROS = new long[WORDS + 1];

    private final Journal journal;
    private final Translation translation;

    // Derived from the backing, page by page; dropped by forget().
    private final PageDirectory directory = new PageDirectory();

    // Derived from the directory: the pages last used, and their numbers, each in the one place its number gives it.
    // Pins
    // are from here, and stale when they are here no more.
    private final long[] recentNumbers = new long[RECENT];
    private final long[][] recentPages = new long[RECENT][];

    // the places of the first few that were used, so that a view that is forgotten often, as in exploring, costs what
    // it used
    private final int[] recentlyUsed = new int[FEW];
    private int used;

    /** Where a view gets a page from that it does not have. */
    interface Translation {
        /**
         * Finds a page.
         *
         * @param address an address in the page, as the view takes it
         * @param store whether it is to be written
         * @param access what to call the access in a fault
         * @return the page
         */
        long[] page(long address, boolean store, String access);

        /**
         * Whether a page that was found may be kept for loads and stores alike.
         *
         * @param address an address in the page
         * @return false if it may be loaded from only, or translations may change unseen
         */
        boolean keep(long address);

        /**
         * Whether a page that is not at hand reads as zero.
         *
         * @return true for the physical memory
         */
        boolean isSparse();

        /**
         * The address under which a page is kept.
         *
         * @param address an address, as the view takes it
         * @return another one if the page is kept under that only
         */
        default long original(long address) {
            return address;
        }
    }

    PagedMemory(Journal journal, Translation translation) {
        this.journal = journal;
        this.translation = translation;
        Arrays.fill(recentNumbers, NO_NUMBER);
        Arrays.fill(recentPages, NO_PAGE);
    }

    @Override
    public long load64(long record, int offset) {
        long address = record + offset;
        if ((address & 7) != 0) {
            throw new MemoryFault(MemoryFault.Reason.MISALIGNED, "64-bit load", address);
        }
        assert inOnePage(record, offset);
        return page(record, offset, false, "64-bit load")[(int) (address >>> 3) & WORDS - 1];
    }

    @Override
    public void store64(long record, int offset, long value) {
        long address = record + offset;
        if ((address & 7) != 0) {
            throw new MemoryFault(MemoryFault.Reason.MISALIGNED, "64-bit store", address);
        }
        assert inOnePage(record, offset);
        put(page(record, offset, true, "64-bit store"), (int) (address >>> 3) & WORDS - 1, value);
    }

    @Override
    public int load32(long record, int offset) {
        long address = record + offset;
        if ((address & 3) != 0) {
            throw new MemoryFault(MemoryFault.Reason.MISALIGNED, "32-bit load", address);
        }
        assert inOnePage(record, offset);
        long word = page(record, offset, false, "32-bit load")[(int) (address >>> 3) & WORDS - 1];
        return (int) (word >>> ((int) address & 4) * Byte.SIZE);
    }

    @Override
    public void store32(long record, int offset, int value) {
        long address = record + offset;
        if ((address & 3) != 0) {
            throw new MemoryFault(MemoryFault.Reason.MISALIGNED, "32-bit store", address);
        }
        assert inOnePage(record, offset);
        long[] page = page(record, offset, true, "32-bit store");
        int index = (int) (address >>> 3) & WORDS - 1;
        int shift = ((int) address & 4) * Byte.SIZE;
        put(page, index, page[index] & ~(0xffff_ffffL << shift) | Integer.toUnsignedLong(value) << shift);
    }

    @Override
    public long @Nullable [] pin(long record) {
        long number = record >>> PAGE_BITS;
        int place = (int) number & RECENT - 1;
        return recentNumbers[place] == number && (record & 7) == 0 ? recentPages[place] : pinAnew(record, place);
    }

    /** The same for a page that was not used of late. What is not kept under this address has no pin. */
    private long @Nullable [] pinAnew(long record, int place) {
        if ((record & 7) != 0) {
            return null;
        }
        long[] page = present(record);
        if (page == null && !translation.isSparse() && translation.keep(record)) {
            miss(record, false, "64-bit load");
            page = present(record);
        }
        if (page != null) {
            remember(place, record >>> PAGE_BITS, page);
        }
        return page;
    }

    @Override
    public long load64(long @Nullable [] pin, long record, int offset) {
        if (pin == null) {
            return load64(record, offset);
        }
        assert isCurrent(pin, record) && inOnePage(record, offset) && (record + offset & 7) == 0 : record;
        return pin[(int) (record + offset >>> 3) & WORDS - 1];
    }

    @Override
    public void store64(long @Nullable [] pin, long record, int offset, long value) {
        if (pin == null) {
            store64(record, offset, value);
            return;
        }
        assert inOnePage(record, offset) && (record + offset & 7) == 0 : record;
        requireCurrent(pin, record);
        put(pin, (int) (record + offset >>> 3) & WORDS - 1, value);
    }

    @Override
    public int load32(long @Nullable [] pin, long record, int offset) {
        return pin == null
                ? load32(record, offset)
                : (int) (load64(pin, record, offset & -Long.BYTES) >>> (offset & 4) * Byte.SIZE);
    }

    @Override
    public void store32(long @Nullable [] pin, long record, int offset, int value) {
        if (pin == null) {
            store32(record, offset, value);
            return;
        }
        assert inOnePage(record, offset) && (record + offset & 3) == 0 : record;
        requireCurrent(pin, record);
        int index = (int) (record + offset >>> 3) & WORDS - 1;
        int shift = (offset & 4) * Byte.SIZE;
        put(pin, index, pin[index] & ~(0xffff_ffffL << shift) | Integer.toUnsignedLong(value) << shift);
    }

    private void requireCurrent(long[] pin, long record) {
        // a page that was pinned is among the recent ones, until it has to make room
        long number = record >>> PAGE_BITS;
        int place = (int) number & RECENT - 1;
        if ((recentPages[place] != pin || recentNumbers[place] != number) && !isCurrent(pin, record)) {
            throw new MemoryFault(MemoryFault.Reason.STALE_PIN, "64-bit store", record);
        }
    }

    private boolean isCurrent(long[] pin, long record) {
        return pin(record) == pin;
    }

    /** Drops what was derived: every page is looked up anew, and every pin is stale. */
    void forget() {
        forgetRecent();
        directory.clear();
    }

    private void forgetRecent() {
        if (used <= recentlyUsed.length) {
            for (int i = 0; i < used; i++) {
                recentNumbers[recentlyUsed[i]] = NO_NUMBER;
                recentPages[recentlyUsed[i]] = NO_PAGE;
            }
        } else {
            Arrays.fill(recentNumbers, NO_NUMBER);
            Arrays.fill(recentPages, NO_PAGE);
        }
        used = 0;
    }

    private void remember(int place, long number, long[] page) {
        recentNumbers[place] = number;
        recentPages[place] = page;
        if (used < recentlyUsed.length) {
            recentlyUsed[used] = place;
        }
        used = Math.min(used, recentlyUsed.length) + 1;
    }

    /** Drops what was derived of some addresses. */
    void forget(long address, long bytes) {
        if (bytes == PAGE && (address & PAGE - 1) == 0) {
            int place = (int) (address >>> PAGE_BITS) & RECENT - 1;
            recentNumbers[place] = NO_NUMBER;
            recentPages[place] = NO_PAGE;
        } else {
            forgetRecent();
        }
        directory.remove(address, bytes);
    }

    /** The page if this view has it at hand, without asking the backing. */
    long @Nullable [] present(long address) {
        return directory.find(address);
    }

    /** The page, from the backing if need be; what is loaded from only may be {@link #ZEROS}. */
    long[] page(long address, boolean store, String access) {
        return page(address, 0, store, access);
    }

    /** The address under which the page of an address is kept. */
    long original(long address) {
        return translation.original(address);
    }

    /** Visits every page that a look-up would find without asking the backing, by whichever way. */
    void forEachRemembered(PageDirectory.Visitor visitor) {
        forEachPage(visitor);
        for (int place = 0; place < RECENT; place++) {
            if (recentNumbers[place] != NO_NUMBER) {
                visitor.visit(recentNumbers[place] << PAGE_BITS, recentPages[place]);
            }
        }
    }

    /** Visits every page at hand, in address order. */
    void forEachPage(PageDirectory.Visitor visitor) {
        directory.forEach(visitor);
    }

    @Override
    public void clear(long address, long bytes) {
        long end = address + bytes;
        long at = address;
        while (at != end) {
            long next = Math.min(end, (at | PAGE - 1) + 1);
            long[] page = translation.isSparse() ? present(translation.original(at)) : page(at, 0, true, "clear");
            if (page != null) {
                clearWords(page, (int) (at >>> 3) & WORDS - 1, (int) (next - at >>> 3));
                at = next;
            } else {
                at = directory.absentUpTo(next, end);
            }
        }
    }

    /**
     * How many records of an array there are up to the last whose first word is not zero. In the physical memory what was
     * never written costs a look at each page.
     *
     * @param array the first record, a multiple of its size
     * @param recordBits size of a record in bits, 3 to 12
     * @param count how many records there are
     * @return 0 to count
     */
    public long countUpToLast(long array, int recordBits, long count) {
        long left = count;
        while (left > 0) {
            long last = array + (left - 1 << recordBits);
            long inPage = Math.min(left, ((last & PAGE - 1) >>> recordBits) + 1);
            long[] page =
                    translation.isSparse() ? present(translation.original(last)) : page(last, 0, false, "64-bit load");
            if (page != null) {
                int word = (int) (last >>> 3) & WORDS - 1;
                for (int i = 0; i < inPage; i++) {
                    if (page[word - (i << recordBits - 3)] != 0) {
                        return left - i;
                    }
                }
            }
            left -= inPage;
        }
        return 0;
    }

    private void clearWords(long[] page, int first, int count) {
        if (!journal.isOn()) {
            Arrays.fill(page, first, first + count, 0);
            return;
        }
        for (int i = first; i < first + count; i++) {
            if (page[i] != 0) {
                put(page, i, 0);
            }
        }
    }

    void put(long[] page, int index, long value) {
        if (journal.isOn()) {
            journal.record(page[PHYSICAL_BASE] + (long) index * Long.BYTES, page[index], value);
        }
        page[index] = value;
    }

    /** The record's page; a translation that is finer than a page is asked for the very word. */
    private long[] page(long record, int offset, boolean store, String access) {
        long number = record >>> PAGE_BITS;
        int place = (int) number & RECENT - 1;
        return recentNumbers[place] == number
                ? recentPages[place]
                : lookUp(number, place, record + offset, store, access);
    }

    private long[] lookUp(long number, int place, long address, boolean store, String access) {
        long[] page = present(address);
        if (page == null) {
            return miss(address, store, access);
        }
        remember(place, number, page);
        return page;
    }

    private long[] miss(long address, boolean store, String access) {
        long original = translation.original(address);
        if (original != address) {
            // kept under one address only, so that every page is visited once
            return page(original, 0, store, access);
        }
        long[] page = translation.page(address, store, access);
        if (page != ZEROS && translation.keep(address)) {
            directory.add(address, page);
        }
        return page;
    }

    private static boolean inOnePage(long record, int offset) {
        return ((record + offset ^ record) >>> PAGE_BITS) == 0;
    }
}
