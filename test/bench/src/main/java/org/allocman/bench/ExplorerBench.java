package org.allocman.bench;

import java.util.concurrent.TimeUnit;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ToySystem;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.sim.board.Boards;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** B11: explorations as a whole; {@code generated} and {@code distinct} are states a second. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ExplorerBench {
    private static final int SLOTS = 4;
    private static final int KERNEL_SLOTS = 8;
    private static final int KERNEL_DEPTH = 6;

    /** Makes the benchmark; JMH calls it. */
    public ExplorerBench() {}

    /** How many states there were. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class States {
        /** Actions that were taken. */
        public long generated;

        /** States that were new. */
        public long distinct;

        /** Makes the counters; JMH calls it. */
        public States() {}

        Exploration count(Exploration found) {
            generated += found.generated();
            distinct += found.distinct();
            return found;
        }
    }

    /**
     * The toy of four slots, to the end.
     *
     * @param states counts
     * @return what was found
     */
    @Benchmark
    public Exploration toy(States states) {
        return states.count(Explorer.explore(new ToySystem(SLOTS, false), Limits.NONE, ExplorationListener.NONE));
    }

    /**
     * A kernel with eight slots on the tiny board, every rule checked in every state.
     *
     * @param states counts
     * @return what was found
     * @throws Exception if the board does not boot
     */
    @Benchmark
    public Exploration kernel(States states) throws Exception {
        SystemOptions options = new SystemOptions(Boards.byName("tiny"), KERNEL_SLOTS, 0, true);
        return states.count(Explorer.explore(
                SystemKind.KERNEL.system(options), Limits.NONE.withDepth(KERNEL_DEPTH), ExplorationListener.NONE));
    }
}
