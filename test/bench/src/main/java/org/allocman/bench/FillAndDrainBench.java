package org.allocman.bench;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.measure.FillAndDrain;
import org.allocman.lab.measure.MeasuredMachine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** frames: the frames of 2^28 bytes are made and freed; an operation is one of both. */
@State(Scope.Benchmark)
public class FillAndDrainBench extends SideBySide {
    private static final int FRAMES = 1 << 16;
    private static final int UNTYPED_BITS = 28;

    /** Which untyped manager. */
    @Param({"arena", "split"})
    private String manager;

    /** Which kernel. */
    @Param({"IDLE", "SIMULATED"})
    private KernelKind kernel;

    /** In which order they are freed. */
    @Param({"SAME", "REVERSE", "RANDOM"})
    private FillAndDrain.Order order;

    private FillAndDrain work;

    /** Starts. */
    @Setup
    public void start() {
        PlainMachine machine = MeasuredMachine.roomFor(FRAMES)
                .untyped(1L << UNTYPED_BITS, UNTYPED_BITS, false)
                .build();
        work = new FillAndDrain(
                MeasuredMachine.start(machine, design(manager), kernel.wrapper())
                        .allocman(),
                FRAMES);
    }

    /** Makes all frames and frees them. */
    @Benchmark
    @OperationsPerInvocation(2 * FRAMES)
    public void fillAndDrain() {
        work.fill();
        work.drain(order);
    }
}
