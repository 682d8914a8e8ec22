package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks for state that does not go back with the system: the explorer would take different states for one, or stop too early. It
 * looks at the first states, and then at one of many.
 */
final class HiddenState {
    private static final long ALWAYS = 64;
    private static final long EACH = 1_021;
    private static final String RULE = "all state goes back: ";

    /** What is broken if a state is not found again. */
    static final String OTHER_STATE = RULE + "the same actions from the same state led to another one";

    private final TransitionSystem system;
    private List<Integer> enabled = List.of();
    private List<String> facts = List.of();

    HiddenState(TransitionSystem system) {
        this.system = system;
    }

    /** Whether a state is one that is looked at. */
    boolean isSample(long state) {
        return state < ALWAYS || state % EACH == 0;
    }

    /** Remembers what is enabled in the present state, and what people see of it. */
    void remember() {
        facts = system.facts();
        enabled = enabled();
    }

    private List<Integer> enabled() {
        List<Integer> actions = new ArrayList<>();
        int last = -1;
        for (int action = system.first(); action >= 0; action = system.next(action)) {
            // how many of a kind there are, which differ in what is refused, depends on what was taken before
            int kind = system.kinds() > 0 ? system.kind(action) : action;
            if (kind != last) {
                actions.add(kind);
                last = kind;
            }
        }
        return actions;
    }

    /** Takes an action that was just taken once more from the same state; a sentence if something else came of it. */
    @Nullable
    String again(int action, int checkpoint) {
        long high = system.high();
        long low = system.low();
        String answer = system.lastAnswer();
        system.rewind(checkpoint);
        system.take(action);
        if (system.high() != high || system.low() != low) {
            return RULE + "the last action, taken twice from the same state, led to two states";
        }
        return system.lastAnswer().equals(answer)
                ? null
                : RULE + "the last action, taken twice from the same state, answered " + answer + " and then "
                        + system.lastAnswer();
    }

    /** Whether the present state is as {@link #remember} found it; a sentence if not. */
    @Nullable
    String isAsBefore() {
        List<String> now = system.facts();
        if (!now.equals(facts)) {
            List<String> more = new ArrayList<>(now);
            more.removeAll(facts);
            List<String> fewer = new ArrayList<>(facts);
            fewer.removeAll(now);
            return RULE + "after each action was taken and undone, what is seen of the state is different: + " + more
                    + ", - " + fewer;
        }
        return enabled().equals(enabled)
                ? null
                : RULE + "after each action was taken and undone, other actions are enabled than before";
    }
}
