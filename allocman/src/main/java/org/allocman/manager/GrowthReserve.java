package org.allocman.manager;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.Need;
import org.allocman.untyped.Request;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * What one growth of the pool, or of the CSpace, can need at most, and users therefore have to leave.
 *
 * <p>A growth of the pool makes one frame and, at worst, every paging structure on the way to it. A growth of a two-level
 * CSpace makes one CNode, in its place in the root CNode, and its bitmaps. The design of the
 * untyped manager says what the objects can need, that of the CSpace manager what the bitmaps are.
 */
public final class GrowthReserve {
    private GrowthReserve() {}

    /**
     * Computes what one more page of the virtual pool can need.
     *
     * @param untypeds which untyped manager
     * @param architecture fixes the sizes of frames and tables
     * @param largestUntyped size bits of the largest untyped of normal memory
     * @return what has to be left; nothing if the manager cannot free, as it gets no virtual pool
     */
    public static Need ofPage(UntypedDesign untypeds, Architecture architecture, @SizeBits int largestUntyped) {
        return untypeds.canFree()
                ? untypeds.worstCase(architecture, largestUntyped, new Request(page(architecture), false))
                : Need.NONE;
    }

    private static List<Integer> page(Architecture architecture) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(PAGE_BITS);
        for (int left = 1; left < architecture.wordBits(); left++) {
            ObjectType table = architecture.tableFor(left);
            if (table != null) {
                sizes.add(architecture.sizeBits(table, 0));
            }
        }
        return sizes;
    }

    /**
     * Computes what one more CNode of the second level can need.
     *
     * @param untypeds which untyped manager
     * @param slots which CSpace manager
     * @param architecture fixes the size of a slot
     * @param largestUntyped size bits of the largest untyped of normal memory
     * @param secondBits radix of the CNode; 0 if there is no second level, and nothing needs to be left
     * @return what has to be left
     */
    public static Need ofSecondLevel(
            UntypedDesign untypeds,
            CSpaceDesign slots,
            Architecture architecture,
            @SizeBits int largestUntyped,
            @SizeBits int secondBits) {
        if (secondBits == 0) {
            return Need.NONE;
        }
        Request node = new Request(List.of(architecture.sizeBits(ObjectType.CNODE, secondBits)), true);
        return untypeds.worstCase(architecture, largestUntyped, node).plus(slots.forNode(secondBits));
    }

    static Need ofPage(PoolLayout layout, Architecture architecture, int largestUntyped) {
        return layout.windowPages() == 0 ? Need.NONE : ofPage(layout.untypeds(), architecture, largestUntyped);
    }

    static Need ofSecondLevel(PoolLayout layout, Architecture architecture, int largestUntyped) {
        return ofSecondLevel(
                layout.untypeds(),
                layout.slots(),
                architecture,
                largestUntyped,
                layout.cspace().secondBits());
    }
}
