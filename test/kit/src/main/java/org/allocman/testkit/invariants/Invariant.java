package org.allocman.testkit.invariants;

import java.util.List;

/**
 * A law about a kernel's memory.
 *
 * @param name its name in seL4's proofs, or ours
 * @param meaning what it says, in a sentence
 * @param check finds what breaks it
 */
public record Invariant(String name, String meaning, Check check) {
    /** Finds what breaks a law. */
    @FunctionalInterface
    public interface Check {
        /**
         * Looks at a machine.
         *
         * @param view the machine
         * @return sentences that name the slot, object or address that breaks the law; empty if it holds
         */
        List<String> violations(KernelView view);
    }

    /**
     * Looks at a machine.
     *
     * @param view the machine
     * @return sentences that name the slot, object or address that breaks the law; empty if it holds
     */
    public List<String> violations(KernelView view) {
        return check.violations(view);
    }
}
