package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.List;

/**
 * A law about something that can be looked at.
 *
 * @param <S> what is looked at: a kernel's memory, a manager, an operation
 * @param name its name in seL4's proofs, or ours
 * @param meaning what it says, in a sentence
 * @param check finds what breaks it
 */
public record Invariant<S>(String name, String meaning, Check<S> check) {
    /**
     * Finds what breaks a law.
     *
     * @param <S> what is looked at
     */
    @FunctionalInterface
    public interface Check<S> {
        /**
         * Looks.
         *
         * @param subject what to look at
         * @return sentences that name the slot, object or address that breaks the law; empty if it holds
         */
        List<String> violations(S subject);
    }

    /**
     * Looks.
     *
     * @param subject what to look at
     * @return sentences that name the slot, object or address that breaks the law; empty if it holds
     */
    public List<String> violations(S subject) {
        return check.violations(subject);
    }

    /**
     * Checks several laws.
     *
     * @param <S> what is looked at
     * @param laws the laws
     * @param subject what to look at
     * @return what is broken, each with the law's name in front; empty if all is well
     */
    public static <S> List<String> check(List<Invariant<S>> laws, S subject) {
        List<String> broken = new ArrayList<>();
        for (Invariant<S> law : laws) {
            for (String violation : law.violations(subject)) {
                broken.add(law.name() + ": " + violation);
            }
        }
        return broken;
    }
}
