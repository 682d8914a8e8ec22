package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.UART;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.XousSystem;

/**
 * A call that succeeds was about a range below the end of the addresses, and a call on anything else has changed nothing,
 * however large start and size are and whatever their sum overflows to.
 */
class XousRangeProperties {
    private static final int RW = Flags.READ | Flags.WRITE;
    private static final int UNMAP = 1;
    private static final int INCREASE_HEAP = 7;
    private static final int CALLS = 9;

    private final XousMachine machine = Precursor.start(TableForm.PROGRAMMATIC);
    private final XousSystem xous = machine.system();
    private final int one = right(xous.spawn());
    private final int two = right(xous.spawn());
    private final long end = AddressLayout.userEnd(machine.vka().architecture());
    private final PhysicalMemory memory = machine.managed().machine().memory();
    private final int start = start(memory);

    private static int start(PhysicalMemory memory) {
        memory.startJournal();
        return memory.checkpoint();
    }

    @Provide
    Arbitrary<Long> edges() {
        Arbitrary<Long> bases = Arbitraries.of(
                0L, PAGE, 1L << 24, 0x2000_0000L, 0x7fff_0000L, 0xff00_0000L, 1L << 32, 1L << 62, Long.MAX_VALUE);
        Arbitrary<Long> offsets = Arbitraries.of(-2 * PAGE, -PAGE, -1L, 0L, 1L, PAGE, 2 * PAGE);
        return bases.flatMap(base -> offsets.map(offset -> base + offset));
    }

    /** Whole pages whose number of bytes, added to nearly any start, overflows. */
    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(edges(), edges().map(size -> size & -PAGE));
    }

    @Property(tries = 1500)
    void successIsBelowTheEnd(@ForAll("edges") long at, @ForAll("sizes") long size, @ForAll("calls") int call) {
        memory.rewind(start);
        List<String> before = XousPicture.of(machine);
        boolean succeeds = call(call, at, size);
        if (succeeds) {
            long from = call >= INCREASE_HEAP ? AddressLayout.HEAP : at;
            assertTrue(from >= 0 && size >= 0 && size <= end - from, () -> call + " at " + at + " of " + size);
        } else if (call != UNMAP) {
            // unmapMemory alone does what it can
            assertEquals(before, XousPicture.of(machine));
        }
    }

    @Provide
    Arbitrary<Integer> calls() {
        return Arbitraries.integers().between(0, CALLS - 1);
    }

    private boolean call(int call, long at, long size) {
        return switch (call) {
            case 0 -> is(xous.mapMemory(one, 0, at, size, RW));
            case UNMAP -> is(xous.unmapMemory(one, at, size));
            case 2 -> is(xous.updateMemoryFlags(one, at, size, Flags.READ, 0));
            case 3 -> is(xous.lend(one, at, size, two, true));
            case 4 -> is(xous.moveMemory(one, at, size, two));
            case 5 -> is(xous.createThread(one, at, size));
            case 6 -> is(xous.mapMemory(one, UART, at, size, RW | Flags.DEVICE));
            case INCREASE_HEAP -> is(xous.increaseHeap(one, size, RW));
            default -> is(xous.decreaseHeap(one, size));
        };
    }

    private static boolean is(Either<?, ?> answer) {
        return answer.isRight();
    }

    private static boolean is(Option<?> error) {
        return error.isEmpty();
    }
}
