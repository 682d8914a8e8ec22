package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where a system stands in the tree of shortest histories, and how it gets from one state to another: back to where the two
 * histories part, and forward again. States are found in the order of their histories, so in that order the way is short:
 * about two steps as long as the tree branches.
 */
final class Position {
    private static final int FIRST_CAPACITY = 32;

    private final TransitionSystem system;
    private final StateLog log;
    private long[] states = new long[FIRST_CAPACITY];
    private long[] wanted = new long[FIRST_CAPACITY];
    private int[] checkpoints = new int[FIRST_CAPACITY];
    private int depth;

    /** A system in its first state, which is number 0 of the log. */
    Position(TransitionSystem system, StateLog log) {
        this.system = system;
        this.log = log;
        checkpoints[0] = system.checkpoint();
    }

    /** The mark of the state where the system stands. */
    int checkpoint() {
        return checkpoints[depth];
    }

    /** Brings the system to a state that so many actions lead to; false if they led to another one. */
    boolean moveTo(long state, int actions) {
        if (actions >= states.length) {
            states = Arrays.copyOf(states, 2 * actions);
            wanted = Arrays.copyOf(wanted, 2 * actions);
            checkpoints = Arrays.copyOf(checkpoints, 2 * actions);
        }
        int common = actions;
        long at = state;
        while (common > depth || states[common] != at) {
            wanted[common] = at;
            at = log.parent(at);
            common--;
        }
        if (common < depth) {
            system.rewind(checkpoints[common]);
        }
        for (depth = common; depth < actions; ) {
            depth++;
            system.take(log.action(wanted[depth]));
            states[depth] = wanted[depth];
            checkpoints[depth] = system.checkpoint();
        }
        return system.low() == log.low(state) && (system.isExact() || system.high() == log.high(state));
    }

    /** Tells the steps that lead to a state, and those that follow; the system ends behind the last of them. */
    List<Step> history(long state, int... last) {
        List<Integer> actions = new ArrayList<>();
        for (long at = state; at != 0; at = log.parent(at)) {
            actions.add(log.action(at));
        }
        Collections.reverse(actions);
        for (int action : last) {
            actions.add(action);
        }
        moveToStart();
        return actions.stream().map(system::tell).toList();
    }

    /** Brings the system to where it started. */
    void moveToStart() {
        system.rewind(checkpoints[0]);
        depth = 0;
    }
}
