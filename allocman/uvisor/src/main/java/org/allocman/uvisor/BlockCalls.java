package org.allocman.uvisor;

import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.rules.PageError;

/** Whole blocks that a box takes and gives back. They go with the thread that ran when they were taken. */
final class BlockCalls {
    private final BlockPool pool;
    private final BlockGeometry geometry;
    private final Threads threads;

    BlockCalls(BlockPool pool, Threads threads) {
        this.pool = pool;
        this.geometry = pool.geometry();
        this.threads = threads;
    }

    /** Returns the address of the first of so many blocks as the bytes take, or the number of a {@link HeapRefusal}. */
    long take(int box, long bytes) {
        long blockBytes = geometry.blockBytes();
        if (bytes <= 0 || bytes > geometry.count() * blockBytes) {
            return HeapRefusal.TOO_LARGE.code();
        }
        int count = (int) ((bytes + blockBytes - 1) / blockBytes);
        int first = count == 1 ? pool.take(box) : pool.takeRun(box, count);
        if (first == BlockPool.NONE) {
            boolean mayHave = count <= pool.quota(box) - pool.owned(box) || count > pool.available();
            return (mayHave ? HeapRefusal.NO_BLOCKS : HeapRefusal.QUOTA_EXCEEDED).code();
        }
        for (int block = first; block < first + count; block++) {
            threads.setThreadOf(block, threads.active());
        }
        return geometry.addressOf(first);
    }

    /** Takes the blocks back that bytes lie in, all or none; no heap or stack of a thread may be in them. */
    PageError giveBack(int box, long address, long bytes) {
        int first = geometry.blockAt(address);
        int last = bytes <= 0 ? BlockPool.NONE : geometry.blockAt(address + bytes - 1);
        if (first == BlockPool.NONE || last == BlockPool.NONE) {
            return PageError.INVALID_PAGE_ORIGIN;
        }
        for (int block = first; block <= last; block++) {
            if (!pool.isInside(block) || pool.owner(block) != box || threads.isUsed(block)) {
                return PageError.INVALID_PAGE_OWNER;
            }
        }
        for (int block = first; block <= last; block++) {
            threads.setThreadOf(block, Threads.NONE);
            pool.giveBack(box, geometry.addressOf(block));
        }
        return PageError.OK;
    }
}
