package org.allocman.uvisor.block;

import org.allocman.vka.layout.HierarchicalBitmap;

/** Runs of free blocks: sixty-four blocks at a time, and what is not free is jumped over. */
final class BlockRuns {
    private static final int WORD = 64;
    private static final int WORD_BITS = 6;

    private BlockRuns() {}

    /** The first of so many free blocks in a row within the pool, or {@link BlockPool#NONE}. */
    static int find(HierarchicalBitmap free, int first, int end, int count) {
        long at = free.leastFrom(first);
        while (at >= 0 && at + count <= end) {
            long length = length(free, (int) at, (int) Math.min(end, at + count));
            if (length >= count) {
                return (int) at;
            }
            at = free.leastFrom(at + length);
        }
        return BlockPool.NONE;
    }

    /** How many blocks from one on are free. */
    static int length(HierarchicalBitmap free, int from, int end) {
        long at = from;
        while (at < end) {
            long ones = Long.numberOfTrailingZeros(~(free.word(at >>> WORD_BITS) >>> at));
            at += ones;
            if (ones == 0 || at % WORD != 0) {
                break;
            }
        }
        return (int) Math.min(at, end) - from;
    }

    /** How many blocks before the end are free. */
    static int lengthDown(HierarchicalBitmap free, int first, int end) {
        long at = end;
        while (at > first) {
            long last = at - 1;
            long ones = Long.numberOfLeadingZeros(~(free.word(last >>> WORD_BITS) << WORD - 1 - last % WORD));
            at -= ones;
            if (ones == 0 || at % WORD != 0) {
                break;
            }
        }
        return end - (int) Math.max(at, first);
    }
}
