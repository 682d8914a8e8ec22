package org.allocman.check.explore;

import java.util.List;

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
}
