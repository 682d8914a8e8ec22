package org.allocman.manager;

import org.allocman.mspace.Mspace;
import org.allocman.mspace.SlabMspace;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.Refusal;

/**
 * Memory of a manager's pools, for book-keeping of clients. Obtained from {@link Allocman#memory}; success returns a positive
 * number or 0, failure a negative {@link Refusal}.
 */
public final class ManagedMemory {
    private final SlabMspace mspace;
    private final ReserveList reserves;
    private final PoolGrowth growth;

    ManagedMemory(SlabMspace mspace, ReserveList reserves, PoolGrowth growth) {
        this.mspace = mspace;
        this.reserves = reserves;
        this.growth = growth;
    }

    /**
     * Allocates a piece of memory, all zero.
     *
     * @param bytes its size, 1 to {@link Mspace#MOST}
     * @return its address; or {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#OUT_OF_BOOK_KEEPING},
     *     {@link Refusal#NO_BLOCK_FOR_PAGE}, {@link Refusal#OUT_OF_SLOTS}, the kernel's refusal
     */
    public @VirtAddr long allocate(@Bytes int bytes) {
        if (bytes < 1 || bytes > Mspace.MOST) {
            return Refusal.ILLEGAL_SIZE;
        }
        long address = mspace.allocate(bytes);
        if (address == 0) {
            address = growth.retry(Refusal.OUT_OF_BOOK_KEEPING, () -> orOutOfMemory(mspace.allocate(bytes)));
        }
        growth.fill();
        return address;
    }

    private static long orOutOfMemory(long address) {
        return address == 0 ? Refusal.OUT_OF_BOOK_KEEPING : address;
    }

    /**
     * Frees a piece of memory. It is cleared.
     *
     * @param address the address that {@link #allocate} returned
     * @param bytes the size that was asked for
     * @return 0, or {@link Refusal#STALE_HANDLE}
     */
    public long free(@VirtAddr long address, @Bytes int bytes) {
        if (reserves.holds(address) || !mspace.free(address, bytes)) {
            return Refusal.STALE_HANDLE;
        }
        growth.reclaim();
        return 0;
    }

    boolean holds(long address, int bytes) {
        return mspace.holds(address, bytes);
    }
}
