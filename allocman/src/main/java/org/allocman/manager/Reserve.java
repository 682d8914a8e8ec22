package org.allocman.manager;

import java.util.List;
import org.allocman.cspace.TwoLevelCSpace;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * What one growth of the pool, or of the CSpace, can need at most, and users therefore have to leave.
 *
 * <p>A growth makes one frame and, at worst, every paging structure on the way to it. With arenas each may need arenas from
 * the largest untyped down to its own size, that is one for each step of {@code childrenBits} bits; an arena that was just
 * made has at least two children, so of the up to four objects no more than two start a new line of arenas. The split
 * manager halves from the largest untyped down to the smallest of the objects once: that leaves a free block of every
 * size between, so none of the others needs more than one halving, or one for each bit by which it is smaller.
 *
 * <p>A growth of a two-level CSpace makes one CNode and its books. The CNode needs one such line of arenas, or one halving
 * for each bit.
 *
 * @param arenas arena records
 * @param tables tables of sub-arenas
 * @param pairs records of two halves
 * @param slotBooks books of slots
 * @param slotWords aligned runs of 64 slots
 */
public record Reserve(int arenas, int tables, int pairs, int slotBooks, int slotWords) {
    /** Nothing set apart, for pools that do not grow. */
    public static final Reserve NONE = new Reserve(0, 0, 0, 0, 0);

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

    static Reserve ofPage(PoolLayout layout, Architecture architecture, int largestUntyped) {
        return layout.windowPages() == 0
                ? NONE
                : of(layout.manager(), architecture, largestUntyped, layout.childrenBits());
    }

    static Reserve ofSecondLevel(PoolLayout layout, Architecture architecture, int largestUntyped) {
        return ofSecondLevel(
                layout.manager(),
                architecture,
                largestUntyped,
                layout.childrenBits(),
                layout.cspace().secondBits());
    }

    /**
     * Computes what one more CNode of the second level can need.
     *
     * @param manager which untyped manager
     * @param architecture fixes the size of a slot
     * @param largestUntyped size bits of the largest untyped of normal memory
     * @param childrenBits binary logarithm of the most children an arena may have
     * @param secondBits radix of the CNode; 0 if there is no second level, and nothing needs to be left
     * @return what has to be left
     */
    public static Reserve ofSecondLevel(
            ManagerKind manager,
            Architecture architecture,
            @SizeBits int largestUntyped,
            int childrenBits,
            @SizeBits int secondBits) {
        if (secondBits == 0) {
            return NONE;
        }
        int books = TwoLevelCSpace.booksOf(secondBits);
        int steps = Math.max(0, largestUntyped - architecture.sizeBits(ObjectType.CNODE, secondBits));
        int levels = (steps + childrenBits - 1) / childrenBits;
        return switch (manager) {
            case ARENA -> new Reserve(levels, levels, 0, books, words(levels << childrenBits));
            case SPLIT -> new Reserve(0, 0, steps, books, words(2 * steps));
            case TWINKLE -> new Reserve(0, 0, 0, books, 0);
        };
    }

    /**
     * Two reserves, each for itself.
     *
     * @param other the other one
     * @return the sums
     */
    public Reserve plus(Reserve other) {
        return new Reserve(
                arenas + other.arenas,
                tables + other.tables,
                pairs + other.pairs,
                slotBooks + other.slotBooks,
                slotWords + other.slotWords);
    }

    private static Reserve ofArenas(Architecture architecture, int levels, int childrenBits) {
        int lines = architecture.hasPaging() ? LINES : 1;
        int runs = lines * (levels + 1);
        return new Reserve(lines * levels, lines * levels, 0, 0, words(runs << childrenBits));
    }

    private static Reserve ofHalves(int steps, int smaller) {
        int pairs = steps + OBJECTS * (1 + smaller);
        return new Reserve(0, 0, pairs, 0, words(2 * pairs + OBJECTS));
    }

    private static int words(int slots) {
        return (slots + SLOTS_IN_WORD - 1) / SLOTS_IN_WORD;
    }
}
