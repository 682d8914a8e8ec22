package org.allocman.check.explore;

import org.allocman.qual.Bytes;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of an exploration.
 *
 * @param end why it ended
 * @param generated how many actions were taken to look where they lead
 * @param distinct how many different states were seen, the first one included
 * @param depth length of the longest of the shortest histories to a state
 * @param queue how many states were seen whose actions were not all taken
 * @param nanos how long it took
 * @param bytes how many bytes the stored states take, in memory and on disk
 * @param bytesOnDisk how many of them are on disk
 * @param collisionOdds the chance that two different states were taken for one, at most; 0 if keys are exact
 * @param violation the rules that are broken and how to break them, or null if none was
 */
public record Exploration(
        End end,
        long generated,
        long distinct,
        int depth,
        long queue,
        long nanos,
        @Bytes long bytes,
        @Bytes long bytesOnDisk,
        double collisionOdds,
        @Nullable Violation violation) {
    private static final double NANOS_IN_SECOND = 1e9;

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
