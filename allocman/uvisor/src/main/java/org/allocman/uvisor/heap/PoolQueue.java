package org.allocman.uvisor.heap;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;

/**
 * Slots that are allocated from a list of free ones, last freed first, and queued first in, first out. A slot that is not in
 * the queue has a state where a queued one has its predecessor, so a slot is a word of 16 bits.
 */
public final class PoolQueue {
    /*
     *   header   63          56  47    40  39    32  31    24  23    16  15     8  7      0
     *            +-------------+---------+---------+---------+---------+---------+--------+
     *            | lock        | tail    | head    | first   | alloca- | slots   | 0      |
     *            |             |         |         | free    | ted     |         |        |
     *            +-------------+---------+---------+---------+---------+---------+--------+
     *   slots    a word each: next in bits 0 to 7, previous or state in bits 8 to 15
     */
    /** No slot: an end of a list, or an answer. */
    public static final int INVALID = 255;

    /** The state of a slot that is allocated and not in the queue. */
    public static final int DEQUEUED = 254;

    /** The state of a slot that is not allocated. */
    public static final int FREE = 253;

    /** The most slots. */
    public static final int MOST_SLOTS = 251;

    private static final Bits SLOTS = new Bits("slots", 0, 8, 8);
    private static final Bits ALLOCATED = new Bits("allocated", 0, 16, 8);
    private static final Bits FIRST_FREE = new Bits("first free", 0, 24, 8);
    private static final Bits HEAD = new Bits("head", 0, 32, 8);
    private static final Bits TAIL = new Bits("tail", 0, 40, 8);
    private static final Bits LOCK = new Bits("lock", 0, 56, 1);
    private static final Bits NEXT = new Bits("next", 0, 0, 8);
    private static final Bits PREVIOUS = new Bits("previous or state", 0, 8, 8);
    private static final int HEADER = 8;
    private static final int SLOT = 8;

    private final Memory memory;
    private final long state;

    /** Whether a slot is looked for. */
    @FunctionalInterface
    public interface Query {
        /**
         * Called with a queued slot.
         *
         * @param slot its number
         * @return true to end the search
         */
        boolean matches(int slot);
    }

    /**
     * A view of the queue at an address.
     *
     * @param memory where it lies
     * @param state address of {@link #bytes} bytes, a multiple of 8
     */
    public PoolQueue(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /**
     * The memory a queue takes.
     *
     * @param slots how many slots
     * @return bytes
     */
    public static @Bytes long bytes(int slots) {
        return HEADER + (long) slots * SLOT;
    }

    /**
     * Makes all slots free and the queue empty.
     *
     * @param slots how many, 1 to {@link #MOST_SLOTS}
     * @return false, with nothing changed, if there cannot be so many
     */
    public boolean initialise(long slots) {
        if (slots < 1 || slots > MOST_SLOTS) {
            return false;
        }
        memory.store64(state, 0, 0);
        SLOTS.set(memory, state, slots);
        HEAD.set(memory, state, INVALID);
        TAIL.set(memory, state, INVALID);
        for (int slot = 0; slot < slots; slot++) {
            set(slot, slot + 1 == slots ? INVALID : slot + 1, FREE);
        }
        return true;
    }

    /**
     * How many slots are allocated.
     *
     * @return a number
     */
    public int allocated() {
        return (int) ALLOCATED.get(memory, state);
    }

    /**
     * The slot that is dequeued next.
     *
     * @return its number, or {@link #INVALID}
     */
    public int head() {
        return (int) HEAD.get(memory, state);
    }

    /**
     * The slot that was queued last.
     *
     * @return its number, or {@link #INVALID}
     */
    public int tail() {
        return (int) TAIL.get(memory, state);
    }

    /**
     * The slot that is allocated next.
     *
     * @return its number, or {@link #INVALID}
     */
    public int firstFree() {
        return (int) FIRST_FREE.get(memory, state);
    }

    /**
     * Takes the lock, as a thread does while it works on the queue; then the {@code try} operations fail.
     *
     * @return false if it is taken already
     */
    public boolean tryLock() {
        if (LOCK.get(memory, state) != 0) {
            return false;
        }
        LOCK.set(memory, state, 1);
        return true;
    }

    /** Gives the lock back. */
    public void unlock() {
        LOCK.set(memory, state, 0);
    }

    private boolean isLocked() {
        return LOCK.get(memory, state) != 0;
    }

    /**
     * Allocates a slot.
     *
     * @return its number, or {@link #INVALID} if none is free
     */
    public int allocate() {
        int slot = firstFree();
        if (slot != INVALID) {
            FIRST_FREE.set(memory, state, next(slot));
            set(slot, INVALID, DEQUEUED);
            ALLOCATED.set(memory, state, allocated() + 1L);
        }
        return slot;
    }

    /**
     * Allocates a slot unless the lock is taken.
     *
     * @return its number, or {@link #INVALID} if none is free or the lock is taken
     */
    public int tryAllocate() {
        return isLocked() ? INVALID : allocate();
    }

    /**
     * Frees a slot.
     *
     * @param slot any number
     * @return the slot; {@link #FREE} if it is free already; {@link #INVALID} if there is no such slot or it is in the queue
     */
    public int free(int slot) {
        int state = stateOf(slot);
        if (state != DEQUEUED) {
            return state == FREE ? FREE : INVALID;
        }
        set(slot, firstFree(), FREE);
        FIRST_FREE.set(memory, this.state, slot);
        ALLOCATED.set(memory, this.state, allocated() - 1L);
        return slot;
    }

    /**
     * Frees a slot unless the lock is taken.
     *
     * @param slot any number
     * @return as {@link #free}, or {@link #INVALID} if the lock is taken
     */
    public int tryFree(int slot) {
        return isLocked() ? INVALID : free(slot);
    }

    /**
     * Puts a slot at the end of the queue.
     *
     * @param slot any number
     * @return the slot; {@link #FREE} if it is not allocated; {@link #INVALID} if there is no such slot or it is queued
     */
    public int enqueue(int slot) {
        int state = stateOf(slot);
        if (state != DEQUEUED) {
            return state == FREE ? FREE : INVALID;
        }
        int tail = tail();
        if (tail == INVALID) {
            HEAD.set(memory, this.state, slot);
        } else {
            NEXT.set(memory, at(tail), slot);
        }
        set(slot, INVALID, tail);
        TAIL.set(memory, this.state, slot);
        return slot;
    }

    /**
     * Puts a slot at the end of the queue unless the lock is taken.
     *
     * @param slot any number
     * @return as {@link #enqueue}, or {@link #INVALID} if the lock is taken
     */
    public int tryEnqueue(int slot) {
        return isLocked() ? INVALID : enqueue(slot);
    }

    /**
     * Takes a slot out of the queue, wherever it is.
     *
     * @param slot any number
     * @return the slot, its state if it is not queued, or {@link #INVALID} if there is no such slot
     */
    public int dequeue(int slot) {
        int state = stateOf(slot);
        if (slot < 0 || slot >= SLOTS.get(memory, this.state)) {
            return INVALID;
        }
        if (state == FREE || state == DEQUEUED) {
            return state;
        }
        int next = next(slot);
        if (state == INVALID) {
            HEAD.set(memory, this.state, next);
        } else {
            NEXT.set(memory, at(state), next);
        }
        if (next == INVALID) {
            TAIL.set(memory, this.state, state);
        } else {
            PREVIOUS.set(memory, at(next), state);
        }
        set(slot, INVALID, DEQUEUED);
        return slot;
    }

    /**
     * Takes a slot out of the queue unless the lock is taken.
     *
     * @param slot any number
     * @return as {@link #dequeue}, or {@link #INVALID} if the lock is taken
     */
    public int tryDequeue(int slot) {
        return isLocked() ? INVALID : dequeue(slot);
    }

    /**
     * Takes the first slot out of the queue.
     *
     * @return the slot, or {@link #INVALID} if the queue is empty
     */
    public int dequeueFirst() {
        int head = head();
        return head == INVALID ? INVALID : dequeue(head);
    }

    /**
     * Takes the first slot out of the queue unless the lock is taken.
     *
     * @return the slot, or {@link #INVALID} if the queue is empty or the lock is taken
     */
    public int tryDequeueFirst() {
        return isLocked() ? INVALID : dequeueFirst();
    }

    /**
     * Looks through the queue from its head.
     *
     * @param query which slot is wanted
     * @return the first that matches, or {@link #INVALID}
     */
    public int findFirst(Query query) {
        int slot = head();
        while (slot != INVALID && !query.matches(slot)) {
            slot = next(slot);
        }
        return slot;
    }

    /**
     * Looks through the queue from its head unless the lock is taken.
     *
     * @param query which slot is wanted
     * @return the first that matches, or {@link #INVALID}, also if the lock is taken
     */
    public int tryFindFirst(Query query) {
        return isLocked() ? INVALID : findFirst(query);
    }

    /** A slot's state; of a queued one its predecessor, {@link #INVALID} at the head, which a number that is no slot's also has. */
    private int stateOf(int slot) {
        boolean isSlot = slot >= 0 && slot < SLOTS.get(memory, state);
        return isSlot ? (int) PREVIOUS.get(memory, at(slot)) : INVALID;
    }

    private int next(int slot) {
        return (int) NEXT.get(memory, at(slot));
    }

    private void set(int slot, int next, int previous) {
        memory.store64(at(slot), 0, PREVIOUS.into(NEXT.into(0, next), previous));
    }

    private long at(int slot) {
        return state + HEADER + (long) slot * SLOT;
    }
}
