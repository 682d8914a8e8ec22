package org.allocman.untyped;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;

/**
 * A look at an arena, for checking and drawing.
 *
 * @param record address of its record
 * @param depth 0 for an untyped that was handed over, else one more than its parent's
 * @param kind what memory it is
 * @param base physical address of child 0
 * @param childBits size of a child in bits
 * @param count how many children it can have
 * @param made how many of them exist in the kernel
 * @param untypedSlot cptr of the untyped that the children are made from; of the untyped itself at depth 0
 * @param childSlots cptr of child 0
 * @param objectSlots cptr of the slot for the object in child 0; 0 if there are no such slots yet
 * @param free children that are free, a bit each
 * @param subArenas children that are arenas themselves, a bit each
 * @param own children that hold objects of the pools' own, a bit each
 */
public record ArenaView(
        @VirtAddr long record,
        int depth,
        MemoryKind kind,
        @PhysAddr long base,
        @SizeBits int childBits,
        int count,
        int made,
        @CPtr long untypedSlot,
        @CPtr long childSlots,
        @CPtr long objectSlots,
        long free,
        long subArenas,
        long own) {
    /**
     * Where a child is.
     *
     * @param child 0 to count - 1
     * @return its physical address
     */
    public @PhysAddr long childBase(int child) {
        return base + ((long) child << childBits);
    }

    /**
     * Whether a child holds an object.
     *
     * @param child 0 to count - 1
     * @return true if it is neither free nor an arena
     */
    public boolean isObject(int child) {
        return ((free | subArenas) >>> child & 1) == 0;
    }

    /**
     * Whether a user has an object in the arena.
     *
     * @return true if a child is neither free nor an arena, and not the pools' own
     */
    public boolean holdsUsersObject() {
        return (free | subArenas | own) != -1L >>> Long.SIZE - count;
    }
}
