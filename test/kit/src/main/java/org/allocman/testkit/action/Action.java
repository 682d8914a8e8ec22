package org.allocman.testkit.action;

/**
 * Something that can be done to a machine. Whatever an action has to remember, it keeps in the machine's memory, so that it
 * is forgotten when the machine goes back.
 */
public interface Action {
    /**
     * The action's name, by which a history can be replayed.
     *
     * @return words, different from those of the machine's other actions, without line breaks and brackets
     */
    String name();

    /**
     * Whether the action makes sense now: its precondition.
     *
     * @return false if it is to be passed over
     */
    boolean isEnabled();

    /**
     * Does it, and checks what it did: its postcondition.
     *
     * @return what came of it
     */
    Outcome perform();
}
