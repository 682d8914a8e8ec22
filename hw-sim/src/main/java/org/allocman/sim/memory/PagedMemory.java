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
     * The directory has two levels, so that a board of a tebibyte costs what is touched: 4096 pages to a chunk, and as
     * many chunks as the highest address touched asks for. A window caches only pages it may both read and write; the
     * others take the slow way each time, which is where rights are checked.
     */
    static final int WORDS = PAGE / Long.BYTES;
    static final int PHYSICAL_BASE = WORDS;

    private static final int CHUNK_BITS = 24;
    private static final int PAGES_IN_CHUNK = 1 << CHUNK_BITS - PAGE_BITS;
    private static final int MAX_CHUNKS = 1 << 24;

    private static final int RECENT = 512;
    private static final long NO_NUMBER = -1;

    /** What loads see of a page that was never written: loads make nothing. */
    static final long[] ZEROS = new long[WORDS + 1];

    private final Journal journal;
    private final Translation translation;

    // Derived from the backing, page by page; dropped by forget().
    private @Nullable PageChunk[] chunks = new PageChunk[0];

    // Derived from the directory: the pages last used, and their numbers, each in the one place its number gives it.
    private final long[] recentNumbers = new long[RECENT];
    private final long[][] recentPages = new long[RECENT][];

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

    /** The pages of one chunk; an own type, because a nullable array of nullable arrays reads badly. */
    private static final class PageChunk {
        private final long[] @Nullable [] pages = new long[PAGES_IN_CHUNK][];
    }

    PagedMemory(Journal journal, Translation translation) {
        this.journal = journal;
        this.translation = translation;
        Arrays.fill(recentNumbers, NO_NUMBER);
        Arrays.fill(recentPages, ZEROS);
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

    /** Drops what was derived: every page is looked up anew. */
    void forget() {
        forget(0, (long) chunks.length << CHUNK_BITS);
    }

    /** Drops what was derived of some addresses. */
    void forget(long address, long bytes) {
        if (bytes == PAGE && (address & PAGE - 1) == 0) {
            recentNumbers[(int) (address >>> PAGE_BITS) & RECENT - 1] = NO_NUMBER;
        } else {
            Arrays.fill(recentNumbers, NO_NUMBER);
        }
        long end = Math.min(address + bytes, (long) chunks.length << CHUNK_BITS);
        for (long at = address; at < end; at = (at >>> CHUNK_BITS) + 1 << CHUNK_BITS) {
            PageChunk chunk = chunks[(int) (at >>> CHUNK_BITS)];
            if (chunk != null) {
                long last = Math.min(end - 1, at | (1L << CHUNK_BITS) - 1);
                Arrays.fill(chunk.pages, inChunk(at), inChunk(last) + 1, null);
            }
        }
    }

    private static int inChunk(long address) {
        return (int) (address >>> PAGE_BITS) & PAGES_IN_CHUNK - 1;
    }

    /** The page if this view has it at hand, without asking the backing. */
    long @Nullable [] present(long address) {
        long chunk = address >>> CHUNK_BITS;
        if (chunk < chunks.length) {
            PageChunk pages = chunks[(int) chunk];
            if (pages != null) {
                return pages.pages[inChunk(address)];
            }
        }
        return null;
    }

    /** The page, from the backing if need be; what is loaded from only may be {@link #ZEROS}. */
    long[] page(long address, boolean store, String access) {
        return page(address, 0, store, access);
    }

    /** What is done to each page. */
    interface PageVisitor {
        void visit(long address, long[] page);
    }

    /** The address under which the page of an address is kept. */
    long original(long address) {
        return translation.original(address);
    }

    /** Visits every page that a look-up would find without asking the backing, by whichever way. */
    void forEachRemembered(PageVisitor visitor) {
        forEachPage(visitor);
        for (int place = 0; place < RECENT; place++) {
            if (recentNumbers[place] != NO_NUMBER) {
                visitor.visit(recentNumbers[place] << PAGE_BITS, recentPages[place]);
            }
        }
    }

    /** Visits every page at hand, in address order. */
    void forEachPage(PageVisitor visitor) {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            PageChunk pages = chunks[chunk];
            if (pages == null) {
                continue;
            }
            for (int i = 0; i < PAGES_IN_CHUNK; i++) {
                long[] page = pages.pages[i];
                if (page != null) {
                    visitor.visit(((long) chunk << CHUNK_BITS) + ((long) i << PAGE_BITS), page);
                }
            }
        }
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
                at = absentUpTo(next, end);
            }
        }
    }

    /** Where the next page can be that is at hand: {@code next}, or the end of a chunk that has none. */
    private long absentUpTo(long next, long end) {
        long chunk = next - 1 >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            return end;
        }
        return chunks[(int) chunk] != null ? next : Math.min(end, chunk + 1 << CHUNK_BITS);
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
        recentNumbers[place] = number;
        recentPages[place] = page;
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
            keep(address, page);
        }
        return page;
    }

    private void keep(long address, long[] page) {
        long index = address >>> CHUNK_BITS;
        if (index >= MAX_CHUNKS) {
            return;
        }
        if (index >= chunks.length) {
            @Nullable
            PageChunk[] grown = new PageChunk[Math.max((int) index + 1, Math.min(2 * chunks.length, MAX_CHUNKS))];
            System.arraycopy(chunks, 0, grown, 0, chunks.length);
            chunks = grown;
        }
        PageChunk chunk = chunks[(int) index];
        if (chunk == null) {
            chunk = new PageChunk();
            chunks[(int) index] = chunk;
        }
        chunk.pages[inChunk(address)] = page;
    }

    private static boolean inOnePage(long record, int offset) {
        return ((record + offset ^ record) >>> PAGE_BITS) == 0;
    }
}
