package org.allocman.lab.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.vka.InvocationKind;

/**
 * Counts what happens between two moments. Time is the processor's, so that other processes on the machine disturb it less.
 */
final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final InvocationKind[] KINDS = InvocationKind.values();

    private final CountingKernel kernel;
    private final long[] before = new long[KINDS.length];
    private final long[] counts = new long[KINDS.length];
    private long garbageBefore;
    private long nanosBefore;
    private long leastGarbage = Long.MAX_VALUE;
    private long leastNanos = Long.MAX_VALUE;
    private long turns;

    Meter(CountingKernel kernel) {
        this.kernel = kernel;
    }

    void start() {
        for (InvocationKind kind : KINDS) {
            before[kind.ordinal()] = kernel.count(kind);
        }
        garbageBefore = THREADS.getCurrentThreadAllocatedBytes();
        nanosBefore = THREADS.getCurrentThreadCpuTime();
    }

    void stop() {
        long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
        long garbage = THREADS.getCurrentThreadAllocatedBytes() - garbageBefore;
        leastNanos = Math.min(leastNanos, nanos);
        leastGarbage = Math.min(leastGarbage, garbage);
        for (InvocationKind kind : KINDS) {
            counts[kind.ordinal()] += kernel.count(kind) - before[kind.ordinal()];
        }
        turns++;
    }

    /**
     * A steady work, turn by turn. The least garbage and time of a turn count: a page of the simulated memory that is touched
     * for the first time is no garbage.
     */
    static Meter ofTurns(CountingKernel kernel, int turns, WorkProgress progress, Runnable turn) {
        Meter meter = new Meter(kernel);
        for (int i = 0; i < turns; i++) {
            meter.start();
            turn.run();
            meter.stop();
            progress.at(i + 1, turns);
        }
        return meter;
    }

    double count(InvocationKind kind) {
        return (double) counts[kind.ordinal()] / turns;
    }

    double total() {
        double total = 0;
        for (InvocationKind kind : KINDS) {
            total += count(kind);
        }
        return total;
    }

    double garbage() {
        return leastGarbage;
    }

    double nanos() {
        return leastNanos;
    }

    /** Invocations by kind for each of so many operations a turn; kinds that did not happen are left out. */
    Map<InvocationKind, Double> perOperation(double operations) {
        Map<InvocationKind, Double> map = new EnumMap<>(InvocationKind.class);
        for (InvocationKind kind : KINDS) {
            if (counts[kind.ordinal()] != 0) {
                map.put(kind, count(kind) / operations);
            }
        }
        return map;
    }
}
