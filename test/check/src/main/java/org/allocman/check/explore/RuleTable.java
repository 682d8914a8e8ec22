package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.explore.Exploration.ActionCount;
import org.allocman.check.explore.Exploration.RuleUse;

/**
 * Which rules ever had something to look at: one that never had cannot have been broken. Some states are asked, the first ones and then
 * one of many; of what was taken everything counts.
 */
final class RuleTable {
    private static final int MOST_RULES = 63;
    private static final long ALWAYS = 256;
    private static final long OFTEN = 1 << 20;
    private static final long EACH = 1_021;
    private static final long EACH_LATER = 65_521;

    private final TransitionSystem system;
    private final List<String> names;

    // a bit for each rule that had nothing yet
    private long unused;

    RuleTable(TransitionSystem system) {
        this.system = system;
        this.names = system.rules();
        if (names.size() > MOST_RULES) {
            throw new IllegalArgumentException("at most " + MOST_RULES + " rules, not " + names.size());
        }
        this.unused = (1L << names.size()) - 1;
    }

    /** A bit for each rule that had nothing to look at yet. */
    long unused() {
        return unused;
    }

    /** Goes on from an earlier run. */
    void restore(long earlier) {
        unused &= earlier;
    }

    /** Whether a state is asked. */
    static boolean isSample(long state) {
        return state < ALWAYS || state % (state < OFTEN ? EACH : EACH_LATER) == 0;
    }

    /** Asks the present state, which has a number. */
    void look(long state) {
        if (unused != 0 && isSample(state)) {
            unused &= ~system.lookedAt(unused);
        }
    }

    /** What somebody else found with his system. */
    void found(long used) {
        unused &= ~used;
    }

    /** All rules, with what was taken. */
    List<RuleUse> uses(List<ActionCount> counts) {
        List<RuleUse> uses = new ArrayList<>();
        for (int rule = 0; rule < names.size(); rule++) {
            boolean isUsed = (unused >>> rule & 1) == 0 || system.isExercised(rule, counts);
            uses.add(new RuleUse(names.get(rule), isUsed));
        }
        return uses;
    }
}
