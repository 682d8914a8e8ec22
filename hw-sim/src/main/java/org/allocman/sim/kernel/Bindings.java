package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * What notifications hold in their object: the thread that is bound to them, and whether they were signalled. A binding is a
 * pointer in both objects, and is undone when either of them is deleted.
 */
public final class Bindings {
    /*
     *   word 0 | state:2 | .                 | thread's address, or-ed with 1; 0 for none :47 |
     *   word 1 | badge                                                                        |
     */
    /** Nothing was signalled. */
    public static final int IDLE = 0;

    /** It was signalled, and nobody has taken the signal. */
    public static final int ACTIVE = 2;

    private static final Bits THREAD = new Bits("bound thread", 0, 0, 47);
    private static final Bits STATE = new Bits("state", 0, 62, 2);
    private static final Word BADGE = new Word("badge", 8);
    private static final long PRESENT = 1;

    private final Memory memory;
    private final long shift;

    /**
     * A view of the bindings.
     *
     * @param memory the physical memory
     * @param slots the capabilities
     */
    public Bindings(Memory memory, Slots slots) {
        this.memory = memory;
        this.shift = TcbLayout.wordsShift(slots);
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

    /** Undoes a thread's binding, if it has one. */
    void unbindThread(long tcb) {
        long notification = notification(tcb);
        if (notification >= 0) {
            TcbLayout.NOTIFICATION.set(memory, tcb + shift, 0);
            THREAD.set(memory, notification, 0);
        }
    }

    void signal(long notification, long badge) {
        BADGE.set(memory, notification, BADGE.get(memory, notification) | badge);
        STATE.set(memory, notification, ACTIVE);
    }

    /** Lets go of everything that a notification holds; its object is all zero then. */
    void release(long notification) {
        long tcb = thread(notification);
        if (tcb >= 0) {
            unbindThread(tcb);
        }
        STATE.set(memory, notification, IDLE);
        BADGE.set(memory, notification, 0);
    }

    /** Whether a notification's object is all zero. */
    boolean isClear(long notification) {
        return memory.load64(notification, 0) == 0 && badge(notification) == 0;
    }
}
