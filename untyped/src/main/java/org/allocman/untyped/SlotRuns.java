package org.allocman.untyped;

import org.allocman.qual.CPtr;

/** Runs of consecutive capability slots, and how an invocation names a slot; if nothing else is said, in the root CNode itself. */
public interface SlotRuns {
    /** The longest run. */
    int MAX_RUN = 64;

    /**
     * Takes consecutive empty slots that lie in one CNode.
     *
     * @param count how many, a power of two up to {@link #MAX_RUN}
     * @param requester who takes; the pools alone may use the reserve
     * @return the first slot; 0 if there is no such run
     */
    @CPtr
    long takeRun(int count, Requester requester);

    /**
     * Gives a run back; its slots are empty.
     *
     * @param first the first slot
     * @param count how many
     */
    void giveBackRun(@CPtr long first, int count);

    /**
     * The CNode that slots are looked up in.
     *
     * @return its cptr
     */
    @CPtr
    long root();

    /**
     * Bits of a slot number that a look-up in the root resolves.
     *
     * @return 1 to the word size
     */
    int depth();

    /**
     * The CNode that holds a slot, as a retype wants it.
     *
     * @param slot the slot
     * @return the index of its CNode in the root; ignored if {@link #nodeDepth} is 0
     */
    default long nodeIndex(@CPtr long slot) {
        return 0;
    }

    /**
     * The depth that belongs to {@link #nodeIndex}.
     *
     * @param slot the slot
     * @return 0 if the slot is in the root CNode itself
     */
    default int nodeDepth(@CPtr long slot) {
        return 0;
    }

    /**
     * Where in its CNode a slot is.
     *
     * @param slot the slot
     * @return the offset
     */
    default long nodeOffset(@CPtr long slot) {
        return slot;
    }
}
