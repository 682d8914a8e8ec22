package org.allocman.vka;

import org.allocman.qual.SizeBits;

/**
 * The numbers of a kernel; those that nobody says are seL4's.
 *
 * @param wordBits bits in a machine word
 * @param slotBits size of a capability slot
 * @param minUntypedBits the smallest untyped
 * @param maxUntypedBits the largest untyped
 * @param fanOut the most objects of one retype
 * @param userTop the top of user virtual addresses; 0 if nobody has said it
 * @param deviceTopBits binary logarithm of the end of device memory
 * @param asidPoolsBits binary logarithm of the number of ASID pools
 * @param asidIndexBits binary logarithm of the number of entries of a pool
 * @param domains how many scheduling domains there are
 */
record KernelLimits(
        int wordBits,
        @SizeBits int slotBits,
        @SizeBits int minUntypedBits,
        @SizeBits int maxUntypedBits,
        int fanOut,
        long userTop,
        int deviceTopBits,
        int asidPoolsBits,
        int asidIndexBits,
        int domains) {
    static final int MIN_UNTYPED_BITS = 4;
    static final int FAN_OUT = 256;
    static final int MOST_WIDE_BITS = 47;
    private static final int MOST_NARROW_BITS = 29;

    static KernelLimits usual(int wordBits) {
        boolean wide = wordBits == Long.SIZE;
        return new KernelLimits(
                wordBits,
                wide ? 5 : 4,
                MIN_UNTYPED_BITS,
                wide ? MOST_WIDE_BITS : MOST_NARROW_BITS,
                FAN_OUT,
                0,
                wide ? MOST_WIDE_BITS : wordBits,
                wide ? 7 : 5,
                wide ? 9 : 4,
                1);
    }

    boolean isWide() {
        return wordBits == Long.SIZE;
    }

    /** The largest untyped that any kernel with these words has. */
    @SizeBits
    int mostUntypedBits() {
        return isWide() ? MOST_WIDE_BITS : MOST_NARROW_BITS;
    }

    KernelLimits withSlotBits(@SizeBits int bits) {
        return new KernelLimits(
                wordBits,
                bits,
                minUntypedBits,
                maxUntypedBits,
                fanOut,
                userTop,
                deviceTopBits,
                asidPoolsBits,
                asidIndexBits,
                domains);
    }

    KernelLimits withUntypeds(@SizeBits int least, @SizeBits int most) {
        return new KernelLimits(
                wordBits, slotBits, least, most, fanOut, userTop, deviceTopBits, asidPoolsBits, asidIndexBits, domains);
    }

    KernelLimits withFanOut(int limit) {
        return new KernelLimits(
                wordBits,
                slotBits,
                minUntypedBits,
                maxUntypedBits,
                limit,
                userTop,
                deviceTopBits,
                asidPoolsBits,
                asidIndexBits,
                domains);
    }

    KernelLimits withUserTop(long top) {
        return new KernelLimits(
                wordBits,
                slotBits,
                minUntypedBits,
                maxUntypedBits,
                fanOut,
                top,
                deviceTopBits,
                asidPoolsBits,
                asidIndexBits,
                domains);
    }

    KernelLimits withDeviceTopBits(int bits) {
        return new KernelLimits(
                wordBits,
                slotBits,
                minUntypedBits,
                maxUntypedBits,
                fanOut,
                userTop,
                bits,
                asidPoolsBits,
                asidIndexBits,
                domains);
    }

    KernelLimits withAsids(int poolsBits, int indexBits) {
        return new KernelLimits(
                wordBits,
                slotBits,
                minUntypedBits,
                maxUntypedBits,
                fanOut,
                userTop,
                deviceTopBits,
                poolsBits,
                indexBits,
                domains);
    }

    KernelLimits withDomains(int number) {
        return new KernelLimits(
                wordBits,
                slotBits,
                minUntypedBits,
                maxUntypedBits,
                fanOut,
                userTop,
                deviceTopBits,
                asidPoolsBits,
                asidIndexBits,
                number);
    }
}
