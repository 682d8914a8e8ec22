package org.allocman.lab.measure;

import org.allocman.lab.workload.XorShift;

/** The draws of churn and churn-sizes: a kind for each object of the fill, then for each step an index and a kind. */
public final class ChurnDraws {
    private static final long SEED = 0x853C_49E6_748F_EA9BL;
    private static final int KIND_SHIFT = 62;

    private final XorShift random = new XorShift(SEED);
    private final int live;

    /**
     * Starts the sequence.
     *
     * @param live how many objects are live
     */
    public ChurnDraws(int live) {
        this.live = live;
    }

    /**
     * Draws which object is freed.
     *
     * @return 0 to live - 1
     */
    public int index() {
        return random.below(live);
    }

    /**
     * Draws what is made.
     *
     * @return 0 endpoint, 1 CNode of 16 slots, 2 TCB, 3 frame of 4 KiB
     */
    public int kind() {
        return (int) (random.next() >>> KIND_SHIFT);
    }
}
