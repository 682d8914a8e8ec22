package org.allocman.bench;

import java.util.concurrent.TimeUnit;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
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

/** B10: simple invocations of the simulated kernel; each figure is invocations per second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBench {
    private static final int FREE = 32;
    private static final int PAIR = 2;
    private static final int CHILDREN = 64;

    @Param({"x86_64", "aarch32"})
    private String name;

    private SimKernel kernel;
    private int endpoint;
    private int wordBits;

    /** Boots. */
    @Setup
    public void boot() {
        Architecture architecture = Architecture.named(name);
        kernel = PlainMachine.of(architecture, 12, 4096)
                .untyped(1 << 28, 20, false)
                .build()
                .kernel();
        endpoint = architecture.number(ObjectType.ENDPOINT);
        wordBits = architecture.wordBits();
        good(kernel.retype(16, endpoint, 0, BootSlots.CNODE, 0, 0, FREE, 1));
    }

    /** Copies a capability and deletes the copy. */
    @Benchmark
    @OperationsPerInvocation(PAIR)
    public void copyAndDelete() {
        good(kernel.copy(
                new CapPath(BootSlots.CNODE, FREE + 1, wordBits),
                new CapPath(BootSlots.CNODE, FREE, wordBits),
                CapRights.ALL));
        good(kernel.delete(BootSlots.CNODE, FREE + 1, wordBits));
    }

    /** Deletes an endpoint, which was its untyped's only child, and makes it again. */
    @Benchmark
    @OperationsPerInvocation(PAIR)
    public void deleteAndRetype() {
        good(kernel.delete(BootSlots.CNODE, FREE, wordBits));
        good(kernel.retype(16, endpoint, 0, BootSlots.CNODE, 0, 0, FREE, 1));
    }

    /** Makes an endpoint, revokes the untyped, and begins anew. */
    @Benchmark
    @OperationsPerInvocation(PAIR)
    public void retypeAndRevoke() {
        good(kernel.revoke(BootSlots.CNODE, 16, wordBits));
        good(kernel.retype(16, endpoint, 0, BootSlots.CNODE, 0, 0, FREE, 1));
    }

    /** Makes 64 endpoints with one retype and revokes them with one revoke; counted as 65 invocations' worth of slots. */
    @Benchmark
    @OperationsPerInvocation(CHILDREN)
    public void revokeOf64Children() {
        good(kernel.revoke(BootSlots.CNODE, 16, wordBits));
        good(kernel.retype(16, endpoint, 0, BootSlots.CNODE, 0, 0, FREE, CHILDREN));
    }

    private static void good(KernelError error) {
        if (error.failed()) {
            throw new IllegalStateException(error.toString());
        }
    }
}
