package org.allocman.bench;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.measure.MeasuredMachine;
import org.allocman.lab.measure.SlotPairs;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** slots: a random slot of 2^20 is given back and one is taken; an operation is both. */
@State(Scope.Benchmark)
public class SlotBench extends SideBySide {
    private static final int RADIX = 20;
    private static final int PAIRS = 1000;

    /** How many of a thousand thousand slots are not free. */
    @Param({"500000", "900000", "990000", "999000", "999900"})
    private int occupied;

    private SlotPairs work;

    /** Takes slots. */
    @Setup
    public void take() {
        long slots = 1L << RADIX;
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, RADIX, 2 * slots)
                .untyped(1L << 32, RADIX, false)
                .build();
        MeasuredMachine measured = MeasuredMachine.start(machine, UntypedDesigns.ARENA, itself -> itself);
        work = new SlotPairs(measured.allocman().slots().cspace(), slots, slots * occupied / 1_000_000);
    }

    /** Gives back and takes, a thousand times. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void pairs() {
        work.pairs(PAIRS);
    }
}
