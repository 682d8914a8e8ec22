package org.allocman.wire;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;

/** The invocations about domains as lines. */
final class LineDomains implements KernelDomains {
    private final Invoker<KernelError> invoke;

    LineDomains(Invoker<KernelError> invoke) {
        this.invoke = invoke;
    }

    @Override
    public KernelError set(long control, int domain, long tcb) {
        return invoke.apply(
                InvocationKind.DOMAIN_SET,
                InvocationLines.domain(control, domain, tcb),
                kernel -> kernel.domains().set(control, domain, tcb));
    }

    @Override
    public KernelError configureSchedule(long control, int index, int domain, long duration) {
        return invoke.apply(
                InvocationKind.DOMAIN_SCHEDULE_CONFIGURE,
                InvocationLines.scheduleEntry(control, index, domain, duration),
                kernel -> kernel.domains().configureSchedule(control, index, domain, duration));
    }

    @Override
    public KernelError startSchedule(long control, int index) {
        return invoke.apply(
                InvocationKind.DOMAIN_SCHEDULE_SET_START,
                InvocationLines.startSchedule(control, index),
                kernel -> kernel.domains().startSchedule(control, index));
    }
}
