package org.allocman.cspace;

import org.allocman.qual.CPtr;
import org.allocman.untyped.SlotRuns;

/** Capability slots, singly for users and in runs for the untyped manager. */
public interface CSpace extends SlotRuns {
    /**
     * Takes an empty slot.
     *
     * @return its cptr, or 0 if none is free beyond the reserve
     */
    @CPtr
    long take();

    /**
     * Whether a slot was taken singly; any number may be asked.
     *
     * @param slot the number
     * @return true if {@link #take} answered it and it was not given back
     */
    boolean isTaken(@CPtr long slot);

    /**
     * Gives a slot back; it is empty.
     *
     * @param slot what {@link #take} answered
     */
    void giveBack(@CPtr long slot);

    /**
     * Free slots, those of the reserve included.
     *
     * @return how many
     */
    long freeSlots();

    /**
     * Sets apart slots for the pools' own growth.
     *
     * @param words how many aligned runs of 64 slots users have to leave
     */
    void reserve(int words);

    /**
     * Whether the reserve is full.
     *
     * @return true if as many aligned runs of 64 are free as were set apart
     */
    boolean hasReserve();
}
