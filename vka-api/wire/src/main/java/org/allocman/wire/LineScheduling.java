package org.allocman.wire;

import io.vavr.control.Either;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;

/** The invocations about priorities, bound notifications and scheduling contexts as lines. */
final class LineScheduling implements KernelScheduling {
    private final Invoker<KernelError> invoke;
    private final Invoker<Either<KernelError, Long>> ask;

    LineScheduling(Invoker<KernelError> invoke, Invoker<Either<KernelError, Long>> ask) {
        this.invoke = invoke;
        this.ask = ask;
    }

    @Override
    public KernelError setPriority(long tcb, long authority, int priority) {
        return invoke.apply(
                InvocationKind.TCB_SET_PRIORITY,
                InvocationLines.priority("set-priority", tcb, authority, priority),
                kernel -> kernel.scheduling().setPriority(tcb, authority, priority));
    }

    @Override
    public KernelError setMaxPriority(long tcb, long authority, int priority) {
        return invoke.apply(
                InvocationKind.TCB_SET_MC_PRIORITY,
                InvocationLines.priority("set-max-priority", tcb, authority, priority),
                kernel -> kernel.scheduling().setMaxPriority(tcb, authority, priority));
    }

    @Override
    public KernelError setSchedParams(long tcb, long authority, SchedParams parameters) {
        return invoke.apply(
                InvocationKind.TCB_SET_SCHED_PARAMS,
                InvocationLines.schedParams(tcb, authority, parameters),
                kernel -> kernel.scheduling().setSchedParams(tcb, authority, parameters));
    }

    @Override
    public KernelError setTimeoutEndpoint(long tcb, long endpoint) {
        return invoke.apply(
                InvocationKind.TCB_SET_TIMEOUT_ENDPOINT,
                InvocationLines.to("set-timeout-endpoint", tcb, endpoint),
                kernel -> kernel.scheduling().setTimeoutEndpoint(tcb, endpoint));
    }

    @Override
    public KernelError bindNotification(long tcb, long notification) {
        return invoke.apply(
                InvocationKind.TCB_BIND_NOTIFICATION,
                InvocationLines.to("bind-notification", tcb, notification),
                kernel -> kernel.scheduling().bindNotification(tcb, notification));
    }

    @Override
    public KernelError unbindNotification(long tcb) {
        return invoke.apply(
                InvocationKind.TCB_UNBIND_NOTIFICATION,
                InvocationLines.on("unbind-notification", tcb),
                kernel -> kernel.scheduling().unbindNotification(tcb));
    }

    @Override
    public KernelError configure(long control, long context, Allotment allotment) {
        return invoke.apply(
                InvocationKind.SCHED_CONTROL_CONFIGURE,
                InvocationLines.allot(control, context, allotment),
                kernel -> kernel.scheduling().configure(control, context, allotment));
    }

    @Override
    public KernelError bindContext(long context, long object) {
        return invoke.apply(
                InvocationKind.SCHED_CONTEXT_BIND,
                InvocationLines.to("bind", context, object),
                kernel -> kernel.scheduling().bindContext(context, object));
    }

    @Override
    public KernelError unbindContext(long context) {
        return invoke.apply(
                InvocationKind.SCHED_CONTEXT_UNBIND,
                InvocationLines.on("unbind", context),
                kernel -> kernel.scheduling().unbindContext(context));
    }

    @Override
    public KernelError unbindContextFrom(long context, long object) {
        return invoke.apply(
                InvocationKind.SCHED_CONTEXT_UNBIND_OBJECT,
                InvocationLines.unbindFrom(context, object),
                kernel -> kernel.scheduling().unbindContextFrom(context, object));
    }

    @Override
    public Either<KernelError, Long> consumed(long context) {
        return ask.apply(
                InvocationKind.SCHED_CONTEXT_CONSUMED,
                InvocationLines.on("consumed", context),
                kernel -> kernel.scheduling().consumed(context));
    }

    @Override
    public Either<KernelError, Long> yieldTo(long context) {
        return ask.apply(
                InvocationKind.SCHED_CONTEXT_YIELD_TO,
                InvocationLines.on("yield-to", context),
                kernel -> kernel.scheduling().yieldTo(context));
    }
}
