package org.allocman.bench;

import java.util.concurrent.TimeUnit;
import org.allocman.manager.ManagerKind;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.testkit.measure.Churn;
import org.allocman.testkit.measure.MeasuredMachine;
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

/** B1 and B4: objects of four kinds are freed and made at random; an operation is half a step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx6g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChurnBench {
    private static final int STEPS = 1000;

    /** Which untyped manager. */
    @Param({"ARENA", "SPLIT"})
    private ManagerKind manager;

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
                MeasuredMachine.start(machine, manager, kernel -> kernel).allocman(), live);
        churn.fill();
    }

    /** Frees one and makes one, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(2 * STEPS)
    public void churn() {
        churn.steps(STEPS);
    }
}
