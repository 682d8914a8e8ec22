package org.allocman.uvisor;

import org.allocman.vka.RefusalCode;

/** Why a thread was not made: a negative number in place of a thread, so that neither answer makes an object. */
public enum ThreadRefusal {
    /** There are as many threads as there can be. */
    TOO_MANY,
    /** The memory for the heap is not the box's. */
    HEAP_NOT_OWNED,
    /** The memory for the heap holds no heap. */
    HEAP_TOO_SMALL,
    /** The memory for the stack is not the box's. */
    STACK_NOT_OWNED,
    /** The memory is another thread's already, or heap and stack overlap. */
    OVERLAPS,
    /** The box's heap has too little left for the stack or for thread-local storage. */
    NO_MEMORY;

    private static final ThreadRefusal[] ALL = values();

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
     * @param answer what a creation of a thread returned
     * @return true for a negative number; false for a thread
     */
    public static boolean isRefusal(long answer) {
        return answer < 0;
    }

    /**
     * The refusal behind a number.
     *
     * @param code what a creation of a thread returned, a negative number
     * @return the refusal
     * @throws IllegalArgumentException if no refusal has that number
     */
    public static ThreadRefusal of(long code) {
        return RefusalCode.reason(ALL, code);
    }
}
