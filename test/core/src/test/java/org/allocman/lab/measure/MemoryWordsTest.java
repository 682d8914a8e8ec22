package org.allocman.lab.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.lab.machine.LookupCountingMemory;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.wrap.NullKernel;
import org.junit.jupiter.api.Test;

/** How many words of its memory the manager reads and writes for an operation; what the kernel does is not counted. */
class MemoryWordsTest {
    private static final int PAIRS = 20_000;
    private static final int TURNS = 4;

    /** A manager of arenas whose memory is counted. */
    private record Counted(Allocman allocman, LongSupplier counter) {
        static Counted on(PlainMachine.Builder builder) {
            PlainMachine machine = builder.build();
            CountingMemory memory = new CountingMemory(machine.rootMemory());
            return new Counted(start(machine, memory), memory::accesses);
        }

        static Counted lookUpsOn(PlainMachine.Builder builder) {
            PlainMachine machine = builder.build();
            LookupCountingMemory memory = new LookupCountingMemory(machine.rootMemory());
            return new Counted(start(machine, memory), memory::lookups);
        }

        private static Allocman start(PlainMachine machine, Memory memory) {
            return Bootstrap.inCurrentCSpace(
                            new NullKernel(machine.kernel().architecture()),
                            memory,
                            machine.bootInfo(),
                            BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                    .getOrElseThrow(failure -> new AssertionError(failure.message()));
        }

        double perOne(int count, Runnable work) {
            long before = counter.getAsLong();
            work.run();
            return (double) (counter.getAsLong() - before) / count;
        }
    }

    private static void assertAtMost(double most, double words, String what) {
        assertTrue(words <= most, what + ": " + words + " words, at most " + most);
    }

    @Test
    void churn() {
        for (int live : new int[] {1000, 10_000}) {
            Counted counted = Counted.on(MeasuredMachine.roomFor(live).untyped(1L << 32, Churn.UNTYPED_BITS, false));
            Churn work = new Churn(counted.allocman(), live);
            work.fill();
            work.steps(PAIRS);
            assertAtMost(14, counted.perOne(2 * PAIRS, () -> work.steps(PAIRS)), live + " live");
        }
    }

    /** A page is looked up once for all the words of a record that an operation needs. */
    @Test
    void lookUpsOfPages() {
        for (int live : new int[] {1000, 10_000}) {
            Counted counted =
                    Counted.lookUpsOn(MeasuredMachine.roomFor(live).untyped(1L << 32, Churn.UNTYPED_BITS, false));
            Churn work = new Churn(counted.allocman(), live);
            work.fill();
            work.steps(PAIRS);
            assertAtMost(5, counted.perOne(2 * PAIRS, () -> work.steps(PAIRS)), "pages looked up, " + live + " live");
        }
    }

    @Test
    void frames() {
        int frames = 1 << 13;
        for (FillAndDrain.Order order : FillAndDrain.Order.values()) {
            Counted counted = Counted.on(MeasuredMachine.roomFor(frames).untyped(1L << 32, 25, false));
            FillAndDrain work = new FillAndDrain(counted.allocman(), frames);
            assertAtMost(12, counted.perOne(frames, work::fill), "a frame is made");
            assertAtMost(14, counted.perOne(frames, () -> work.drain(order)), "a frame is freed, " + order.text());
        }
    }

    /** In a CNode that is nearly full, each slot is the only free one of its word, so words come and go in the sets above. */
    @Test
    void slots() {
        int slots = 1 << 18;
        double half = slots(slots, slots / 2);
        double most = 0;
        for (int free = slots / 10; free > 20; free /= 10) {
            most = Math.max(most, slots(slots, slots - free));
        }
        assertAtMost(17, half, "half full");
        assertAtMost(2 * half, most, "nearly full");
    }

    private static double slots(int slots, int occupied) {
        Counted counted = Counted.on(
                PlainMachine.of(Architecture.X86_64, Integer.numberOfTrailingZeros(slots), slots + (1L << 20))
                        .untyped(1L << 32, 20, false));
        SlotPairs work = new SlotPairs(counted.allocman().slots().cspace(), slots, occupied);
        // until each slot that is taken was given back a few times, and what is free is not where it was at first
        work.pairs(TURNS * occupied);
        return counted.perOne(PAIRS, () -> work.pairs(PAIRS));
    }
}
