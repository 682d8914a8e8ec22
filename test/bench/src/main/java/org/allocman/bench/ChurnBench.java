package org.allocman.bench;

import java.util.concurrent.TimeUnit;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.manager.Allocman;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.testkit.workload.XorShift;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
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
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChurnBench {
    private static final ObjectType[] KINDS = {
        ObjectType.ENDPOINT, ObjectType.CNODE, ObjectType.TCB, ObjectType.SMALL_PAGE
    };
    private static final int CNODE_RADIX = 4;
    private static final long SEED = 0x853C49E6748FEA9BL;
    private static final int STEPS = 1000;

    /** Live objects. */
    @Param({"1000", "10000", "100000", "1000000"})
    private int live;

    private Allocman allocman;
    private XorShift random;
    private long[] handles;

    /** Fills. */
    @Setup
    public void fill() {
        int radix = 64 - Long.numberOfLeadingZeros(live * 4L) + 1;
        long pool = (live * 10L + (1L << radix) + (1 << 20)) / 4096 * 4096;
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, radix, pool)
                .untyped(1L << 32, 32, false)
                .build();
        allocman = Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(failure -> new IllegalStateException(failure.toString()));
        random = new XorShift(SEED);
        handles = new long[live];
        for (int i = 0; i < live; i++) {
            handles[i] = make(random.next());
        }
    }

    /** Frees one and makes one, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(2 * STEPS)
    public void churn() {
        for (int i = 0; i < STEPS; i++) {
            int index = random.below(live);
            long kind = random.next();
            if (allocman.free(handles[index]) != 0) {
                throw new IllegalStateException("a free was refused");
            }
            handles[index] = make(kind);
        }
    }

    private long make(long draw) {
        long handle = allocman.allocate(KINDS[(int) (draw >>> 62)], CNODE_RADIX, 0);
        if (handle < 0) {
            throw new IllegalStateException("refused: " + handle);
        }
        return handle;
    }
}
