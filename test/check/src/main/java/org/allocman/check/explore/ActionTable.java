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

    // an action in one number
    private static final int IS_CHANGED = 1;
    private static final int IS_REFUSED = 2;
    private static final int KIND_SHIFT = 2;

    private final TransitionSystem system;
    private final long[] counts;
    private int lastKind = -1;

    // what was counted in this state, so that it can be forgotten
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
        addAll(journal, 0, counted, -1);
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
        int packed = packed(system.kind(action), system.wasRefused(), isChanged);
        if (counted == journal.length) {
            journal = Arrays.copyOf(journal, 2 * counted);
        }
        journal[counted++] = packed;
        add(packed, 1);
    }

    private void add(int packed, int one) {
        int kind = packed >> KIND_SHIFT;
        int row = kind * COLUMNS;
        counts[row + TAKEN] += one;
        if (kind != lastKind) {
            counts[row + ENABLED] += one;
            lastKind = kind;
        }
        if ((packed & IS_REFUSED) != 0) {
            counts[row + REFUSED] += one;
        } else if ((packed & IS_CHANGED) == 0) {
            counts[row + UNCHANGED] += one;
        }
    }

    /** What one action is to be counted as, in one number, for {@link #countAll}. */
    static int packed(int kind, boolean isRefused, boolean isChanged) {
        return kind << KIND_SHIFT | (isRefused ? IS_REFUSED : 0) | (isChanged ? IS_CHANGED : 0);
    }

    /** Counts the first actions of a new state. */
    void countAll(int[] packed, int from, int to) {
        if (counts.length > 0) {
            addAll(packed, from, to, 1);
        }
    }

    private void addAll(int[] packed, int from, int to, int one) {
        lastKind = -1;
        for (int i = from; i < to; i++) {
            add(packed[i], one);
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
