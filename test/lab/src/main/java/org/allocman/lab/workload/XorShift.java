package org.allocman.lab.workload;

/** The generator xorshift64*, as the recorded histories and the benchmarks use it. */
public final class XorShift {
    private static final long MULTIPLIER = 0x2545_F491_4F6C_DD1DL;

    private long state;

    /**
     * Starts a sequence.
     *
     * @param seed where it starts; 0 is replaced, because the generator would stay there
     */
    public XorShift(long seed) {
        state = seed == 0 ? MULTIPLIER : seed;
    }

    /**
     * Draws the next number.
     *
     * @return 64 bits
     */
    public long next() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return state * MULTIPLIER;
    }

    /**
     * Draws a number below a bound.
     *
     * @param bound 1 or more
     * @return 0 to bound - 1
     */
    public int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }
}
