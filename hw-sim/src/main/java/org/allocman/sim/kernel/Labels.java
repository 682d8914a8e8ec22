package org.allocman.sim.kernel;

/**
 * The labels of the invocations that all architectures have; the numbers are those of seL4 without MCS and SMP. A kernel with
 * MCS counts otherwise, and its messages are {@linkplain #withoutMcs renumbered} before anybody reads them.
 */
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
    /** DomainSet_Set. */
    public static final int DOMAIN_SET = 30;
    /** DomainSet_ScheduleConfigure. */
    public static final int DOMAIN_SCHEDULE_CONFIGURE = 31;
    /** DomainSet_ScheduleSetStart. */
    public static final int DOMAIN_SCHEDULE_SET_START = 32;
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

    /** TCB_SetPriority. */
    public static final int TCB_SET_PRIORITY = 6;
    /** TCB_SetMCPriority. */
    public static final int TCB_SET_MC_PRIORITY = 7;
    /** TCB_SetSchedParams. */
    public static final int TCB_SET_SCHED_PARAMS = 8;
    /** With MCS: TCB_SetTimeoutEndpoint. */
    static final int TCB_SET_TIMEOUT_ENDPOINT = -9;
    /** With MCS: SchedControl_ConfigureFlags. */
    static final int SCHED_CONTROL_CONFIGURE = -33;
    /** With MCS: SchedContext_Bind. */
    static final int SCHED_CONTEXT_BIND = -34;
    /** With MCS: SchedContext_Unbind. */
    static final int SCHED_CONTEXT_UNBIND = -35;
    /** With MCS: SchedContext_UnbindObject. */
    static final int SCHED_CONTEXT_UNBIND_OBJECT = -36;
    /** With MCS: SchedContext_Consumed. */
    static final int SCHED_CONTEXT_CONSUMED = -37;
    /** With MCS: SchedContext_YieldTo. */
    static final int SCHED_CONTEXT_YIELD_TO = -38;

    /** What no capability has. */
    static final int NONE = 0;

    private static final long INVALID = 0;
    private static final int MCS_LABELS = 6;

    private Labels() {}

    /**
     * The number that a label of a kernel with MCS has without it.
     *
     * @param label as it was sent
     * @return one of the numbers above, negative for what only MCS has
     */
    static long withoutMcs(long label) {
        // one more than before of TCBs, none of CNodes, six more in front of what the architecture has
        if (label < 0) {
            return INVALID;
        }
        if (label == -TCB_SET_TIMEOUT_ENDPOINT
                || label >= -SCHED_CONTROL_CONFIGURE && label <= -SCHED_CONTEXT_YIELD_TO) {
            return -label;
        }
        if (label < -TCB_SET_TIMEOUT_ENDPOINT || label > CNODE_SAVE_CALLER && label < -SCHED_CONTROL_CONFIGURE) {
            return label;
        }
        return label <= CNODE_SAVE_CALLER ? label - 1 : label - MCS_LABELS;
    }
}
