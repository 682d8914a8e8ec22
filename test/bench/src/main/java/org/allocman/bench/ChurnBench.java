package org.allocman.bench;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.measure.Churn;
import org.allocman.lab.measure.MeasuredMachine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** churn and churn-sizes: objects of four kinds are freed and made at random; an operation is half a step. */
@State(Scope.Benchmark)
public class ChurnBench extends SideBySide {
    private static final int STEPS = 1000;

    /** Which untyped manager. */
    @Param({"arena", "split"})
    private String manager;

    /** Which kernel. */
    @Param({"IDLE", "SIMULATED"})
    private KernelKind kernel;

    /** Live objects. */
    @Param({"1000", "10000", "100000", "1000000"})
    private int live;

    private Churn churn;

    /** Fills. */
    @Setup
    public void fill() {
        PlainMachine machine = MeasuredMachine.roomFor(live)
                .untyped(1L << Churn.UNTYPED_BITS, Churn.UNTYPED_BITS, false)
                .build();
        churn = new Churn(
                MeasuredMachine.start(machine, design(manager), kernel.wrapper())
                        .allocman(),
                live);
        churn.fill();
    }

    /** Frees one and makes one, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(2 * STEPS)
    public void churn() {
        churn.steps(STEPS);
    }
}
