package org.allocman.cspace;

import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;

/**
 * A CSpace that is managed: where its slots are, and how many there can be.
 *
 * @param root cptr of its root CNode
 * @param depth bits of a slot number that a look-up in the root resolves
 * @param slots one more than the greatest slot number, 1 or more; with two levels a power of two
 * @param secondBits radix of the CNodes of the second level; 0 if all slots are in the root
 */
public record CSpaceForm(
        @CPtr long root, int depth, long slots, @SizeBits int secondBits) {
    /**
     * A CSpace of one level.
     *
     * @param root cptr of its CNode
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param slots one more than the greatest slot number, 1 or more
     */
    public CSpaceForm(@CPtr long root, int depth, long slots) {
        this(root, depth, slots, 0);
    }

    /**
     * Whether there is a second level.
     *
     * @return true if slots are in CNodes below the root
     */
    public boolean hasTwoLevels() {
        return secondBits > 0;
    }

    /**
     * The radix of the root CNode of two levels.
     *
     * @return in bits
     */
    public @SizeBits int firstBits() {
        return Long.numberOfTrailingZeros(slots) - secondBits;
    }
}
