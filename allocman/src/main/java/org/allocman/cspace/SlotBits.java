package org.allocman.cspace;

/** Sixty-four slots, a bit each. */
final class SlotBits {
    private SlotBits() {}

    /** So many ones, from bit 0 on. */
    static long mask(int count) {
        return -1L >>> Long.SIZE - count;
    }

    /**
     * A bit for each slot at which a run of free slots starts.
     *
     * @param bits the free ones
     * @param count length of the run
     * @param alignment what the first slot is a multiple of: 1, or a power of two
     */
    static long runStarts(long bits, int count, int alignment) {
        long starts = bits;
        for (int length = 1; length < count; ) {
            int more = Math.min(length, count - length);
            starts &= starts >>> more;
            length += more;
        }
        // all ones divided by so many ones leaves a one at each multiple
        return starts & Long.divideUnsigned(-1L, mask(alignment));
    }
}
