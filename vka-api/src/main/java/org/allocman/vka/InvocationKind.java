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
    TCB_CONFIGURE,
    /** IRQControl_Get. */
    IRQ_CONTROL_GET,
    /** IRQControl_GetTrigger. */
    IRQ_CONTROL_GET_TRIGGER,
    /** IRQControl_IssueSGISignal. */
    IRQ_CONTROL_ISSUE_SGI,
    /** IRQControl_GetIOAPIC. */
    IRQ_CONTROL_GET_IO_APIC,
    /** IRQControl_GetMSI. */
    IRQ_CONTROL_GET_MSI,
    /** IRQHandler_Ack. */
    IRQ_HANDLER_ACK,
    /** IRQHandler_SetNotification. */
    IRQ_HANDLER_SET_NOTIFICATION,
    /** IRQHandler_Clear. */
    IRQ_HANDLER_CLEAR,
    /** TCB_SetPriority. */
    TCB_SET_PRIORITY,
    /** TCB_SetMCPriority. */
    TCB_SET_MC_PRIORITY,
    /** TCB_SetSchedParams. */
    TCB_SET_SCHED_PARAMS,
    /** TCB_SetTimeoutEndpoint. */
    TCB_SET_TIMEOUT_ENDPOINT,
    /** TCB_BindNotification. */
    TCB_BIND_NOTIFICATION,
    /** TCB_UnbindNotification. */
    TCB_UNBIND_NOTIFICATION,
    /** SchedControl_ConfigureFlags. */
    SCHED_CONTROL_CONFIGURE,
    /** SchedContext_Bind. */
    SCHED_CONTEXT_BIND,
    /** SchedContext_Unbind. */
    SCHED_CONTEXT_UNBIND,
    /** SchedContext_UnbindObject. */
    SCHED_CONTEXT_UNBIND_OBJECT,
    /** SchedContext_Consumed. */
    SCHED_CONTEXT_CONSUMED,
    /** SchedContext_YieldTo. */
    SCHED_CONTEXT_YIELD_TO,
    /** X86_IOPortControl_Issue. */
    IO_PORT_CONTROL_ISSUE,
    /** X86_IOPort_In8, In16 and In32. */
    IO_PORT_IN,
    /** X86_IOPort_Out8, Out16 and Out32. */
    IO_PORT_OUT,
    /** DomainSet_Set. */
    DOMAIN_SET,
    /** DomainSet_ScheduleConfigure. */
    DOMAIN_SCHEDULE_CONFIGURE,
    /** DomainSet_ScheduleSetStart. */
    DOMAIN_SCHEDULE_SET_START,
    /** ARM_VCPU_SetTCB. */
    VCPU_SET_TCB,
    /** ARM_VCPU_InjectIRQ. */
    VCPU_INJECT_IRQ,
    /** ARM_VCPU_ReadRegs. */
    VCPU_READ_REGS,
    /** ARM_VCPU_WriteRegs. */
    VCPU_WRITE_REGS,
    /** ARM_VCPU_AckVPPI. */
    VCPU_ACK_VPPI,
    /** TCB_SetEPTRoot. */
    TCB_SET_EPT_ROOT,
    /** X86_EPTPDPT_Map and its kin. */
    EPT_TABLE_MAP,
    /** X86_EPTPDPT_Unmap and its kin. */
    EPT_TABLE_UNMAP,
    /** X86_Page_MapEPT. */
    PAGE_MAP_EPT,
    /** X86_VCPU_ReadVMCS. */
    VCPU_READ_VMCS,
    /** X86_VCPU_WriteVMCS. */
    VCPU_WRITE_VMCS,
    /** X86_VCPU_EnableIOPort. */
    VCPU_ENABLE_IO_PORT,
    /** X86_VCPU_DisableIOPort. */
    VCPU_DISABLE_IO_PORT,
    /** X86_VCPU_WriteRegisters. */
    VCPU_WRITE_REGISTERS;

    /**
     * The name to show.
     *
     * @return for instance {@code page map}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
