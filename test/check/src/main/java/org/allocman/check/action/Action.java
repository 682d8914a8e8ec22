package org.allocman.check.action;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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

    /**
     * Whether it gives something back, as freeing and trimming do: whoever takes such actions again and again comes to where everything is
     * free and whole.
     *
     * @return false if it takes something, or changes something else
     */
    default boolean givesBack() {
        return false;
    }

    /**
     * An action made of its parts that gives something back.
     *
     * @param name its name
     * @param enabled its precondition
     * @param work does it and checks what it did
     * @return the action
     */
    static Action givingBack(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        return of(name, enabled, work, true);
    }

    /**
     * An action made of its parts.
     *
     * @param name its name
     * @param enabled its precondition
     * @param work does it and checks what it did
     * @return the action
     */
    static Action of(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        return of(name, enabled, work, false);
    }

    private static Action of(String name, BooleanSupplier enabled, Supplier<Outcome> work, boolean givesBack) {
        return new Action() {
            @Override
            public boolean givesBack() {
                return givesBack;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isEnabled() {
                return enabled.getAsBoolean();
            }

            @Override
            public Outcome perform() {
                return work.get();
            }
        };
    }
}
