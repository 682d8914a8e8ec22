package org.allocman.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** B9: blocks of 1 KiB; a random used one is freed and one is allocated. An operation is such a pair, clearing included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlocksBench {
    private static final long START = 0x20000000L;
    private static final long STATE = 1L << 32;
    private static final int BLOCK_BYTES = 1024;
    private static final int BOXES = 5;
    private static final int STEPS = 1000;
    private static final long SEED = 0x853C49E6748FEA9BL;

    /** How many blocks there are. */
    @Param({"16", "240", "4096"})
    private int blocks;

    /** How many of a thousand are in use. */
    @Param({"500", "900", "990", "999"})
    private int used;

    private BlockPool pool;
    private XorShift random;
    private int[] live;

    /** Fills. */
    @Setup
    public void fill() {
        long end = START + (long) blocks * BLOCK_BYTES;
        PhysicalMemory memory = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(START, end - 1), new PhysicalMemory.Extent(STATE, STATE + (1 << 20))));
        BlockGeometry.Range range = new BlockGeometry.Range(0, STATE, START, end);
        BlockGeometry geometry =
                BlockGeometry.of(MpuKind.ARMV7M, range, BLOCK_BYTES, blocks).get();
        pool = new BlockPool(memory.words(), geometry, BlockSource.ALWAYS_THERE, BOXES, STATE);
        pool.initialiseWhole();
        random = new XorShift(SEED);
        live = new int[Math.max(1, (int) ((long) blocks * used / 1000))];
        for (int i = 0; i < live.length; i++) {
            live[i] = pool.take(1);
        }
    }

    /** Frees one and takes one, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void pairs() {
        for (int i = 0; i < STEPS; i++) {
            int at = random.below(live.length);
            if (pool.giveBack(1, pool.geometry().addressOf(live[at])) != PageError.OK) {
                throw new IllegalStateException("a free was refused");
            }
            live[at] = pool.take(1);
        }
    }
}
