package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.workload.XorShift;
import org.allocman.manager.Allocman;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** A handle says whose it is: of another manager in the address space, or nobody's, it is foreign and not stale. */
class HandleSaltTest {
    private static final int POOL = 1 << 16;

    private final PlainMachine machine = PlainMachine.of(Architecture.AARCH64, 12, 4 * POOL)
            .untyped(0x100_0000, 18, false)
            .untyped(0x200_0000, 18, false)
            .build();

    /** A manager of one of the untypeds, in its own part of memory and with its own slots. */
    private Allocman manager(int number) {
        BootInfo boot = machine.bootInfo();
        long slots = (boot.empty().end() - boot.empty().start()) / 4;
        long first = boot.empty().start() + number * slots;
        InitialState start = InitialState.described(
                machine.kernel().architecture(),
                InitialState.of(boot).root(),
                InitialState.of(boot).depth(),
                first,
                first + slots,
                List.of(boot.untypeds().get(number)));
        return Bootstrap.start(
                        machine.kernel(),
                        machine.rootMemory(),
                        start,
                        BootstrapOptions.fixed(machine.pool() + (long) number * POOL, POOL))
                .getOrElseThrow(BootstrapException::new);
    }

    @Test
    void handlesOfAnotherManagerAreForeign() {
        Allocman one = manager(0);
        Allocman other = manager(1);
        List<Long> ours = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ours.add(one.allocate(ObjectType.ENDPOINT, 0, 0));
            assertTrue(other.allocate(ObjectType.ENDPOINT, 0, 0) > 0);
        }
        for (long handle : ours) {
            assertEquals(Refusal.FOREIGN_HANDLE, other.free(handle));
        }
        for (long handle : ours) {
            assertEquals(0, one.free(handle));
            assertEquals(Refusal.STALE_HANDLE, one.free(handle));
            assertEquals(Refusal.FOREIGN_HANDLE, other.free(handle));
        }
    }

    @Test
    void whatNobodyGaveOutIsForeign() {
        Allocman allocman = manager(0);
        assertTrue(allocman.allocate(ObjectType.ENDPOINT, 0, 0) > 0);
        for (long number : new long[] {Long.MIN_VALUE, -1, 0, 1, 123_456_789, 1L << 53, Long.MAX_VALUE}) {
            assertEquals(Refusal.FOREIGN_HANDLE, allocman.free(number), () -> "of " + number);
        }
        XorShift random = new XorShift(7);
        int foreign = 0;
        for (int i = 0; i < 100_000; i++) {
            long refusal = allocman.free((long) random.below(1 << 30) << 34 | random.below(1 << 30));
            assertTrue(refusal < 0);
            foreign += refusal == Refusal.FOREIGN_HANDLE ? 1 : 0;
        }
        assertTrue(foreign > 99_500, foreign + " of 100,000 numbers were told to be nobody's");
    }
}
