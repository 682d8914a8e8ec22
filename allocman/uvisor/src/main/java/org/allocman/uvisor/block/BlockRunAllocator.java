package org.allocman.uvisor.block;

import org.allocman.vka.layout.HierarchicalBitmap;

/** Hands out blocks that lie one behind the other, all or none, growing the pool if it must. Whether a box may have them is not asked. */
final class BlockRunAllocator {
    private final HierarchicalBitmap free;
    private final Extent extent;
    private final OwnedBlocks blocks;

    BlockRunAllocator(HierarchicalBitmap free, Extent extent, OwnedBlocks blocks) {
        this.free = free;
        this.extent = extent;
        this.blocks = blocks;
    }

    /** Returns the first of so many blocks, or {@link BlockPool#NONE} with nothing changed. */
    int take(int box, int count) {
        int first = extent.first();
        int end = extent.end();
        int run = BlockRuns.find(free, first, end, count);
        while (run != BlockPool.NONE) {
            int refused = give(run, count, box);
            if (refused == BlockPool.NONE) {
                return run;
            }
            run = BlockRuns.find(free, refused + 1, end, count);
        }
        run = grow(count);
        if (run != BlockPool.NONE && give(run, count, box) != BlockPool.NONE) {
            extent.restore(first, end);
            return BlockPool.NONE;
        }
        return run;
    }

    /** Takes certain blocks, which nobody has; false, with nothing changed, if one cannot be had. */
    boolean takeAt(int box, int run, int count) {
        if (run < extent.bottom() || run + count > extent.top()) {
            return false;
        }
        int first = extent.first();
        int end = extent.end();
        extent.include(run);
        extent.include(run + count - 1);
        if (give(run, count, box) == BlockPool.NONE) {
            return true;
        }
        extent.restore(first, end);
        return false;
    }

    /** Gives a run of free blocks; if the memory of one cannot be had, none is given, and that one is returned. */
    private int give(int run, int count, int box) {
        for (int block = run; block < run + count; block++) {
            if (!blocks.give(block, box)) {
                for (int given = run; given < block; given++) {
                    blocks.release(given, box);
                }
                return block;
            }
        }
        return BlockPool.NONE;
    }

    /** Grows the pool until so many blocks at one of its edges are free, and returns the first. */
    private int grow(int count) {
        int first = extent.first();
        int end = extent.end();
        int head = BlockRuns.length(free, first, end);
        int tail = BlockRuns.lengthDown(free, first, end);
        int upwards = tail + extent.above();
        int downwards = head + extent.below();
        if (upwards >= count && (downwards < count || upwards >= downwards)) {
            while (extent.end() - end < count - tail) {
                extent.expandAbove();
            }
            return extent.end() - count;
        }
        if (downwards >= count) {
            while (first - extent.first() < count - head) {
                extent.expandBelow();
            }
            return extent.first();
        }
        return BlockPool.NONE;
    }
}
