package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** A thread's priorities, and with MCS its scheduling context (seL4 manual, "seL4_TCB_SetSchedParams"). */
final class ThreadScheduling {
    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectTypes types;
    private final Bindings bindings;
    private final long state;
    private final long shift;

    ThreadScheduling(PagedMemory memory, Slots slots, ObjectTypes types, Bindings bindings, long state) {
        this.memory = memory;
        this.slots = slots;
        this.types = types;
        this.bindings = bindings;
        this.state = state;
        this.shift = TcbLayout.wordsShift(slots);
    }

    KernelError setPriority(long tcb, long authority, long priority, boolean isPriority) {
        KernelError error = checkPriority(authority, priority);
        if (!error.failed()) {
            (isPriority ? TcbLayout.PRIORITY : TcbLayout.MAX_PRIORITY).set(memory, slots.object(tcb) + shift, priority);
        }
        return error;
    }

    private KernelError checkPriority(long authority, long priority) {
        if (slots.type(authority) != CapabilityType.TCB) {
            return KernelError.invalidCapability(1);
        }
        long most = TcbLayout.MAX_PRIORITY.get(memory, slots.object(authority) + shift);
        return Long.compareUnsigned(priority, most) > 0 ? KernelError.rangeError(0, most) : KernelError.NO_ERROR;
    }

    /** Checks all but the fault handler, which is checked last; without MCS there is no context, a negative one. */
    KernelError check(long tcb, long authority, long maxPriority, long priority, long context) {
        KernelError error = checkPriority(authority, maxPriority);
        if (!error.failed()) {
            error = checkPriority(authority, priority);
        }
        return error.failed() || context < 0 ? error : checkContext(slots.object(tcb), context);
    }

    private KernelError checkContext(long thread, long context) {
        if (slots.isEmpty(context)) {
            return thread == KernelState.thread(memory, state) ? KernelError.illegalOperation() : KernelError.NO_ERROR;
        }
        if (types.type(context) != ObjectType.SCHED_CONTEXT) {
            return KernelError.invalidCapability(2);
        }
        long bound = bindings.contextOfThread(thread);
        // what it has it may keep
        boolean isFree = bound < 0 && bindings.threadOfContext(slots.object(context)) < 0;
        return isFree || bound == slots.object(context) ? KernelError.NO_ERROR : KernelError.illegalOperation();
    }

    /** Does what was checked; with MCS a context that is null is taken away. */
    void set(long tcb, long maxPriority, long priority, long context) {
        long thread = slots.object(tcb);
        TcbLayout.MAX_PRIORITY.set(memory, thread + shift, maxPriority);
        TcbLayout.PRIORITY.set(memory, thread + shift, priority);
        if (context < 0) {
            return;
        }
        long bound = bindings.contextOfThread(thread);
        if (!slots.isEmpty(context)) {
            bindings.bindContext(slots.object(context), thread);
        } else if (bound >= 0) {
            bindings.unbindContextThread(bound);
        }
    }
}
