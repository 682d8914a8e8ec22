package org.allocman.check.explore;

import java.util.List;
import org.allocman.check.explore.Exploration.ActionCount;

/**
 * A transition system: a state, the actions that are enabled in it, and what each of them leads to. It is deterministic:
 * the same actions lead from the first state to the same state again. It goes back by undoing, so that states need not be
 * copied: the explorer keeps of a state its key, the state it was first reached from and the action that led to it.
 */
public interface TransitionSystem {
    /** Answered in place of an action when there is none left. */
    int NONE = -1;

    /** Actions are numbered from 0 to one less than this. */
    int MOST_ACTIONS = 1 << 24;

    /**
     * The first action that is enabled in the present state.
     *
     * @return its number, or {@link #NONE}
     */
    int first();

    /**
     * The next action that is enabled in the present state. It is asked after {@code action} has been taken and undone, so
     * what was learned from that may decide.
     *
     * @param action the one before
     * @return its number, or {@link #NONE}
     */
    int next(int action);

    /**
     * Whether an action is enabled in the present state.
     *
     * @param action any number
     * @return true if it may be taken
     */
    default boolean isEnabled(int action) {
        int enabled = first();
        while (enabled >= 0 && enabled != action) {
            enabled = next(enabled);
        }
        return enabled >= 0;
    }

    /**
     * Takes an action.
     *
     * @param action an action that is enabled in the present state
     * @return false if the step itself broke a rule, whatever the state it led to; {@link #broken} then says which
     */
    boolean take(int action);

    /**
     * Takes an action and tells about it.
     *
     * @param action an action that is enabled in the present state
     * @return a row of a history
     */
    Step tell(int action);

    /**
     * How many kinds of actions there are, for the table of what was taken. Actions that differ in what is refused on the way are
     * of one kind.
     *
     * @return how many, numbered from 0; 0 if nobody counts
     */
    default int kinds() {
        return 0;
    }

    /**
     * The kind of an action.
     *
     * @param action its number
     * @return 0 to one less than {@link #kinds}
     */
    default int kind(int action) {
        return 0;
    }

    /**
     * An action of a kind with nothing refused on the way.
     *
     * @param kind 0 to one less than {@link #kinds}
     * @return its number, or {@link #NONE} if nobody knows
     */
    default int plain(int kind) {
        return NONE;
    }

    /**
     * The same action with nothing refused on the way.
     *
     * @param action its number
     * @return the number of the action that is meant to be taken; the same one if nothing is refused
     */
    default int withoutFaults(int action) {
        return action;
    }

    /**
     * The name of a kind of actions.
     *
     * @param kind 0 to one less than {@link #kinds}
     * @return its name
     */
    default String kindName(int kind) {
        return "action " + kind;
    }

    /**
     * Whether the last action was refused.
     *
     * @return false if it was done, or if nobody knows
     */
    default boolean wasRefused() {
        return false;
    }

    /**
     * What the last action answered.
     *
     * @return in words; empty if nobody knows
     */
    default String lastAnswer() {
        return "";
    }

    /**
     * The present state as people see it.
     *
     * @return short lines; empty if there is nothing to see
     */
    default List<String> facts() {
        return List.of();
    }

    /**
     * Whether a state in which no action is enabled breaks a rule.
     *
     * @return false if the system may stop
     */
    default boolean mustGoOn() {
        return false;
    }

    /**
     * Marks the present state.
     *
     * @return what {@link #rewind} takes to return to it
     */
    int checkpoint();

    /**
     * Goes back.
     *
     * @param checkpoint a mark of the present state or of one on the way to it
     */
    void rewind(int checkpoint);

    /**
     * Whether the key is the state itself, in {@link #low} alone, and not a fingerprint of 128 bits.
     *
     * @return true if no two states share a key
     */
    boolean isExact();

    /**
     * The upper half of the present state's key. States that are the same but for a symmetry may have the same key, if what
     * is enabled, what it leads to and what is a violation are the same but for that symmetry, too.
     *
     * @return 64 bits, 0 if the key is exact
     */
    long high();

    /**
     * The lower half of the present state's key.
     *
     * @return 64 bits
     */
    long low();

    /**
     * Whether the present state breaks no rule; asked once for each state that is new.
     *
     * @return false if {@link #broken} has something to say
     */
    boolean isSound();

    /**
     * The rules that the last step or the present state breaks.
     *
     * @return sentences with the rule's name in front; empty if all is well
     */
    List<String> broken();

    /**
     * The rules, so that it can be told which of them never had anything to look at.
     *
     * @return their names, at most 63; empty if nobody tells
     */
    default List<String> rules() {
        return List.of();
    }

    /**
     * Which rules have something to look at in the present state.
     *
     * @param wanted a bit for each rule that is asked about, from the first one on
     * @return a bit for each of those that have
     */
    default long lookedAt(long wanted) {
        return 0;
    }

    /**
     * Whether the actions that were taken gave a rule something to look at.
     *
     * @param rule its number in {@link #rules}
     * @param counts what became of each kind of actions
     * @return false if it is a rule about states
     */
    default boolean isExercised(int rule, List<ActionCount> counts) {
        return false;
    }

    /**
     * Whether it is known what the system comes back to, for {@link ResetCheck}.
     *
     * @return false if {@link #isReset} means nothing
     */
    default boolean hasReset() {
        return false;
    }

    /**
     * Whether the present state is one that the system must be able to come back to from everywhere: everything is free and whole.
     *
     * @return true if so
     */
    default boolean isReset() {
        return false;
    }

    /**
     * Whether an action gives something back, and nothing is refused on the way.
     *
     * @param action its number
     * @return false if it takes something, or if nobody knows
     */
    default boolean givesBack(int action) {
        return false;
    }
}
