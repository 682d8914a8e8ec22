package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.allocman.check.explore.Exploration.ActionCount;

/** Counts what becomes of each kind of actions. */
final class ActionTable {
    private static final int ENABLED = 0;
    private static final int TAKEN = 1;
    private static final int REFUSED = 2;
    private static final int UNCHANGED = 3;
    private static final int COLUMNS = 4;

    private final TransitionSystem system;
    private final long[] counts;
    private int lastKind = -1;

    // what was counted in this state, so that it can be forgotten: a row each, with two bits
    private int[] journal = new int[16];
    private int counted;

    ActionTable(TransitionSystem system) {
        this.system = system;
        this.counts = new long[system.kinds() * COLUMNS];
    }

    /** A new state: what is enabled in it counts once. */
    void beginState() {
        lastKind = -1;
        counted = 0;
    }

    /** Forgets what was counted since {@link #beginState}: not all actions of the state were taken. */
    void forgetState() {
        lastKind = -1;
        for (int i = 0; i < counted; i++) {
            add(journal[i] >> 2, (journal[i] & 2) != 0, (journal[i] & 1) != 0, -1);
        }
        counted = 0;
    }

    /** The counts as they are, one row behind the other. */
    long[] raw() {
        return counts.clone();
    }

    int size() {
        return counts.length;
    }

    /** Goes on with counts of an earlier run. */
    void restore(long[] earlier) {
        System.arraycopy(earlier, 0, counts, 0, counts.length);
    }

    /** The action that was just taken. */
    void count(int action, boolean isChanged) {
        if (counts.length == 0) {
            return;
        }
        int kind = system.kind(action);
        boolean isRefused = system.wasRefused();
        if (counted == journal.length) {
            journal = Arrays.copyOf(journal, 2 * counted);
        }
        journal[counted++] = kind << 2 | (isRefused ? 2 : 0) | (isChanged ? 1 : 0);
        add(kind, isRefused, isChanged, 1);
    }

    private void add(int kind, boolean isRefused, boolean isChanged, int one) {
        int row = kind * COLUMNS;
        counts[row + TAKEN] += one;
        if (kind != lastKind) {
            counts[row + ENABLED] += one;
            lastKind = kind;
        }
        if (isRefused) {
            counts[row + REFUSED] += one;
        } else if (!isChanged) {
            counts[row + UNCHANGED] += one;
        }
    }

    /** What one action is to be counted as, in one number, for {@link #countAll}. */
    static int packed(int kind, boolean isRefused, boolean isChanged) {
        return kind << 2 | (isRefused ? 2 : 0) | (isChanged ? 1 : 0);
    }

    /** Counts the first actions of a new state. */
    void countAll(int[] packed, int from, int to) {
        if (counts.length == 0) {
            return;
        }
        lastKind = -1;
        for (int i = from; i < to; i++) {
            add(packed[i] >> 2, (packed[i] & 2) != 0, (packed[i] & 1) != 0, 1);
        }
    }

    List<ActionCount> counts() {
        List<ActionCount> rows = new ArrayList<>();
        for (int kind = 0; kind * COLUMNS < counts.length; kind++) {
            int row = kind * COLUMNS;
            rows.add(new ActionCount(
                    system.kindName(kind),
                    counts[row + ENABLED],
                    counts[row + TAKEN],
                    counts[row + REFUSED],
                    counts[row + UNCHANGED]));
        }
        return rows;
    }
}
