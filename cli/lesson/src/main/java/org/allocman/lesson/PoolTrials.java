package org.allocman.lesson;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.allocman.qual.Bytes;

/** A board that can be booted with static pools of any size, a few times. What was booted last is what counts. */
public final class PoolTrials {
    /** How often it can be booted. */
    public static final int BOOTS = 3;

    private final LongUnaryOperator missing;
    private final List<Long> booted;

    /**
     * Trials that have not begun.
     *
     * @param missing says for a size of pool how many bytes are missing, 0 if the manager runs
     * @param booted where the size of each boot's pool is added, for whoever checks
     */
    public PoolTrials(LongUnaryOperator missing, List<Long> booted) {
        this.missing = missing;
        this.booted = booted;
    }

    /**
     * Boots the board, and starts a manager that has a static pool and nothing else.
     *
     * @param bytes size of the static pool in bytes
     * @return 0 if the manager runs; otherwise how many bytes of pool it says are missing
     * @throws IllegalStateException if the board has been booted {@value #BOOTS} times
     * @throws IllegalArgumentException if the board cannot be booted with such a pool
     */
    public @Bytes long boot(@Bytes long bytes) {
        if (booted.size() == BOOTS) {
            throw new IllegalStateException("the board has been booted " + BOOTS + " times, and may not be again");
        }
        long bytesMissing = missing.applyAsLong(bytes);
        booted.add(bytes);
        return bytesMissing;
    }

    /**
     * The pools that the board was booted with.
     *
     * @return sizes in bytes, the last one last
     */
    public List<Long> booted() {
        return List.copyOf(booted);
    }
}
