package org.allocman.check.contract;

import java.util.Locale;

/** Parts of a kernel; one that is not there at all can be left out of the contract. */
public enum KernelPart {
    /** Untyped_Retype: its checks, watermarks, what begins anew. */
    RETYPE("Untyped_Retype: checks, watermarks, beginning anew"),
    /** Memory of devices. */
    DEVICES("device untypeds"),
    /** Copy, mint, move, delete: places and rights. */
    CAPABILITIES("CNode_Copy, _Mint, _Move, _Delete: places, rights"),
    /** Who is derived from whom, and what revoke takes. */
    DERIVATION("CNode_Revoke: who is derived from whom"),
    /** CNodes within CNodes: guards, depths, what goes with the last capability. */
    CNODES("CNodes within CNodes: guards, depths"),
    /** Badges. */
    BADGES("badges, CNode_CancelBadgedSends, _SaveCaller, _Mutate"),
    /** CNode_Rotate. */
    ROTATE("CNode_Rotate"),
    /** Frames, paging structures, address spaces. */
    PAGING("frames and paging structures: map, unmap, address"),
    /** ASIDs and their pools. */
    ASIDS("ASIDPool_Assign, ASIDControl_MakePool"),
    /** What frames hold, as the root task loads and stores it. */
    MEMORY("loads and stores through mappings"),
    /** Threads. */
    THREADS("TCB_SetSpace, priorities, bound notifications"),
    /** IRQ control and handlers. */
    INTERRUPTS("IRQControl_Get, IRQHandler_SetNotification"),
    /** Scheduling contexts, where there is MCS. */
    MCS("SchedControl_Configure, SchedContext_Bind, _Unbind"),
    /** I/O ports, on x86. */
    PORTS("IOPortControl_Issue, IOPort_In, _Out"),
    /** All of it together: our manager on the kernel. */
    MANAGER("a resource manager on the kernel");

    private final String meaning;

    KernelPart(String meaning) {
        this.meaning = meaning;
    }

    /**
     * The word for it.
     *
     * @return for instance {@code retype}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What belongs to it.
     *
     * @return a phrase
     */
    public String meaning() {
        return meaning;
    }
}
