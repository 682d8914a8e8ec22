package org.allocman.untyped;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * A look at a block of the split manager's, for checking and drawing.
 *
 * @param node names it: the address of the record it shares with its other half, plus 16 for a right half
 * @param depth 0 for an untyped that was handed over, else one more than that of the block it is half of
 * @param kind what memory it is
 * @param base its physical address
 * @param sizeBits its size in bits
 * @param slot cptr of its untyped
 * @param objectSlot cptr of the slot that the manager chose for the object in it; 0 if there is none
 * @param what what became of it
 */
public record SplitView(
        long node,
        int depth,
        MemoryKind kind,
        @PhysAddr long base,
        @SizeBits int sizeBits,
        @CPtr long slot,
        @CPtr long objectSlot,
        What what) {
    /** What can become of a block. */
    public enum What {
        /** It is in the free list of its size. */
        FREE,
        /** It was halved; its halves come next. */
        SPLIT,
        /** It holds an object of a user's. */
        USER,
        /** It holds an object of the pools' own. */
        OWN
    }
}
