package org.allocman.sim.kernel;

import java.util.List;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/**
 * The invocations of SchedControl and of scheduling contexts (seL4 manual, "Scheduling Contexts"). No thread but the root task
 * runs and no time passes, so nothing is ever consumed.
 */
final class SchedulingInvocations {
    private static final int LEAST_REFILLS = 2;
    private static final int REFILL_BYTES = 16;
    private static final int CORE_WORDS = 10;
    private static final int CORE_BYTES = 48;
    private static final int WORDS_BEHIND_TIMES = 3;
    private static final long SPORADIC = 1;

    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectTypes types;
    private final Bindings bindings;
    private final long state;
    private final int wordBits;

    SchedulingInvocations(
            PagedMemory memory,
            Architecture architecture,
            Slots slots,
            ObjectTypes types,
            Bindings bindings,
            long state) {
        this.memory = memory;
        this.slots = slots;
        this.types = types;
        this.bindings = bindings;
        this.state = state;
        this.wordBits = architecture.wordBits();
    }

    KernelError control(KernelMessage message, long target) {
        if (message.label() != Labels.SCHED_CONTROL_CONFIGURE) {
            return KernelError.illegalOperation();
        }
        int timeWords = Long.SIZE / wordBits;
        if (target < 0 || message.length() < 2 * timeWords + WORDS_BEHIND_TIMES) {
            return KernelError.truncatedMessage();
        }
        return configure(
                target,
                time(message, 0),
                time(message, timeWords),
                message.word(2 * timeWords),
                message.word(2 * timeWords + 1),
                message.word(2 * timeWords + 2));
    }

    private long time(KernelMessage message, int index) {
        return wordBits == Long.SIZE ? message.word(index) : message.word(index + 1) << wordBits | message.word(index);
    }

    private KernelError configure(long target, long budget, long period, long extraRefills, long badge, long flags) {
        KernelError error = checkTimes(budget, period);
        if (error.failed()) {
            return error;
        }
        if (types.type(target) != ObjectType.SCHED_CONTEXT) {
            return KernelError.invalidCapability(1);
        }
        long bytes = 1L << slots.own().sizeBits(target);
        long most = (bytes - CORE_WORDS * (wordBits / Byte.SIZE) - CORE_BYTES) / REFILL_BYTES;
        if (Long.compareUnsigned(extraRefills, most) > 0) {
            return KernelError.rangeError(0, most);
        }
        long context = slots.object(target);
        SchedContextLayout.REFILLS.set(
                memory, context, budget == period ? LEAST_REFILLS : extraRefills + LEAST_REFILLS);
        SchedContextLayout.SPORADIC.set(memory, context, flags & SPORADIC);
        SchedContextLayout.BADGE.set(memory, context, badge);
        SchedContextLayout.BUDGET.set(memory, context, budget);
        SchedContextLayout.PERIOD.set(memory, context, period);
        return KernelError.NO_ERROR;
    }

    private KernelError checkTimes(long budget, long period) {
        long least = KernelState.leastTime(memory, state);
        long most = KernelState.mostTime(memory, state);
        if (isBeyond(budget, least, most) || isBeyond(period, least, most)) {
            return KernelError.rangeError(least, word(most));
        }
        return Long.compareUnsigned(budget, period) > 0
                ? KernelError.rangeError(least, word(period))
                : KernelError.NO_ERROR;
    }

    private static boolean isBeyond(long time, long least, long most) {
        return Long.compareUnsigned(time, most) > 0 || Long.compareUnsigned(time, least) < 0;
    }

    /** An error tells a time in one word. */
    private long word(long time) {
        return time & -1L >>> Long.SIZE - wordBits;
    }

    KernelReply context(long slot, KernelMessage message, long object) {
        long context = slots.object(slot);
        return switch ((int) Math.max(message.label(), Integer.MIN_VALUE)) {
            case Labels.SCHED_CONTEXT_BIND ->
                KernelReply.of(object < 0 ? KernelError.truncatedMessage() : bind(context, object));
            case Labels.SCHED_CONTEXT_UNBIND -> KernelReply.of(unbind(context));
            case Labels.SCHED_CONTEXT_UNBIND_OBJECT ->
                KernelReply.of(object < 0 ? KernelError.truncatedMessage() : unbindObject(context, object));
            case Labels.SCHED_CONTEXT_CONSUMED -> consumed();
            case Labels.SCHED_CONTEXT_YIELD_TO ->
                bindings.threadOfContext(context) < 0 || isRunning(context)
                        ? KernelReply.of(KernelError.illegalOperation())
                        : consumed();
            default -> KernelReply.of(KernelError.illegalOperation());
        };
    }

    private KernelReply consumed() {
        return new KernelReply(KernelError.NO_ERROR, wordBits == Long.SIZE ? List.of(0L) : List.of(0L, 0L));
    }

    private KernelError bind(long context, long object) {
        long other = slots.object(object);
        return switch (slots.type(object)) {
            case TCB -> {
                if (bindings.threadOfContext(context) >= 0 || bindings.contextOfThread(other) >= 0) {
                    yield KernelError.illegalOperation();
                }
                bindings.bindContext(context, other);
                yield KernelError.NO_ERROR;
            }
            case NOTIFICATION -> {
                if (bindings.notificationOfContext(context) >= 0 || bindings.contextOfNotification(other) >= 0) {
                    yield KernelError.illegalOperation();
                }
                bindings.bindContextToNotification(context, other);
                yield KernelError.NO_ERROR;
            }
            default -> KernelError.invalidCapability(1);
        };
    }

    private KernelError unbindObject(long context, long object) {
        long other = slots.object(object);
        return switch (slots.type(object)) {
            case TCB -> {
                if (bindings.threadOfContext(context) != other || isRunning(context)) {
                    yield KernelError.illegalOperation();
                }
                bindings.unbindContextThread(context);
                yield KernelError.NO_ERROR;
            }
            case NOTIFICATION -> {
                if (bindings.notificationOfContext(context) != other) {
                    yield KernelError.illegalOperation();
                }
                bindings.unbindContextNotification(context);
                yield KernelError.NO_ERROR;
            }
            default -> KernelError.invalidCapability(1);
        };
    }

    private KernelError unbind(long context) {
        // whoever calls would stop in the middle of it
        if (isRunning(context)) {
            return KernelError.illegalOperation();
        }
        bindings.unbindContextThread(context);
        bindings.unbindContextNotification(context);
        return KernelError.NO_ERROR;
    }

    private boolean isRunning(long context) {
        long tcb = bindings.threadOfContext(context);
        return tcb >= 0 && tcb == KernelState.thread(memory, state);
    }
}
