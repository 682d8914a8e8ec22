package org.allocman.sim.memory;

import org.allocman.qual.PhysAddr;

/**
 * 128 bits that stand for the whole content of a memory: the exclusive or, over every word that is not zero, of a mix of
 * its address and its value. Equal memories have equal fingerprints; unequal ones have unequal ones but for a chance of
 * about {@code states^2 / 2^129}.
 *
 * @param high upper half
 * @param low lower half
 */
public record Fingerprint(long high, long low) {
    private static final long ADDRESS_HIGH = 0x9e37_79b9_7f4a_7c15L;
    private static final long ADDRESS_LOW = 0xc2b2_ae3d_27d4_eb4fL;

    /**
     * What a word adds to the upper half of a fingerprint, by exclusive or.
     *
     * @param address its address
     * @param value its value
     * @return 64 bits, 0 if the value is 0
     */
    public static long high(@PhysAddr long address, long value) {
        return mixHigh(address, value);
    }

    /**
     * What a word adds to the lower half of a fingerprint, by exclusive or.
     *
     * @param address its address
     * @param value its value
     * @return 64 bits, 0 if the value is 0
     */
    public static long low(@PhysAddr long address, long value) {
        return mixLow(address, value);
    }

    static long mixHigh(long address, long value) {
        return value == 0 ? 0 : mix(value + mix(address + ADDRESS_HIGH));
    }

    static long mixLow(long address, long value) {
        return value == 0 ? 0 : mix((value ^ ADDRESS_HIGH) * ADDRESS_LOW + mix(address * ADDRESS_LOW + 1));
    }

    // The finaliser of splitmix64: every bit of the input reaches every bit of the output.
    private static long mix(long word) {
        long first = (word ^ word >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        long second = (first ^ first >>> 27) * 0x94d0_49bb_1331_11ebL;
        return second ^ second >>> 31;
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
