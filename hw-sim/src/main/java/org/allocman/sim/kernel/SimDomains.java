package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;

/** The domains of the port: each invocation is a message. */
final class SimDomains implements KernelDomains {
    private final MessageInvocations messages;
    private final boolean isWide;

    SimDomains(MessageInvocations messages, boolean isWide) {
        this.messages = messages;
        this.isWide = isWide;
    }

    @Override
    public KernelError set(long control, int domain, long tcb) {
        return messages.invoke(control, Labels.DOMAIN_SET, words(domain), tcb).error();
    }

    @Override
    public KernelError configureSchedule(long control, int index, int domain, long duration) {
        long[] words =
                isWide ? words(index, domain, duration) : words(index, domain, duration, duration >>> Integer.SIZE);
        return messages.invoke(control, Labels.DOMAIN_SCHEDULE_CONFIGURE, words).error();
    }

    @Override
    public KernelError startSchedule(long control, int index) {
        return messages.invoke(control, Labels.DOMAIN_SCHEDULE_SET_START, words(index))
                .error();
    }
}
