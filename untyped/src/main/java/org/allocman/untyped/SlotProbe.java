package org.allocman.untyped;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;

/** What the kernel and the CSpace manager know of slots, for a manager's {@link UntypedManager#audit}. */
public interface SlotProbe {
    /**
     * Whether a slot's CNode is there. Nothing else may be asked of a slot without one but {@link #isFree}.
     *
     * @param slot its cptr
     * @return false if a look-up would fail
     */
    boolean isThere(@CPtr long slot);

    /**
     * Whether a slot holds no capability.
     *
     * @param slot its cptr
     * @return true if it is empty
     */
    boolean isEmpty(@CPtr long slot);

    /**
     * Whether the CSpace manager calls a slot free.
     *
     * @param slot its cptr
     * @return true if it may be taken
     */
    boolean isFree(@CPtr long slot);

    /**
     * What a slot's capability leads to.
     *
     * @param slot its cptr; it is not empty
     * @return the object's physical address
     */
    @PhysAddr
    long object(@CPtr long slot);

    /**
     * The size of an untyped.
     *
     * @param slot cptr of a slot
     * @return its size in bits; -1 if the slot's capability is none to an untyped
     */
    int untypedBits(@CPtr long slot);

    /**
     * How far the kernel has given an untyped away.
     *
     * @param slot cptr of an untyped's capability
     * @return bytes from its start
     */
    @Bytes
    long watermark(@CPtr long slot);

    /**
     * Whether the capability of an object may be in a slot that its user chose.
     *
     * @param paddr the object's physical address
     * @return true if the slot of the manager's choice may be empty
     */
    boolean isInClientSlot(@PhysAddr long paddr);
}
