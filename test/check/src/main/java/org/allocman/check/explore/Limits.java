package org.allocman.check.explore;

import java.time.Duration;
import org.allocman.qual.Bytes;

/**
 * How far an exploration may go.
 *
 * @param depth greatest number of actions in a history
 * @param states how many distinct states there may be, the last action's included
 * @param memory how many bytes the stored states may take in memory; what is more goes to a file in the directory for
 *     temporary files, all but the index of 5 to 11 bytes a state
 * @param time how long it may take
 */
public record Limits(int depth, long states, @Bytes long memory, Duration time) {
    /** As far as memory goes: half of what the JVM may have. */
    public static final Limits NONE =
            new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2, Duration.ofDays(365));

    /**
     * Checks the figures.
     *
     * @param depth greatest number of actions in a history
     * @param states how many distinct states there may be, the last action's included
     * @param memory how many bytes the stored states may take in memory
     * @param time how long it may take
     */
    public Limits {
        if (depth < 0 || states < 1 || memory < 0 || time.isNegative()) {
            throw new IllegalArgumentException("limits are not negative, and there is at least one state");
        }
    }

    /**
     * The same with another depth.
     *
     * @param actions greatest number of actions in a history
     * @return new limits
     */
    public Limits withDepth(int actions) {
        return new Limits(actions, states, memory, time);
    }

    /**
     * The same with another number of states.
     *
     * @param most how many distinct states there may be
     * @return new limits
     */
    public Limits withStates(long most) {
        return new Limits(depth, most, memory, time);
    }

    /**
     * The same with another amount of memory.
     *
     * @param bytes how many the stored states may take in memory
     * @return new limits
     */
    public Limits withMemory(@Bytes long bytes) {
        return new Limits(depth, states, bytes, time);
    }

    /**
     * The same with another duration.
     *
     * @param most how long it may take
     * @return new limits
     */
    public Limits withTime(Duration most) {
        return new Limits(depth, states, memory, most);
    }
}
