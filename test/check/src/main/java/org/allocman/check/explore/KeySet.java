package org.allocman.check.explore;

import java.util.Arrays;

/** A set of keys of 128 bits, which never shrinks until it is cleared. */
final class KeySet {
    private static final int FIRST = 1 << 10;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    // two words an entry, high and low; both 0 is an empty entry, and that key is kept apart
    private long[] table = new long[2 * FIRST];
    private int size;
    private boolean hasZero;

    /** Adds a key; false if it was there. */
    boolean add(long high, long low) {
        if (high == 0 && low == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        int at = index(high, low);
        if (table[at] != 0 || table[at + 1] != 0) {
            return false;
        }
        table[at] = high;
        table[at + 1] = low;
        size++;
        if (2 * size > table.length / 2) {
            grow();
        }
        return true;
    }

    private int index(long high, long low) {
        int mask = table.length / 2 - 1;
        int at = (int) ((high * SPREAD ^ low) * SPREAD >>> Integer.SIZE) & mask;
        while ((table[2 * at] != 0 || table[2 * at + 1] != 0) && (table[2 * at] != high || table[2 * at + 1] != low)) {
            at = at + 1 & mask;
        }
        return 2 * at;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                int at = index(old[i], old[i + 1]);
                table[at] = old[i];
                table[at + 1] = old[i + 1];
            }
        }
    }

    void clear() {
        Arrays.fill(table, 0);
        size = 0;
        hasZero = false;
    }
}
