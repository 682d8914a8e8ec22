package org.allocman.check.explore;

import java.util.List;
import org.allocman.qual.Bytes;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of an exploration.
 *
 * @param end why it ended
 * @param generated how many actions were taken to look where they lead
 * @param distinct how many different states were seen, the first one included
 * @param depth length of the longest of the shortest histories to a state
 * @param completeDepth every state that so many actions lead to was seen, and no rule is broken in any of them; there may be others
 *     that more actions lead to
 * @param queue how many states were seen whose actions were not all taken
 * @param nanos how long it took
 * @param bytes how many bytes the stored states take, in memory and on disk
 * @param bytesOnDisk how many of them are on disk
 * @param collisionOdds the chance that two different states were taken for one, at most; 0 if keys are exact
 * @param stuck how many states have no action that is enabled, of those whose actions were taken
 * @param actions what became of each kind of actions, if the system counts them
 * @param rules which rules there are, if the system tells, and whether they had anything to look at
 * @param violation the rules that are broken and how to break them, or null if none was
 */
public record Exploration(
        End end,
        long generated,
        long distinct,
        int depth,
        int completeDepth,
        long queue,
        long nanos,
        @Bytes long bytes,
        @Bytes long bytesOnDisk,
        double collisionOdds,
        long stuck,
        List<ActionCount> actions,
        List<RuleUse> rules,
        @Nullable Violation violation) {
    private static final double NANOS_IN_SECOND = 1e9;

    /**
     * What became of a kind of actions.
     *
     * @param name the kind
     * @param enabled in how many states such an action was enabled
     * @param taken how often one was taken; more often than enabled, if invocations were refused
     * @param refused how often it was refused
     * @param unchanged how often it was done, and the state was the same
     */
    public record ActionCount(String name, long enabled, long taken, long refused, long unchanged) {}

    /**
     * Whether a rule was put to use.
     *
     * @param name the rule
     * @param used whether it had something to look at in a state that was asked, or by an action that was taken; a rule that never had is
     *     not broken, and not known to hold
     */
    public record RuleUse(String name, boolean used) {}

    /**
     * Keeps the lists as they are now.
     *
     * @param end why it ended
     * @param generated how many actions were taken to look where they lead
     * @param distinct how many different states were seen, the first one included
     * @param depth length of the longest of the shortest histories to a state
     * @param completeDepth every state that so many actions lead to was seen
     * @param queue how many states were seen whose actions were not all taken
     * @param nanos how long it took
     * @param bytes how many bytes the stored states take, in memory and on disk
     * @param bytesOnDisk how many of them are on disk
     * @param collisionOdds the chance that two different states were taken for one, at most; 0 if keys are exact
     * @param stuck how many states have no action that is enabled
     * @param actions what became of each kind of actions
     * @param rules which rules there are, and whether they had anything to look at
     * @param violation the rules that are broken and how to break them, or null if none was
     */
    public Exploration {
        actions = List.copyOf(actions);
        rules = List.copyOf(rules);
    }

    /**
     * Whether everything was seen that was asked for: all states, or all up to the greatest depth.
     *
     * @return false if a violation or another limit ended it before
     */
    public boolean isWhole() {
        return end == End.COMPLETE || end == End.DEPTH;
    }

    /** Why an exploration ended. */
    public enum End {
        /** Every reachable state was seen, and every action taken in it. */
        COMPLETE("every reachable state"),
        /** Every state up to the greatest depth was seen. */
        DEPTH("the greatest depth"),
        /** The greatest number of states was reached. */
        STATES("the greatest number of states"),
        /** The index of states needs more memory than it may have. */
        MEMORY("the greatest amount of memory"),
        /** The time was up. */
        TIME("the time"),
        /** It was interrupted. */
        INTERRUPTED("an interruption"),
        /** A rule was broken. */
        VIOLATION("a violation");

        private final String text;

        End(String text) {
            this.text = text;
        }

        /**
         * The reason in words.
         *
         * @return for instance {@code the greatest depth}
         */
        public String text() {
            return text;
        }
    }

    /**
     * The speed.
     *
     * @return generated states a second
     */
    public long statesPerSecond() {
        return Math.round(generated * NANOS_IN_SECOND / Math.max(1, nanos));
    }

    /**
     * What a state costs.
     *
     * @return bytes for each distinct state, queue and history included
     */
    public double bytesPerState() {
        return (double) bytes / distinct;
    }
}
