package org.allocman.check.explore;

import java.util.ArrayList;
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

    ActionTable(TransitionSystem system) {
        this.system = system;
        this.counts = new long[system.kinds() * COLUMNS];
    }

    /** A new state: what is enabled in it counts once. */
    void beginState() {
        lastKind = -1;
    }

    /** The action that was just taken. */
    void count(int action, boolean isChanged) {
        if (counts.length == 0) {
            return;
        }
        int kind = system.kind(action);
        int row = kind * COLUMNS;
        counts[row + TAKEN]++;
        if (kind != lastKind) {
            counts[row + ENABLED]++;
            lastKind = kind;
        }
        if (system.wasRefused()) {
            counts[row + REFUSED]++;
        } else if (!isChanged) {
            counts[row + UNCHANGED]++;
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
