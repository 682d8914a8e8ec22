package org.allocman.manager;

import java.util.function.LongConsumer;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** The paging structures of the virtual pool, in the order in which they were made: each before those that it refers to. */
final class PoolTables {
    /*
     * For each a handle, and the addresses that it serves: the first, a multiple of their number, with the binary logarithm
     * of their number in its low bits. The handles are one behind the other, and so are the places.
     */

    private static final HalfWord COUNT = new HalfWord("paging structures", 0);
    private static final long SPAN_BITS_MASK = 0xff;

    private final Memory memory;
    private final long state;
    private final PoolLayout layout;
    private final UntypedManager untypeds;
    private final VirtualPages pages;

    PoolTables(Memory memory, long state, PoolLayout layout, UntypedManager untypeds, VirtualPages pages) {
        this.memory = memory;
        this.state = state;
        this.layout = layout;
        this.untypeds = untypeds;
        this.pages = pages;
    }

    long count() {
        return COUNT.get(memory, state);
    }

    boolean isFull() {
        return count() == layout.tableHandleCount();
    }

    /**
     * Notes a paging structure that was mapped.
     *
     * @param handle its handle
     * @param page an address that it serves
     * @param spanBits how many addresses it serves
     */
    void add(long handle, @VirtAddr long page, @SizeBits int spanBits) {
        set(count(), handle, page & -(1L << spanBits) | spanBits);
        COUNT.add(memory, state, 1);
    }

    /** Frees the newest until so many are left. */
    void freeNewest(long left) {
        while (count() > left && free(count() - 1)) {
            // each turn frees one
        }
    }

    /** Frees those that serve no page any more, the newest first. */
    void freeUnused() {
        for (long i = count() - 1; i >= 0; i--) {
            if (!isUsed(i) && !free(i)) {
                return;
            }
        }
    }

    private boolean isUsed(long index) {
        long place = place(index);
        long first = place & ~SPAN_BITS_MASK;
        long page = pages.nextMapped(first);
        return page != 0 && page - first >>> (int) (place & SPAN_BITS_MASK) == 0;
    }

    private boolean free(long index) {
        if (untypeds.free(handle(index)) != 0) {
            return false;
        }
        long last = count() - 1;
        for (long i = index; i < last; i++) {
            set(i, handle(i + 1), place(i + 1));
        }
        set(last, 0, 0);
        COUNT.add(memory, state, -1);
        return true;
    }

    void visitHandles(LongConsumer words) {
        for (long i = 0; i < count(); i++) {
            words.accept(handleAt(i));
        }
    }

    private long handle(long index) {
        return memory.load64(handleAt(index), 0);
    }

    private long place(long index) {
        return memory.load64(placeAt(index), 0);
    }

    private void set(long index, long handle, long place) {
        memory.store64(handleAt(index), 0, handle);
        memory.store64(placeAt(index), 0, place);
    }

    private long handleAt(long index) {
        return layout.tableHandles() + index * Long.BYTES;
    }

    private long placeAt(long index) {
        return handleAt(layout.tableHandleCount() + index);
    }
}
