package org.allocman.bench;

import org.allocman.lab.measure.FramesAtAddresses;
import org.allocman.lab.measure.MeasuredMachine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** addresses: a frame at a random address in 1,000 device untypeds; an operation is making and freeing it. */
@State(Scope.Benchmark)
public class AddressBench extends SideBySide {
    private static final int UNTYPEDS = 1000;
    private static final int PAIRS = 1000;

    /** Which untyped manager. */
    @Param({"arena", "split"})
    private String manager;

    /** Which kernel. */
    @Param({"IDLE", "SIMULATED"})
    private KernelKind kernel;

    /** How much of the rest is taken, in percent. */
    @Param({"0", "50"})
    private int taken;

    private FramesAtAddresses work;

    /** Takes some. */
    @Setup
    public void take() {
        work = new FramesAtAddresses(
                MeasuredMachine.start(FramesAtAddresses.machine(UNTYPEDS), design(manager), kernel.wrapper())
                        .allocman(),
                UNTYPEDS,
                taken);
    }

    /** Makes a frame and frees it, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void pairs() {
        work.pairs(PAIRS);
    }
}
