package org.allocman.uvisor.guard;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** What is loaded in which region of the MPU, and how important it is. */
final class RegionSlots {
    /*
     *    0          4          8          12
     *   +----------+----------+----------+----------+
     *   | active   | slot     | 0        | 0        |   the active box, the slot filled last
     *   +----------+----------+----------+----------+
     *   | priority | kind     | index    | 0        |   a slot; priority 0 is an empty one
     *   +----------+----------+----------+----------+
     */
    /** A region of the table of regions; the index is its number. */
    static final int ACL = 0;

    /** An eight of blocks that the box owns; the index is the octet. */
    static final int OWN = 1;

    /** An eight of blocks that are box 0's, to be read; the index is the octet. */
    static final int PUBLIC = 2;

    private static final HalfWord ACTIVE = new HalfWord("active box", 0);
    private static final HalfWord LAST = new HalfWord("slot filled last", 4);
    private static final HalfWord PRIORITY = new HalfWord("priority", 0);
    private static final HalfWord KIND = new HalfWord("kind", 4);
    private static final HalfWord INDEX = new HalfWord("index", 8);
    private static final int HEADER = 16;
    private static final int RECORD = 16;

    private final Memory memory;
    private final long state;
    private final int count;

    RegionSlots(Memory memory, long state, int count) {
        this.memory = memory;
        this.state = state;
        this.count = count;
    }

    static long bytes(int slots) {
        return HEADER + (long) slots * RECORD;
    }

    int active() {
        return (int) ACTIVE.get(memory, state);
    }

    void setActive(int box) {
        ACTIVE.set(memory, state, box);
    }

    void clear() {
        LAST.set(memory, state, 0);
        for (int slot = 0; slot < count; slot++) {
            set(slot, 0, 0, 0);
        }
    }

    void set(int slot, int priority, int kind, int index) {
        PRIORITY.set(memory, at(slot), priority);
        KIND.set(memory, at(slot), kind);
        INDEX.set(memory, at(slot), index);
    }

    int priority(int slot) {
        return (int) PRIORITY.get(memory, at(slot));
    }

    int kind(int slot) {
        return (int) KIND.get(memory, at(slot));
    }

    int index(int slot) {
        return (int) INDEX.get(memory, at(slot));
    }

    /** The slot that has something loaded, or -1. */
    int find(int kind, int index) {
        for (int slot = 0; slot < count; slot++) {
            if (priority(slot) != 0 && kind(slot) == kind && index(slot) == index) {
                return slot;
            }
        }
        return -1;
    }

    /**
     * The next slot, round and round, with something less important; if there is none, the next that does not hold the most
     * important of all.
     */
    int choose(int priority, int most) {
        int last = (int) LAST.get(memory, state);
        int chosen = -1;
        for (int step = 1; step <= count; step++) {
            int slot = (last + step) % count;
            if (priority(slot) < priority) {
                chosen = slot;
                break;
            }
            if (chosen < 0 && priority(slot) < most) {
                chosen = slot;
            }
        }
        if (chosen >= 0) {
            LAST.set(memory, state, chosen);
        }
        return chosen;
    }

    private long at(int slot) {
        return state + HEADER + (long) slot * RECORD;
    }
}
