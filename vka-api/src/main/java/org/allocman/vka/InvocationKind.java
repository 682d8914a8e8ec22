package org.allocman.vka;

import java.util.Locale;

/** The invocations that a {@link Kernel} takes. */
public enum InvocationKind {
    /** Untyped_Retype. */
    RETYPE,
    /** CNode_Copy. */
    COPY,
    /** CNode_Mint. */
    MINT,
    /** CNode_Move. */
    MOVE,
    /** CNode_Mutate. */
    MUTATE,
    /** CNode_Rotate. */
    ROTATE,
    /** CNode_Delete. */
    DELETE,
    /** CNode_Revoke. */
    REVOKE,
    /** CNode_CancelBadgedSends. */
    CANCEL_BADGED_SENDS,
    /** CNode_SaveCaller. */
    SAVE_CALLER,
    /** Page_Map. */
    PAGE_MAP,
    /** Page_Unmap. */
    PAGE_UNMAP,
    /** Page_GetAddress. */
    PAGE_GET_ADDRESS,
    /** PageTable_Map and its kin. */
    TABLE_MAP,
    /** PageTable_Unmap and its kin. */
    TABLE_UNMAP,
    /** ASIDPool_Assign. */
    ASID_POOL_ASSIGN,
    /** ASIDControl_MakePool. */
    MAKE_ASID_POOL,
    /** Page cache maintenance. */
    PAGE_CACHE,
    /** VSpace cache maintenance. */
    VSPACE_CACHE,
    /** TCB_SetSpace. */
    TCB_SET_SPACE,
    /** TCB_Configure. */
    TCB_CONFIGURE;

    /**
     * The name to show.
     *
     * @return for instance {@code page map}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
