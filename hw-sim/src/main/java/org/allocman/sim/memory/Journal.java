package org.allocman.sim.memory;

import java.util.Arrays;

/**
 * What the single store of the memory feeds: an undo journal of (address, old word), and a fingerprint that changes with
 * each word. It is off until somebody asks for it.
 */
final class Journal {
    private static final int FIRST_CAPACITY = 1024;
    private static final int MARK = 3;

    private boolean on;
    private long[] entries = new long[0];
    private int used;
    private long high;
    private long low;

    // position, upper and lower half of the fingerprint at each checkpoint on the way here, oldest first
    private long[] marks = new long[0];
    private int marked;

    boolean isOn() {
        return on;
    }

    void start(Fingerprint of) {
        on = true;
        used = 0;
        marked = 0;
        high = of.high();
        low = of.low();
    }

    void stop() {
        on = false;
        used = 0;
        entries = new long[0];
        marked = 0;
    }

    /** Marks the present moment, so that the fingerprint need not be computed when the memory returns to it. */
    int mark() {
        if (!isMarked(used)) {
            if (marked == marks.length) {
                marks = Arrays.copyOf(marks, Math.max(FIRST_CAPACITY * MARK, 2 * marked));
            }
            marks[marked] = used;
            marks[marked + 1] = high;
            marks[marked + 2] = low;
            marked += MARK;
        }
        return used;
    }

    /** Whether the newest mark that is not later than a position is of that position. */
    boolean isMarked(int position) {
        while (marked > 0 && marks[marked - MARK] > position) {
            marked -= MARK;
        }
        return marked > 0 && marks[marked - MARK] == position;
    }

    /** Drops all entries behind the newest mark, whose old words are all put back. */
    void returnToMark() {
        used = (int) marks[marked - MARK];
        high = marks[marked - MARK + 1];
        low = marks[marked - MARK + 2];
    }

    void record(long address, long old, long now) {
        if (old == now) {
            return;
        }
        if (used == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(FIRST_CAPACITY, 2 * used));
        }
        entries[used++] = address;
        entries[used++] = old;
        turn(address, old, now);
    }

    /** Undoes the newest entry; the caller puts the old word back. */
    void pop(long now) {
        used -= 2;
        turn(entries[used], now, entries[used + 1]);
    }

    int position() {
        return used;
    }

    long addressBelow(int position) {
        return entries[position - 2];
    }

    long oldWordBelow(int position) {
        return entries[position - 1];
    }

    Fingerprint fingerprint() {
        return new Fingerprint(high, low);
    }

    private void turn(long address, long old, long now) {
        high ^= Fingerprint.mixHigh(address, old) ^ Fingerprint.mixHigh(address, now);
        low ^= Fingerprint.mixLow(address, old) ^ Fingerprint.mixLow(address, now);
    }
}
