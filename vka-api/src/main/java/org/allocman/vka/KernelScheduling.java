package org.allocman.vka;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;

/**
 * The invocations about who runs and when: priorities and notifications of threads on every kernel, scheduling contexts on one
 * with MCS (seL4 manual, "Threads and Execution"), as {@link Kernel#scheduling} has them. A kernel that has none of them refuses
 * each as an invocation that a capability does not have.
 */
public interface KernelScheduling {
    /** Refuses everything. */
    KernelScheduling NONE = new KernelScheduling() {};

    /**
     * A thread's priorities, and with MCS its time and its fault handler.
     *
     * @param maxPriority the greatest priority that it may give, 0 to 255
     * @param priority its own, 0 to 255
     * @param context with MCS its scheduling context, 0 for none
     * @param faultEndpoint with MCS its fault handler, 0 for none
     */
    record SchedParams(
            int maxPriority,
            int priority,
            @CPtr long context,
            @CPtr long faultEndpoint) {}

    /**
     * What a scheduling context gets.
     *
     * @param budget microseconds in each period
     * @param period microseconds
     * @param extraRefills how many refills it has beside two
     * @param badge what a timeout fault tells
     * @param isSporadic whether each part of the budget comes back a period after it was used
     */
    record Allotment(long budget, long period, int extraRefills, long badge, boolean isSporadic) {}

    /**
     * Sets a thread's priority ({@code seL4_TCB_SetPriority}).
     *
     * @param tcb the thread
     * @param authority a thread whose greatest priority is the limit
     * @param priority 0 to 255
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setPriority(@CPtr long tcb, @CPtr long authority, int priority) {
        return KernelError.illegalOperation();
    }

    /**
     * Sets the greatest priority that a thread may give ({@code seL4_TCB_SetMCPriority}).
     *
     * @param tcb the thread
     * @param authority a thread whose greatest priority is the limit
     * @param priority 0 to 255
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setMaxPriority(@CPtr long tcb, @CPtr long authority, int priority) {
        return KernelError.illegalOperation();
    }

    /**
     * Sets all of a thread's parameters ({@code seL4_TCB_SetSchedParams}).
     *
     * @param tcb the thread
     * @param authority a thread whose greatest priority is the limit
     * @param parameters what it gets
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setSchedParams(@CPtr long tcb, @CPtr long authority, SchedParams parameters) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, says who is told when a thread's budget is used up ({@code seL4_TCB_SetTimeoutEndpoint}).
     *
     * @param tcb the thread
     * @param endpoint an endpoint, 0 for nobody
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setTimeoutEndpoint(@CPtr long tcb, @CPtr long endpoint) {
        return KernelError.illegalOperation();
    }

    /**
     * Lets a thread hear of a notification while it waits for messages ({@code seL4_TCB_BindNotification}).
     *
     * @param tcb a thread without one
     * @param notification a notification that is bound to no thread and may be read
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError bindNotification(@CPtr long tcb, @CPtr long notification) {
        return KernelError.illegalOperation();
    }

    /**
     * Undoes {@link #bindNotification} ({@code seL4_TCB_UnbindNotification}).
     *
     * @param tcb a thread with one
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError unbindNotification(@CPtr long tcb) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, gives time to a scheduling context ({@code seL4_SchedControl_ConfigureFlags}).
     *
     * @param control control over a core's time
     * @param context the scheduling context
     * @param allotment what it gets
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError configure(@CPtr long control, @CPtr long context, Allotment allotment) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, gives a scheduling context to a thread or a notification ({@code seL4_SchedContext_Bind}).
     *
     * @param context a scheduling context without one of that kind
     * @param object a thread or notification without a scheduling context
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError bindContext(@CPtr long context, @CPtr long object) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, takes a scheduling context from its thread and its notification ({@code seL4_SchedContext_Unbind}).
     *
     * @param context a scheduling context, not that of the thread that runs
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError unbindContext(@CPtr long context) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, takes a scheduling context from one object ({@code seL4_SchedContext_UnbindObject}).
     *
     * @param context a scheduling context
     * @param object the thread or notification that has it
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError unbindContextFrom(@CPtr long context, @CPtr long object) {
        return KernelError.illegalOperation();
    }

    /**
     * With MCS, tells how much time was used ({@code seL4_SchedContext_Consumed}).
     *
     * @param context a scheduling context
     * @return microseconds since it was asked last, or what was wrong
     */
    default Either<KernelError, Long> consumed(@CPtr long context) {
        return Either.left(KernelError.illegalOperation());
    }

    /**
     * With MCS, lets a thread run before the caller does ({@code seL4_SchedContext_YieldTo}).
     *
     * @param context the scheduling context of another thread
     * @return microseconds that it used, or what was wrong
     */
    default Either<KernelError, Long> yieldTo(@CPtr long context) {
        return Either.left(KernelError.illegalOperation());
    }
}
