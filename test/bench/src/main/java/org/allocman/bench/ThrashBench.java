package org.allocman.bench;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.measure.MeasuredMachine;
import org.allocman.lab.measure.Thrash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** thrash: one frame is made and freed in an empty untyped of 2^28 bytes; an operation is both. */
@State(Scope.Benchmark)
public class ThrashBench extends SideBySide {
    private static final int UNTYPED_BITS = 28;
    private static final int ROOM = 4096;
    private static final int PAIRS = 1000;

    /** Which untyped manager. */
    @Param({"arena", "split"})
    private String manager;

    /** Which kernel. */
    @Param({"IDLE", "SIMULATED"})
    private KernelKind kernel;

    private Thrash work;

    /** Starts. */
    @Setup
    public void start() {
        PlainMachine machine = MeasuredMachine.roomFor(ROOM)
                .untyped(1L << UNTYPED_BITS, UNTYPED_BITS, false)
                .build();
        work = new Thrash(MeasuredMachine.start(machine, design(manager), kernel.wrapper())
                .allocman());
    }

    /** Makes a frame and frees it, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void pairs() {
        work.pairs(PAIRS);
    }
}
