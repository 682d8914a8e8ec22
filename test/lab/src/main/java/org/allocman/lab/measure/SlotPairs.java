package org.allocman.lab.measure;

import org.allocman.cspace.CSpace;
import org.allocman.lab.workload.XorShift;
import org.allocman.qual.CPtr;

/** slots: in a CSpace that is full to some degree a random slot is given back and one is taken. */
public final class SlotPairs {
    private static final long SEED = 0x853C_49E6_748F_EA9BL;

    private final CSpace cspace;
    private final XorShift random = new XorShift(SEED);
    // half the width of a slot number: what is to be timed is the CSpace, not the way to this array
    private final int[] taken;

    /**
     * Takes slots until so many are not free, and then gives back and takes again as many at random, so that the free ones
     * lie anywhere.
     *
     * @param cspace the slots
     * @param slots how many there are in all
     * @param occupied how many are not to be free
     */
    public SlotPairs(CSpace cspace, long slots, long occupied) {
        this.cspace = cspace;
        @CPtr long[] all = new @CPtr long[(int) cspace.freeSlots()];
        for (int i = 0; i < all.length; i++) {
            all[i] = NativeAnswers.handle(cspace.take());
        }
        int keep = (int) (all.length - (slots - occupied));
        this.taken = new int[keep];
        for (int i = 0; i < all.length; i++) {
            int j = i + random.below(all.length - i);
            @CPtr long slot = all[j];
            all[j] = all[i];
            all[i] = slot;
        }
        for (int i = 0; i < keep; i++) {
            taken[i] = (int) all[i];
        }
        for (int i = keep; i < all.length; i++) {
            cspace.giveBack(all[i]);
        }
    }

    /**
     * Gives a slot back and takes one, so many times.
     *
     * @param pairs how often
     */
    public void pairs(int pairs) {
        for (int i = 0; i < pairs; i++) {
            int index = random.below(taken.length);
            cspace.giveBack(taken[index]);
            taken[index] = (int) NativeAnswers.handle(cspace.take());
        }
    }
}
