package org.allocman.vka.wrap;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;

/** Domains of a {@link ForwardingKernel}. */
final class ForwardingDomains implements KernelDomains {
    private final KernelDomains kernel;
    private final InvocationHooks hooks;

    ForwardingDomains(KernelDomains kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError set(long control, int domain, long tcb) {
        return hooks.around(InvocationKind.DOMAIN_SET, () -> kernel.set(control, domain, tcb));
    }

    @Override
    public KernelError configureSchedule(long control, int index, int domain, long duration) {
        return hooks.around(
                InvocationKind.DOMAIN_SCHEDULE_CONFIGURE,
                () -> kernel.configureSchedule(control, index, domain, duration));
    }

    @Override
    public KernelError startSchedule(long control, int index) {
        return hooks.around(InvocationKind.DOMAIN_SCHEDULE_SET_START, () -> kernel.startSchedule(control, index));
    }
}
