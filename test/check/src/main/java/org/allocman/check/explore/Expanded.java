package org.allocman.check.explore;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of taking the actions of a few states, one state behind the other: each action, to be counted, and each state that is
 * not known yet. It is filled by one worker and then read by whoever gives states their numbers.
 */
final class Expanded {
    static final int GOOD = 0;
    /** The step itself broke a rule. */
    static final int BROKEN = 1;
    /** The state that it led to breaks a rule. */
    static final int UNSOUND = 2;

    private static final int FIRST = 64;

    // of each state where its actions and its new states end
    private int[] actionEnds = new int[FIRST];
    private int[] newEnds = new int[FIRST];
    private long[] usedRules = new long[FIRST];
    private int states;
    private long usedByThis;

    private int[] actions = new int[FIRST];
    private int actionCount;

    // of each new state: action, how many actions of its parent were taken up to that one, what is wrong; its key
    private int[] news = new int[3 * FIRST];
    private long[] keys = new long[2 * FIRST];
    private int newCount;

    private @Nullable List<String> wrong;
    private int[] wrongActions = {};

    void clear() {
        states = 0;
        actionCount = 0;
        newCount = 0;
        wrong = null;
    }

    void action(int packed) {
        if (actionCount == actions.length) {
            actions = Arrays.copyOf(actions, 2 * actionCount);
        }
        actions[actionCount++] = packed;
    }

    void newState(int action, int ordinal, int what, long high, long low) {
        if (3 * newCount == news.length) {
            news = Arrays.copyOf(news, 2 * news.length);
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        news[3 * newCount] = action;
        news[3 * newCount + 1] = ordinal;
        news[3 * newCount + 2] = what;
        keys[2 * newCount] = high;
        keys[2 * newCount + 1] = low;
        newCount++;
    }

    /** The rest of this state breaks a rule of the explorer's own, and nothing follows. */
    void wrong(List<String> rules, int... lastActions) {
        wrong = rules;
        wrongActions = lastActions;
    }

    /** Rules that have something to look at in this state, a bit each. */
    void usedRules(long used) {
        usedByThis = used;
    }

    long usedRules(int state) {
        return usedRules[state];
    }

    void endState() {
        if (states == actionEnds.length) {
            actionEnds = Arrays.copyOf(actionEnds, 2 * states);
            newEnds = Arrays.copyOf(newEnds, 2 * states);
            usedRules = Arrays.copyOf(usedRules, 2 * states);
        }
        actionEnds[states] = actionCount;
        newEnds[states] = newCount;
        usedRules[states] = usedByThis;
        usedByThis = 0;
        states++;
    }

    int states() {
        return states;
    }

    int firstAction(int state) {
        return state == 0 ? 0 : actionEnds[state - 1];
    }

    int endOfActions(int state) {
        return actionEnds[state];
    }

    int firstNew(int state) {
        return state == 0 ? 0 : newEnds[state - 1];
    }

    int endOfNew(int state) {
        return newEnds[state];
    }

    int[] actions() {
        return actions;
    }

    int actionOf(int number) {
        return news[3 * number];
    }

    /** How many actions of the parent were taken, this one included. */
    int ordinal(int number) {
        return news[3 * number + 1];
    }

    int what(int number) {
        return news[3 * number + 2];
    }

    long high(int number) {
        return keys[2 * number];
    }

    long low(int number) {
        return keys[2 * number + 1];
    }

    /** What is wrong with the last state, and the actions that follow its history; null if nothing is. */
    @Nullable
    List<String> wrong() {
        return wrong;
    }

    int[] wrongActions() {
        return wrongActions;
    }
}
