package org.allocman.check.explore;

import java.util.List;

/** One of several workers: it has a system of its own, and takes the actions of states that have numbers already. */
final class Expander {
    private final TransitionSystem system;
    private final StateStore store;
    private final Position position;
    private final HiddenState hidden;
    private final KeySet judged = new KeySet();
    private long unusedRules;

    Expander(TransitionSystem system, StateStore store) {
        this.system = system;
        this.store = store;
        this.position = new Position(system, store.log());
        this.hidden = new HiddenState(system);
    }

    TransitionSystem system() {
        return system;
    }

    Position position() {
        return position;
    }

    /** Begins with states none of which is known to this worker alone, and with the rules that had nothing to look at yet. */
    void beginBatch(long unused) {
        judged.clear();
        unusedRules = unused;
    }

    /** Takes the actions of some states of a level; it ends early if a rule is broken, since no later state counts then. */
    void expand(long from, long to, int depth, Expanded into) {
        into.clear();
        boolean goesOn = true;
        for (long state = from; state < to && goesOn; state++) {
            if (position.moveTo(state, depth)) {
                goesOn = expand(state, into);
            } else {
                into.wrong(List.of(HiddenState.OTHER_STATE));
                goesOn = false;
            }
            into.endState();
        }
    }

    private boolean expand(long state, Expanded into) {
        int checkpoint = position.checkpoint();
        long high = system.high();
        long low = system.low();
        boolean counts = system.kinds() > 0;
        boolean isSample = hidden.isSample(state);
        if (isSample) {
            hidden.remember();
        }
        if (unusedRules != 0 && RuleTable.isSample(state)) {
            into.usedRules(system.lookedAt(unusedRules));
        }
        int action = system.first();
        if (action < 0 && system.mustGoOn()) {
            into.wrong(List.of(Violation.STUCK));
            return false;
        }
        for (int ordinal = 1; action >= 0; action = system.next(action), ordinal++) {
            boolean good = system.take(action);
            long newHigh = system.high();
            long newLow = system.low();
            boolean isChanged = newLow != low || newHigh != high;
            into.action(counts ? ActionTable.packed(system.kind(action), system.wasRefused(), isChanged) : 0);
            int what = good ? Expanded.GOOD : Expanded.BROKEN;
            if (!good || isChanged && !store.holds(newHigh, newLow)) {
                if (good && judged.add(newHigh, newLow) && !system.isSound()) {
                    what = Expanded.UNSOUND;
                }
                into.newState(action, ordinal, what, newHigh, newLow);
            }
            String wrong = what == Expanded.GOOD && isSample ? hidden.again(action, checkpoint) : null;
            system.rewind(checkpoint);
            if (wrong != null) {
                into.wrong(List.of(wrong), action);
            }
            if (what != Expanded.GOOD || wrong != null) {
                return false;
            }
        }
        String wrong = isSample ? hidden.isAsBefore() : null;
        if (wrong != null) {
            into.wrong(List.of(wrong));
        }
        return wrong == null;
    }
}
