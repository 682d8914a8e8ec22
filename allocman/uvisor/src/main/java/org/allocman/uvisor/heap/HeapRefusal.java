package org.allocman.uvisor.heap;

import org.allocman.vka.RefusalCode;

/** Why nothing was allocated: a negative number in place of an address, so that neither answer makes an object. */
public enum HeapRefusal {
    /** The box has no heap of its own: no size was given for it. */
    NO_HEAP,
    /** No heap or no pool could ever have so much in one piece, or the size is negative or overflows. */
    TOO_LARGE,
    /** The alignment is no power of two. */
    BAD_ALIGNMENT,
    /** The heap has no free piece of that size. */
    NO_MEMORY,
    /** Nothing that is allocated begins at the address. */
    NOT_ALLOCATED,
    /** The pool has too few free blocks, or none that lie one behind the other. */
    NO_BLOCKS,
    /** The box would own more blocks than it may. */
    QUOTA_EXCEEDED,
    /** The box's own heap has no room for the table of a heap of blocks. */
    NO_TABLE;

    private static final HeapRefusal[] ALL = values();

    /**
     * The number that stands for this refusal.
     *
     * @return a negative number
     */
    public long code() {
        return RefusalCode.of(this);
    }

    /**
     * Whether an answer stands for a refusal.
     *
     * @param answer what a call that allocates returned
     * @return true for a negative number; false for an address
     */
    public static boolean isRefusal(long answer) {
        return answer < 0;
    }

    /**
     * The refusal behind a number.
     *
     * @param code what a call that allocates returned, a negative number
     * @return the refusal
     * @throws IllegalArgumentException if no refusal has that number
     */
    public static HeapRefusal of(long code) {
        return RefusalCode.reason(ALL, code);
    }
}
