package org.allocman.untyped;

import org.allocman.vka.Architecture;

/**
 * What a caller holds of an allocation of the twinkle manager: all that is known of it, since nothing is kept elsewhere.
 *
 * <pre>
 *   62          n n-1                               0
 *  |    slot     |  address / 8  ...  1  0  ...  0   |
 * </pre>
 *
 * The lowest bit that is set stands for the size: an address is a multiple of the size, so its bits below are free for
 * that. How wide the address is depends on the untypeds, and what it leaves is for the slot.
 */
final class TwinkleHandle {
    /*
     * With addresses below 2^40, as Arm boards have them, 26 bits are left for the slot; with the 2^47 of x86_64 it is 19.
     */
    private static final int UNIT_SHIFT = 3;
    private static final int BITS = 63;

    private TwinkleHandle() {}

    /** How many bits addresses up to one take. */
    static int width(long last) {
        return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(last) - UNIT_SHIFT);
    }

    /** Whether there is room for a slot. */
    static boolean holds(int width, long slot) {
        return slot >>> BITS - width == 0;
    }

    static long of(int width, long paddr, int bits, long slot) {
        return slot << width | paddr >>> UNIT_SHIFT | 1L << bits - UNIT_SHIFT - 1;
    }

    static long slot(int width, long handle) {
        return handle >>> width;
    }

    /** The size in bits; nonsense, but not below the least size, for a handle that was made up. */
    static int bits(int width, long handle) {
        return Long.numberOfTrailingZeros(place(width, handle)) + Architecture.MIN_UNTYPED_BITS;
    }

    static long paddr(int width, long handle) {
        long place = place(width, handle);
        return (place & place - 1) << UNIT_SHIFT;
    }

    /** Address and size; 0 in a handle that cannot have been given out. */
    static long place(int width, long handle) {
        return handle & (1L << width) - 1;
    }
}
