package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

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
    /** Bytes of state that a manager has at most. */
    public static final @Bytes int STATE_BYTES = TwoLevelCSpace.STATE_BYTES;

    static {
        if (OneLevelCSpace.STATE_BYTES > STATE_BYTES) {
            throw new AssertionError("a manager of one level needs more state");
        }
    }

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
     * What a manager needs beside its state.
     *
     * @return bytes, a multiple of 8
     */
    public @Bytes long bitmapBytes() {
        return hasTwoLevels() ? TwoLevelCSpace.setBytes(firstBits(), secondBits) : OneLevelCSpace.bitmapBytes(slots);
    }

    private int firstBits() {
        return Long.numberOfTrailingZeros(slots) - secondBits;
    }

    /**
     * A view of the manager.
     *
     * @param memory where its state and bitmaps lie
     * @param state address of {@link #STATE_BYTES} bytes in one page, a multiple of 8
     * @param bitmaps address of {@link #bitmapBytes} bytes, a multiple of 8
     * @param records where the books of a second level come from
     * @return the manager
     */
    public CSpace manager(Memory memory, long state, long bitmaps, RecordStore records) {
        return hasTwoLevels()
                ? new TwoLevelCSpace(memory, state, bitmaps, records, root, depth, firstBits(), secondBits)
                : new OneLevelCSpace(memory, state, bitmaps, root, depth, slots);
    }
}
