package org.allocman.check.explore;

import java.util.List;

/**
 * Rules that are broken, and a history that breaks them.
 *
 * @param rules which rules, each with what breaks it
 * @param history the steps from the first state; the last one breaks the rules, and no shorter history breaks any
 */
public record Violation(List<String> rules, List<Step> history) {
    /** What is broken by a state without an enabled action, where the system must go on. */
    static final String STUCK = "goes on: no action is enabled";

    /**
     * Keeps the lists as they are now.
     *
     * @param rules which rules, each with what breaks it
     * @param history the steps from the first state; the last one breaks the rules, and no shorter history breaks any
     */
    public Violation {
        rules = List.copyOf(rules);
        history = List.copyOf(history);
    }
}
