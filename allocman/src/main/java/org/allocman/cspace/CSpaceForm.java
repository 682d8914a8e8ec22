package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.vka.Memory;

/**
 * A CSpace that is managed: where its slots are, and how many there can be.
 *
 * @param root cptr of its root CNode
 * @param depth bits of a slot number that a look-up in the root resolves
 * @param slots one more than the greatest slot number, 1 or more
 */
public record CSpaceForm(@CPtr long root, int depth, long slots) {
    /** Bytes of state that a manager has at most. */
    public static final @Bytes int STATE_BYTES = OneLevelCSpace.STATE_BYTES;

    /**
     * What a manager needs beside its state.
     *
     * @return bytes, a multiple of 8
     */
    public @Bytes long bitmapBytes() {
        return OneLevelCSpace.bitmapBytes(slots);
    }

    /**
     * A view of the manager.
     *
     * @param memory where its state and bitmaps lie
     * @param state address of {@link #STATE_BYTES} bytes in one page, a multiple of 8
     * @param bitmaps address of {@link #bitmapBytes} bytes, a multiple of 8
     * @return the manager
     */
    public CSpace manager(Memory memory, long state, long bitmaps) {
        return new OneLevelCSpace(memory, state, bitmaps, root, depth, slots);
    }
}
