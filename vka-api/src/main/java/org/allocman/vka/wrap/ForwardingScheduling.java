package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;

/** Scheduling of a {@link ForwardingKernel}. */
final class ForwardingScheduling implements KernelScheduling {
    private final KernelScheduling kernel;
    private final InvocationHooks hooks;

    ForwardingScheduling(KernelScheduling kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError setPriority(long tcb, long authority, int priority) {
        return hooks.around(InvocationKind.TCB_SET_PRIORITY, () -> kernel.setPriority(tcb, authority, priority));
    }

    @Override
    public KernelError setMaxPriority(long tcb, long authority, int priority) {
        return hooks.around(InvocationKind.TCB_SET_MC_PRIORITY, () -> kernel.setMaxPriority(tcb, authority, priority));
    }

    @Override
    public KernelError setSchedParams(long tcb, long authority, SchedParams parameters) {
        return hooks.around(
                InvocationKind.TCB_SET_SCHED_PARAMS, () -> kernel.setSchedParams(tcb, authority, parameters));
    }

    @Override
    public KernelError setTimeoutEndpoint(long tcb, long endpoint) {
        return hooks.around(InvocationKind.TCB_SET_TIMEOUT_ENDPOINT, () -> kernel.setTimeoutEndpoint(tcb, endpoint));
    }

    @Override
    public KernelError bindNotification(long tcb, long notification) {
        return hooks.around(InvocationKind.TCB_BIND_NOTIFICATION, () -> kernel.bindNotification(tcb, notification));
    }

    @Override
    public KernelError unbindNotification(long tcb) {
        return hooks.around(InvocationKind.TCB_UNBIND_NOTIFICATION, () -> kernel.unbindNotification(tcb));
    }

    @Override
    public KernelError configure(long control, long context, Allotment allotment) {
        return hooks.around(
                InvocationKind.SCHED_CONTROL_CONFIGURE, () -> kernel.configure(control, context, allotment));
    }

    @Override
    public KernelError bindContext(long context, long object) {
        return hooks.around(InvocationKind.SCHED_CONTEXT_BIND, () -> kernel.bindContext(context, object));
    }

    @Override
    public KernelError unbindContext(long context) {
        return hooks.around(InvocationKind.SCHED_CONTEXT_UNBIND, () -> kernel.unbindContext(context));
    }

    @Override
    public KernelError unbindContextFrom(long context, long object) {
        return hooks.around(
                InvocationKind.SCHED_CONTEXT_UNBIND_OBJECT, () -> kernel.unbindContextFrom(context, object));
    }

    @Override
    public Either<KernelError, Long> consumed(long context) {
        return hooks.aroundValue(InvocationKind.SCHED_CONTEXT_CONSUMED, () -> kernel.consumed(context));
    }

    @Override
    public Either<KernelError, Long> yieldTo(long context) {
        return hooks.aroundValue(InvocationKind.SCHED_CONTEXT_YIELD_TO, () -> kernel.yieldTo(context));
    }
}
