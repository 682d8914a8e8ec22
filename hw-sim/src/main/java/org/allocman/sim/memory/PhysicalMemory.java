package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.MemoryFault;

/**
 * The physical memory of a board: sparse, all zero at first, and the only place where the state of kernel and allocator
 * is kept. What was never written costs nothing.
 *
 * <p>{@link #words()} is the memory by physical address; {@link #window} is the memory as a task sees it.
 */
public final class PhysicalMemory {
    /** No physical address reaches this, 2^48. */
    public static final @PhysAddr long LIMIT = 1L << 48;

    private final Journal journal = new Journal();
    private final Extent[] extents;
    private final PagedMemory words;
    private final Windows windows;

    /**
     * A stretch of physical addresses that something answers at.
     *
     * @param start first byte
     * @param last last byte, inclusive
     */
    public record Extent(@PhysAddr long start, @PhysAddr long last) {}

    /**
     * Physical addresses at which other memory answers a second time.
     *
     * @param start first byte
     * @param last last byte, inclusive
     * @param original the address that answers at {@code start}; it differs from that by whole pages of 4 KiB
     */
    public record Alias(
            @PhysAddr long start,
            @PhysAddr long last,
            @PhysAddr long original) {
        /**
         * Checks that pages answer as whole pages.
         *
         * @param start first byte
         * @param last last byte, inclusive
         * @param original the address that answers at {@code start}; it differs from that by whole pages of 4 KiB
         */
        public Alias {
            if ((start - original & PAGE - 1) != 0) {
                throw new IllegalArgumentException("an alias is a whole number of pages away from its original");
            }
        }
    }

    /**
     * Makes a memory that is all zero.
     *
     * @param extents where the board has memory or devices; in any order, possibly overlapping, below {@link #LIMIT}
     * @throws IllegalArgumentException if an extent is empty or reaches beyond the limit
     */
    public PhysicalMemory(List<Extent> extents) {
        this(extents, List.of());
    }

    /**
     * Makes a memory that is all zero.
     *
     * @param extents where the board has memory or devices; in any order, possibly overlapping, below {@link #LIMIT}
     * @param aliases where some of it answers again; none leads to another
     * @throws IllegalArgumentException if an extent is empty or reaches beyond the limit
     */
    public PhysicalMemory(List<Extent> extents, List<Alias> aliases) {
        Extent[] here = extents.toArray(new Extent[0]);
        this.extents = here;
        Alias[] again = aliases.toArray(new Alias[0]);
        for (Extent extent : here) {
            if (extent.start < 0 || extent.last < extent.start || extent.last >= LIMIT) {
                throw new IllegalArgumentException("no memory can be at " + extent);
            }
        }
        this.words = new PagedMemory(journal, new PagedMemory.Translation() {
            @Override
            public long[] page(long address, boolean store, String access) {
                return physicalPage(here, address, store, access);
            }

            @Override
            public boolean keep(long address) {
                return true;
            }

            @Override
            public long original(long address) {
                return PhysicalMemory.original(again, address);
            }

            @Override
            public boolean isSparse() {
                return true;
            }
        });
        this.windows = new Windows(journal, words);
    }

    /**
     * The memory by physical address.
     *
     * @return the one view of that kind
     */
    public PagedMemory words() {
        return words;
    }

    /**
     * A view through a translation. It keeps the translations it has used until {@link #forgetTranslations}.
     *
     * @param walk the translation
     * @return the view
     */
    public PagedMemory window(Walk walk) {
        return windows.open(walk);
    }

    /**
     * Visits every translation that some window remembers: for checks that none is stale. A page that is remembered in two
     * ways is heard of twice.
     *
     * @param visitor hears of each; it must not store, load through a window, or forget
     */
    public void forEachTranslation(Walk.Visitor visitor) {
        windows.forEachRemembered(visitor);
    }

    /** Drops every window's translations, as a TLB shoot-down does; a kernel calls it when many mappings may go. */
    public void forgetTranslations() {
        windows.forget();
    }

    /**
     * Drops every window's translations of some addresses; a kernel calls it when a mapping goes.
     *
     * @param vaddr first address
     * @param bytes how many
     */
    public void forgetTranslations(@VirtAddr long vaddr, @Bytes long bytes) {
        windows.forget(vaddr, bytes);
    }

    /**
     * Sets physical memory to zero; what was never written is passed over.
     *
     * @param start first byte, a multiple of 8
     * @param bytes how many, a multiple of 8
     */
    public void clear(@PhysAddr long start, @Bytes long bytes) {
        words.clear(start, bytes);
    }

    /**
     * Starts to journal every store and to keep the fingerprint. Restarts if it had started before.
     *
     * @return the checkpoint to rewind to for the memory as it is now
     */
    public int startJournal() {
        journal.start(scan());
        return 0;
    }

    /** Ends journalling; checkpoints lose their meaning. */
    public void stopJournal() {
        journal.stop();
    }

    /**
     * Marks the present moment.
     *
     * @return the checkpoint to {@link #rewind} to
     * @throws IllegalStateException if the journal has not been started
     */
    public int checkpoint() {
        requireJournal();
        return journal.mark();
    }

    /**
     * Undoes every store since a checkpoint.
     *
     * @param checkpoint what {@link #checkpoint} or {@link #startJournal} answered, not later than now
     * @throws IllegalStateException if the journal has not been started
     * @throws IllegalArgumentException if the checkpoint lies in the future
     */
    public void rewind(int checkpoint) {
        requirePast(checkpoint);
        if (journal.isMarked(checkpoint)) {
            for (int position = journal.position(); position > checkpoint; position -= 2) {
                long address = journal.addressBelow(position);
                words.page(address, true, "rewind")[wordIndex(address)] = journal.oldWordBelow(position);
            }
            journal.returnToMark();
        }
        while (journal.position() > checkpoint) {
            long address = journal.addressBelow(journal.position());
            long old = journal.oldWordBelow(journal.position());
            long[] page = words.page(address, true, "rewind");
            int index = wordIndex(address);
            journal.pop(page[index]);
            page[index] = old;
        }
        forgetTranslations();
    }

    private static int wordIndex(long address) {
        return (int) (address >>> 3) & PagedMemory.WORDS - 1;
    }

    /** What is done with each store. */
    @FunctionalInterface
    public interface StoreVisitor {
        /**
         * Called with a store.
         *
         * @param address physical address of the word, a multiple of 8
         * @param old what the word was before
         */
        void visit(@PhysAddr long address, long old);
    }

    /**
     * Visits every store since a checkpoint that changed a word, the oldest first.
     *
     * @param checkpoint what {@link #checkpoint} or {@link #startJournal} answered, not later than now
     * @param visitor what to do with it; it must not store
     * @throws IllegalStateException if the journal has not been started
     * @throws IllegalArgumentException if the checkpoint lies in the future
     */
    public void forEachStore(int checkpoint, StoreVisitor visitor) {
        requirePast(checkpoint);
        for (int position = checkpoint + 2; position <= journal.position(); position += 2) {
            visitor.visit(journal.addressBelow(position), journal.oldWordBelow(position));
        }
    }

    private void requirePast(int checkpoint) {
        requireJournal();
        if (checkpoint < 0 || checkpoint > journal.position()) {
            throw new IllegalArgumentException(
                    "no checkpoint " + checkpoint + " on a journal of " + journal.position());
        }
    }

    /**
     * The fingerprint of the memory's content. While the journal is on it is at hand; otherwise every page is read.
     *
     * @return 128 bits
     */
    public Fingerprint fingerprint() {
        return journal.isOn() ? journal.fingerprint() : scan();
    }

    /** What is done with each word. */
    @FunctionalInterface
    public interface WordVisitor {
        /**
         * Called with a word.
         *
         * @param address its physical address, a multiple of 8
         * @param value its value, not zero
         */
        void visit(@PhysAddr long address, long value);
    }

    /**
     * Visits every word that is not zero, in address order. Pages that were never touched cost nothing.
     *
     * @param visitor what to do with it; it must not store
     */
    public void forEachWord(WordVisitor visitor) {
        words.forEachPage((address, page) -> {
            for (int i = 0; i < PagedMemory.WORDS; i++) {
                if (page[i] != 0) {
                    visitor.visit(address + (long) i * Long.BYTES, page[i]);
                }
            }
        });
    }

    /**
     * How many pages of 4 KiB have been touched.
     *
     * @return the number of pages that cost host memory
     */
    public int touchedPages() {
        int[] count = {0};
        words.forEachPage((address, page) -> count[0]++);
        return count[0];
    }

    /** Whether the board has something in a page. */
    boolean answers(long address) {
        return isCovered(extents, address & -PAGE);
    }

    /** Sets everything to zero. */
    void clearAll() {
        words.forEachPage((address, page) -> words.clear(address, PAGE));
    }

    PagedMemory pages() {
        return words;
    }

    private Fingerprint scan() {
        long[] halves = new long[2];
        words.forEachPage((address, page) -> {
            for (int i = 0; i < PagedMemory.WORDS; i++) {
                if (page[i] != 0) {
                    long at = address + (long) i * Long.BYTES;
                    halves[0] ^= Fingerprint.mixHigh(at, page[i]);
                    halves[1] ^= Fingerprint.mixLow(at, page[i]);
                }
            }
        });
        return new Fingerprint(halves[0], halves[1]);
    }

    private void requireJournal() {
        if (!journal.isOn()) {
            throw new IllegalStateException("the journal has not been started");
        }
    }

    private static long original(Alias[] aliases, long address) {
        for (Alias alias : aliases) {
            if (alias.start <= address && address <= alias.last) {
                return address - alias.start + alias.original;
            }
        }
        return address;
    }

    private static long[] physicalPage(Extent[] extents, long address, boolean store, String access) {
        long base = address & -PAGE;
        if (!isCovered(extents, base)) {
            throw new MemoryFault(MemoryFault.Reason.NOTHING_THERE, access, address);
        }
        if (!store) {
            return PagedMemory.ZEROS;
        }
        long[] page = new long[PagedMemory.WORDS + 1];
        page[PagedMemory.PHYSICAL_BASE] = base;
        return page;
    }

    private static boolean isCovered(Extent[] extents, long base) {
        long last = base + PAGE - 1;
        for (Extent extent : extents) {
            if (Long.compareUnsigned(base, extent.last) <= 0 && Long.compareUnsigned(extent.start, last) <= 0) {
                return true;
            }
        }
        return false;
    }
}
