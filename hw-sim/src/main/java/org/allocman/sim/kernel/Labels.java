package org.allocman.sim.kernel;

/** The labels of the invocations that all architectures have; the numbers are those of seL4 without MCS and SMP. */
public final class Labels {
    /** Untyped_Retype. */
    public static final int UNTYPED_RETYPE = 1;
    /** TCB_Configure. */
    public static final int TCB_CONFIGURE = 5;
    /** TCB_BindNotification. */
    public static final int TCB_BIND_NOTIFICATION = 13;
    /** TCB_UnbindNotification. */
    public static final int TCB_UNBIND_NOTIFICATION = 14;
    /** IRQControl_Get. */
    public static final int IRQ_ISSUE_HANDLER = 26;
    /** IRQHandler_Ack. */
    public static final int IRQ_ACK = 27;
    /** IRQHandler_SetNotification. */
    public static final int IRQ_SET_HANDLER = 28;
    /** IRQHandler_Clear. */
    public static final int IRQ_CLEAR_HANDLER = 29;
    /** TCB_SetSpace. */
    public static final int TCB_SET_SPACE = 10;
    /** CNode_Revoke. */
    public static final int CNODE_REVOKE = 17;
    /** CNode_Delete. */
    public static final int CNODE_DELETE = 18;
    /** CNode_CancelBadgedSends. */
    public static final int CNODE_CANCEL_BADGED_SENDS = 19;
    /** CNode_Copy. */
    public static final int CNODE_COPY = 20;
    /** CNode_Mint. */
    public static final int CNODE_MINT = 21;
    /** CNode_Move. */
    public static final int CNODE_MOVE = 22;
    /** CNode_Mutate. */
    public static final int CNODE_MUTATE = 23;
    /** CNode_Rotate. */
    public static final int CNODE_ROTATE = 24;
    /** CNode_SaveCaller. */
    public static final int CNODE_SAVE_CALLER = 25;

    private Labels() {}
}
