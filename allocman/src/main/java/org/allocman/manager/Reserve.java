package org.allocman.manager;

import java.util.List;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * What one growth of the pool can need at most, and users therefore have to leave.
 *
 * <p>A growth makes one frame and, at worst, every paging structure on the way to it. With arenas each may need arenas from
 * the largest untyped down to its own size, that is one for each step of {@code childrenBits} bits; an arena that was just
 * made has at least two children, so of the up to four objects no more than two start a new line of arenas. The split
 * manager halves from the largest untyped down to the smallest of the objects once: that leaves a free block of every
 * size between, so none of the others needs more than one halving, or one for each bit by which it is smaller.
 *
 * @param arenas arena records
 * @param tables tables of sub-arenas
 * @param pairs records of two halves
 * @param slotWords aligned runs of 64 slots
 */
public record Reserve(int arenas, int tables, int pairs, int slotWords) {
    /** Nothing set apart, for pools that do not grow. */
    public static final Reserve NONE = new Reserve(0, 0, 0, 0);

    private static final int LINES = 2;
    private static final int OBJECTS = 4;
    private static final int SLOTS_IN_WORD = 64;

    /**
     * Computes the reserve.
     *
     * @param manager which untyped manager
     * @param architecture fixes the sizes of frames and tables
     * @param largestUntyped size bits of the largest untyped of normal memory
     * @param childrenBits binary logarithm of the most children an arena may have
     * @return what has to be left
     */
    public static Reserve of(
            ManagerKind manager, Architecture architecture, @SizeBits int largestUntyped, int childrenBits) {
        int least = PoolGrowth.FRAME_BITS;
        for (ObjectType table : List.of(ObjectType.PAGE_TABLE, ObjectType.PAGE_DIRECTORY, ObjectType.PDPT)) {
            if (architecture.has(table)) {
                least = Math.min(least, architecture.sizeBits(table, 0));
            }
        }
        int steps = Math.max(0, largestUntyped - least);
        return switch (manager) {
            case ARENA -> ofArenas(architecture, (steps + childrenBits - 1) / childrenBits, childrenBits);
            case SPLIT -> ofHalves(steps, PoolGrowth.FRAME_BITS - least);
            case TWINKLE -> NONE;
        };
    }

    private static Reserve ofArenas(Architecture architecture, int levels, int childrenBits) {
        int lines = architecture.hasPaging() ? LINES : 1;
        int runs = lines * (levels + 1);
        return new Reserve(lines * levels, lines * levels, 0, words(runs << childrenBits));
    }

    private static Reserve ofHalves(int steps, int smaller) {
        int pairs = steps + OBJECTS * (1 + smaller);
        return new Reserve(0, 0, pairs, words(2 * pairs + OBJECTS));
    }

    private static int words(int slots) {
        return (slots + SLOTS_IN_WORD - 1) / SLOTS_IN_WORD;
    }
}
