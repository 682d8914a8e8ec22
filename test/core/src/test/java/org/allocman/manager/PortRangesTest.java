package org.allocman.manager;

import static org.allocman.vka.VkaException.orThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.PortRanges;
import org.allocman.vka.VkaError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A range of ports is taken and given back whole or not at all, whichever invocation the kernel refuses. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PortRangesTest {
    private static final int FIRST = 0x3f8;
    private static final int LAST = 0x3ff;

    private Machine machine;
    private FaultyKernel kernel;
    private PortRanges ranges;

    @BeforeEach
    void boot() throws Exception {
        Board tiny = Boards.byName("tiny");
        assertNotNull(tiny);
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT;
        machine =
                ManagedMachine.boot(new Board(tiny.name(), Architecture.X86_64, tiny.regions(), tiny.mirrors()), pools);
        kernel = new FaultyKernel(machine.kernel());
        AllocmanVka vka = new AllocmanVka(ManagedMachine.manage(machine, pools, any -> kernel, GrowthListener.NONE)
                .get()
                .allocman());
        ranges = new PortRanges(vka, kernel, BootSlots.IO_PORT_CONTROL);
        orThrow(ranges.giveBack(orThrow(ranges.take(1, 1))));
    }

    private Fingerprint now() {
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        return machine.memory().fingerprint();
    }

    @Test
    void takenAndGivenBackWhole() {
        Fingerprint before = now();
        CapPath range = orThrow(ranges.take(FIRST, LAST));
        Fingerprint taken = now();
        VkaError again = ranges.take(LAST, LAST + 1).getLeft();
        assertEquals(VkaError.Reason.KERNEL_REFUSED, again.reason());
        assertEquals(InvocationKind.IO_PORT_CONTROL_ISSUE, again.invocation());
        assertEquals(KernelError.revokeFirst(), again.kernel());
        assertEquals(
                KernelError.invalidArgument(1),
                ranges.take(LAST, FIRST).getLeft().kernel());
        assertEquals(taken, now());
        orThrow(ranges.giveBack(range));
        assertEquals(before, now());
    }

    @Test
    void whatIsRefusedHasChangedNothing() {
        Fingerprint before = now();
        kernel.failAt(1, false);
        Either<VkaError, CapPath> refused = ranges.take(FIRST, LAST);
        assertTrue(kernel.hasFailed());
        kernel.heal();
        assertTrue(refused.isLeft());
        assertEquals(before, now());
        CapPath range = orThrow(ranges.take(FIRST, LAST));
        Fingerprint taken = now();
        kernel.failAt(1, false);
        Option<VkaError> kept = ranges.giveBack(range);
        kernel.heal();
        assertEquals(VkaError.Reason.KERNEL_REFUSED, kept.get().reason());
        assertEquals(taken, now());
        orThrow(ranges.giveBack(range));
        assertEquals(before, now());
    }
}
