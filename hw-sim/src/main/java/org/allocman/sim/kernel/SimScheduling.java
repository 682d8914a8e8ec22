package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import io.vavr.control.Either;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;

/** Priorities, bound notifications and scheduling contexts of the port: each invocation is a message. */
final class SimScheduling implements KernelScheduling {
    private final MessageInvocations messages;
    private final boolean isWide;
    private final boolean hasMcs;

    SimScheduling(MessageInvocations messages, boolean isWide, boolean hasMcs) {
        this.messages = messages;
        this.isWide = isWide;
        this.hasMcs = hasMcs;
    }

    @Override
    public KernelError setPriority(long tcb, long authority, int priority) {
        return messages.invoke(tcb, Labels.TCB_SET_PRIORITY, words(priority), authority)
                .error();
    }

    @Override
    public KernelError setMaxPriority(long tcb, long authority, int priority) {
        return messages.invoke(tcb, Labels.TCB_SET_MC_PRIORITY, words(priority), authority)
                .error();
    }

    @Override
    public KernelError setSchedParams(long tcb, long authority, SchedParams given) {
        long[] words = words(given.maxPriority(), given.priority());
        return (hasMcs
                        ? messages.invoke(
                                tcb,
                                Labels.TCB_SET_SCHED_PARAMS,
                                words,
                                authority,
                                given.context(),
                                given.faultEndpoint())
                        : messages.invoke(tcb, Labels.TCB_SET_SCHED_PARAMS, words, authority))
                .error();
    }

    @Override
    public KernelError setTimeoutEndpoint(long tcb, long endpoint) {
        return messages.invoke(tcb, Labels.TCB_SET_TIMEOUT_ENDPOINT, words(), endpoint)
                .error();
    }

    @Override
    public KernelError bindNotification(long tcb, long notification) {
        return messages.invoke(tcb, Labels.TCB_BIND_NOTIFICATION, words(), notification)
                .error();
    }

    @Override
    public KernelError unbindNotification(long tcb) {
        return messages.invoke(tcb, Labels.TCB_UNBIND_NOTIFICATION, words()).error();
    }

    @Override
    public KernelError configure(long control, long context, Allotment given) {
        long refills = given.extraRefills();
        long flags = given.isSporadic() ? 1 : 0;
        long[] words = isWide
                ? words(given.budget(), given.period(), refills, given.badge(), flags)
                : words(
                        given.budget(),
                        given.budget() >>> Integer.SIZE,
                        given.period(),
                        given.period() >>> Integer.SIZE,
                        refills,
                        given.badge(),
                        flags);
        return messages.invoke(control, Labels.SCHED_CONTROL_CONFIGURE, words, context)
                .error();
    }

    @Override
    public KernelError bindContext(long context, long object) {
        return messages.invoke(context, Labels.SCHED_CONTEXT_BIND, words(), object)
                .error();
    }

    @Override
    public KernelError unbindContext(long context) {
        return messages.invoke(context, Labels.SCHED_CONTEXT_UNBIND, words()).error();
    }

    @Override
    public KernelError unbindContextFrom(long context, long object) {
        return messages.invoke(context, Labels.SCHED_CONTEXT_UNBIND_OBJECT, words(), object)
                .error();
    }

    @Override
    public Either<KernelError, Long> consumed(long context) {
        return time(messages.invoke(context, Labels.SCHED_CONTEXT_CONSUMED, words()));
    }

    @Override
    public Either<KernelError, Long> yieldTo(long context) {
        return time(messages.invoke(context, Labels.SCHED_CONTEXT_YIELD_TO, words()));
    }

    private Either<KernelError, Long> time(KernelReply reply) {
        if (reply.error().failed()) {
            return Either.left(reply.error());
        }
        // a reply, which is no scheduling context, answers everything without a word
        if (reply.words().isEmpty()) {
            return Either.left(KernelError.illegalOperation());
        }
        long low = reply.words().get(0);
        return Either.right(isWide ? low : reply.words().get(1) << Integer.SIZE | low);
    }
}
