package org.allocman.cspace;

import org.allocman.qual.CPtr;
import org.allocman.untyped.SlotRuns;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Capability slots: singly and in runs for users, in runs for the untyped manager. It tracks which slots are free and never
 * invokes the kernel: the capability is deleted before its slot is given back.
 */
public interface CSpace extends SlotRuns {
    /**
     * Takes an empty slot.
     *
     * @return its cptr, or 0 if none is free beyond the reserve
     */
    @CPtr
    long take();

    /**
     * Takes a given slot.
     *
     * @param slot any number
     * @return false, with nothing changed, if it is not free or belongs to the reserve
     */
    boolean takeAt(@CPtr long slot);

    /**
     * Takes consecutive slots of one CNode, as a retype of several objects wants them. Each is given back for itself.
     *
     * @param count how many, 1 to {@link #longestRun}
     * @return the first; 0 if there is no such run beyond the reserve
     */
    @CPtr
    long takeSeveral(int count);

    /**
     * Whether a slot was taken by a user; any number may be asked.
     *
     * @param slot the number
     * @return true if it was taken, not in a run of the untyped manager's, and not given back
     */
    boolean isTaken(@CPtr long slot);

    /**
     * Whether a slot is free; any number may be asked.
     *
     * @param slot the number
     * @return true if it may be taken, by a user or by the reserve's owner
     */
    boolean isFree(@CPtr long slot);

    /**
     * Whether a slot can be given back now; any number may be asked.
     *
     * @param slot the number
     * @return true if {@link #isTaken} and this manager can take it back
     */
    default boolean canGiveBack(@CPtr long slot) {
        return isTaken(slot);
    }

    /**
     * Marks an allocated slot as held in a client reserve: it stays taken and cannot be given back. A CSpace
     * that does not know who holds what does nothing.
     *
     * @param slot a slot that {@link #isTaken}
     */
    default void hold(@CPtr long slot) {}

    /**
     * Ends what {@link #hold} began: the slot is its client's again.
     *
     * @param slot a slot that is held
     */
    default void unhold(@CPtr long slot) {}

    /**
     * Gives a slot back; it is empty.
     *
     * @param slot one that {@link #canGiveBack}
     */
    void giveBack(@CPtr long slot);

    /**
     * Free slots, those of the reserve included.
     *
     * @return how many
     */
    long freeSlots();

    /** Makes the state ready. Once only, when it is still zero, before anything else. */
    default void initialise() {}

    /**
     * Makes slots free that were not the manager's before.
     *
     * @param start first slot, 1 or more: slot 0 stands for none
     * @param end one past the last slot, at most {@link #end}
     */
    void addFree(@CPtr long start, @CPtr long end);

    /**
     * Slots whose CNode is there, in use or free.
     *
     * @return how many; {@link #end} if there is one level
     */
    default long slotsThere() {
        return end();
    }

    /**
     * How far the slots reach.
     *
     * @return one more than the greatest slot number there can be
     */
    @CPtr
    long end();

    /**
     * The most consecutive slots that can be taken at once.
     *
     * @return {@link #MAX_RUN}, or fewer if CNodes are smaller
     */
    default int longestRun() {
        return MAX_RUN;
    }

    /**
     * The CNodes of the second level, for their maker.
     *
     * @return null if all slots are in the root CNode
     */
    default @Nullable SecondLevels secondLevels() {
        return null;
    }

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
