package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * What objects know of one another: a thread its notification and scheduling context, a notification its thread and scheduling
 * context, and a scheduling context both of them. A binding is a pointer in both objects, and is undone when either of them is
 * deleted. A notification also holds what was signalled.
 */
public final class Bindings {
    /*
     *   notification  word 0 | state:2 | .  | thread's address, or-ed with 1; 0 for none :47 |
     *                 word 1 | badge                                                         |
     *                 word 2 | with MCS: scheduling context, in the same way                 |
     *   thread        see TcbLayout
     *   scheduling context  see SchedContextLayout
     */
    /** Nothing was signalled. */
    public static final int IDLE = 0;

    /** It was signalled, and nobody has taken the signal. */
    public static final int ACTIVE = 2;

    private static final Bits THREAD = new Bits("bound thread", 0, 0, 47);
    private static final Bits STATE = new Bits("state", 0, 62, 2);
    private static final Word BADGE = new Word("badge", 8);
    private static final Word CONTEXT = new Word("bound scheduling context", 16);
    private static final long PRESENT = 1;

    private final Memory memory;
    private final long shift;
    private final boolean hasMcs;

    /**
     * A view of the bindings.
     *
     * @param memory the physical memory
     * @param slots the capabilities
     * @param hasMcs whether there are scheduling contexts
     */
    public Bindings(Memory memory, Slots slots, boolean hasMcs) {
        this.memory = memory;
        this.shift = TcbLayout.wordsShift(slots);
        this.hasMcs = hasMcs;
    }

    /**
     * The thread that is bound to a notification.
     *
     * @param notification physical address of the object
     * @return physical address of the TCB; negative if there is none
     */
    public @PhysAddr long thread(@PhysAddr long notification) {
        return address(THREAD.get(memory, notification));
    }

    /**
     * The notification that is bound to a thread.
     *
     * @param tcb physical address of the TCB
     * @return physical address of the object; negative if there is none
     */
    public @PhysAddr long notification(@PhysAddr long tcb) {
        return address(TcbLayout.NOTIFICATION.get(memory, tcb + shift));
    }

    /**
     * With MCS: the scheduling context of a thread.
     *
     * @param tcb physical address of the TCB
     * @return physical address of the object; negative if there is none
     */
    public @PhysAddr long contextOfThread(@PhysAddr long tcb) {
        return address(TcbLayout.SCHED_CONTEXT.get(memory, tcb + shift));
    }

    /**
     * With MCS: the scheduling context of a notification.
     *
     * @param notification physical address of the object
     * @return physical address of the object; negative if there is none
     */
    public @PhysAddr long contextOfNotification(@PhysAddr long notification) {
        return address(CONTEXT.get(memory, notification));
    }

    /**
     * The thread of a scheduling context.
     *
     * @param context physical address of the object
     * @return physical address of the TCB; negative if there is none
     */
    public @PhysAddr long threadOfContext(@PhysAddr long context) {
        return address(SchedContextLayout.THREAD.get(memory, context));
    }

    /**
     * The notification of a scheduling context.
     *
     * @param context physical address of the object
     * @return physical address of the object; negative if there is none
     */
    public @PhysAddr long notificationOfContext(@PhysAddr long context) {
        return address(SchedContextLayout.NOTIFICATION.get(memory, context));
    }

    private static long address(long word) {
        return word == 0 ? -1 : word & ~PRESENT;
    }

    /**
     * Whether a notification was signalled.
     *
     * @param notification physical address of the object
     * @return {@link #IDLE} or {@link #ACTIVE}
     */
    public int state(@PhysAddr long notification) {
        return (int) STATE.get(memory, notification);
    }

    /**
     * What was signalled.
     *
     * @param notification physical address of the object
     * @return the badges of all signals, or-ed
     */
    public long badge(@PhysAddr long notification) {
        return BADGE.get(memory, notification);
    }

    void bind(long tcb, long notification) {
        TcbLayout.NOTIFICATION.set(memory, tcb + shift, notification | PRESENT);
        THREAD.set(memory, notification, tcb | PRESENT);
    }

    /** Undoes the binding of a thread to a notification, if there is one. */
    void unbindThread(long tcb) {
        long notification = notification(tcb);
        if (notification >= 0) {
            TcbLayout.NOTIFICATION.set(memory, tcb + shift, 0);
            THREAD.set(memory, notification, 0);
        }
    }

    /**
     * With MCS: gives a thread time.
     *
     * @param context physical address of a scheduling context that no thread has
     * @param tcb physical address of a TCB that has none
     */
    public void bindContext(@PhysAddr long context, @PhysAddr long tcb) {
        TcbLayout.SCHED_CONTEXT.set(memory, tcb + shift, context | PRESENT);
        SchedContextLayout.THREAD.set(memory, context, tcb | PRESENT);
    }

    void bindContextToNotification(long context, long notification) {
        CONTEXT.set(memory, notification, context | PRESENT);
        SchedContextLayout.NOTIFICATION.set(memory, context, notification | PRESENT);
    }

    /** Takes a scheduling context from its thread, if it has one. */
    void unbindContextThread(long context) {
        long tcb = threadOfContext(context);
        if (tcb >= 0) {
            TcbLayout.SCHED_CONTEXT.set(memory, tcb + shift, 0);
            SchedContextLayout.THREAD.set(memory, context, 0);
        }
    }

    /** Takes a scheduling context from its notification, if it has one. */
    void unbindContextNotification(long context) {
        long notification = notificationOfContext(context);
        if (notification >= 0) {
            CONTEXT.set(memory, notification, 0);
            SchedContextLayout.NOTIFICATION.set(memory, context, 0);
        }
    }

    void signal(long notification, long badge) {
        BADGE.set(memory, notification, BADGE.get(memory, notification) | badge);
        STATE.set(memory, notification, ACTIVE);
    }

    /** A thread ends: nothing is bound to it any more. */
    void releaseThread(long tcb) {
        unbindThread(tcb);
        long context = hasMcs ? contextOfThread(tcb) : -1;
        if (context >= 0) {
            unbindContextThread(context);
        }
    }

    /** Lets go of everything that a notification holds; its object is all zero then. */
    void releaseNotification(long notification) {
        long tcb = thread(notification);
        if (tcb >= 0) {
            unbindThread(tcb);
        }
        long context = hasMcs ? contextOfNotification(notification) : -1;
        if (context >= 0) {
            unbindContextNotification(context);
        }
        STATE.set(memory, notification, IDLE);
        BADGE.set(memory, notification, 0);
    }

    /** Whether a notification's object is all zero. */
    boolean isClear(long notification) {
        return memory.load64(notification, 0) == 0
                && badge(notification) == 0
                && (!hasMcs || CONTEXT.get(memory, notification) == 0);
    }
}
