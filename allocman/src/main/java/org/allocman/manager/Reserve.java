package org.allocman.manager;

import java.util.List;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * What one growth of the pool can need at most, and users therefore have to leave.
 *
 * <p>A growth makes one frame and, at worst, every paging structure on the way to it. Each may need arenas from the
 * largest untyped down to its own size, that is one for each step of {@code childrenBits} bits. An arena that was just
 * made has at least two children, so of the up to four objects no more than two start a new line of arenas.
 *
 * @param arenas arena records
 * @param tables tables of sub-arenas
 * @param slotWords aligned runs of 64 slots
 */
public record Reserve(int arenas, int tables, int slotWords) {
    /** Nothing set apart, for pools that do not grow. */
    public static final Reserve NONE = new Reserve(0, 0, 0);

    private static final int LINES = 2;
    private static final int SLOTS_IN_WORD = 64;

    /**
     * Computes the reserve.
     *
     * @param architecture fixes the sizes of frames and tables
     * @param largestUntyped size bits of the largest untyped of normal memory
     * @param childrenBits binary logarithm of the most children an arena may have
     * @return what has to be left
     */
    public static Reserve of(Architecture architecture, @SizeBits int largestUntyped, int childrenBits) {
        int least = PoolGrowth.FRAME_BITS;
        for (ObjectType table : List.of(ObjectType.PAGE_TABLE, ObjectType.PAGE_DIRECTORY, ObjectType.PDPT)) {
            if (architecture.has(table)) {
                least = Math.min(least, architecture.sizeBits(table, 0));
            }
        }
        int levels = Math.max(0, (largestUntyped - least + childrenBits - 1) / childrenBits);
        int lines = architecture.hasPaging() ? LINES : 1;
        int runs = lines * (levels + 1);
        int slots = runs << childrenBits;
        return new Reserve(lines * levels, lines * levels, (slots + SLOTS_IN_WORD - 1) / SLOTS_IN_WORD);
    }
}
