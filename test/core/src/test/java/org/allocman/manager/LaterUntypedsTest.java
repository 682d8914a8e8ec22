package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Untypeds that come and go while a manager with a virtual pool is at work. */
class LaterUntypedsTest {
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void theReserveFollowsTheLargestUntyped(UntypedDesign kind) throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withManager(kind);
        Machine machine = ManagedMachine.boot(Boards.byName("pc99"), pools);
        Allocman allocman = ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
        allocman.trim();
        List<Untyped> large = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() > 16)
                .toList();
        goAndCome(allocman, large);
        Statistics first = allocman.statistics();
        goAndCome(allocman, large);
        assertEquals(first, allocman.statistics(), "nothing adds up");
    }

    private static void goAndCome(Allocman allocman, List<Untyped> large) {
        Need reserve = allocman.statistics().reserve();
        UntypedStatistics.OfKind before = allocman.untypeds().statistics().of(MemoryKind.KERNEL);
        long bytes = 0;
        for (Untyped untyped : large) {
            assertEquals(Refusal.ALREADY_MANAGED, allocman.untypeds().attach(untyped, MemoryKind.KERNEL));
            assertEquals(Refusal.WRONG_KIND, allocman.untypeds().attach(untyped, MemoryKind.DEVICE));
            long handle = allocman.allocateAt(ObjectType.UNTYPED, 12, untyped.paddr(), 0);
            assertEquals(Refusal.IN_USE, allocman.untypeds().detach(untyped.paddr()));
            assertEquals(0, allocman.free(handle));
            assertEquals(untyped.slot(), allocman.untypeds().detach(untyped.paddr()));
            assertEquals(Refusal.NOT_MANAGED, allocman.untypeds().detach(untyped.paddr()));
            bytes += 1L << untyped.sizeBits();
        }
        Need less = allocman.statistics().reserve();
        RecordKind root = allocman.layout().untypeds().rootRecord();
        assertTrue(less.of(root) < reserve.of(root), reserve + ", then " + less);
        assertEquals(
                before.bytes() - bytes,
                allocman.untypeds().statistics().of(MemoryKind.KERNEL).bytes());
        assertEquals(
                Refusal.ILLEGAL_SIZE,
                allocman.untypeds().attach(new Untyped(9, 1L << 40, 3, false), MemoryKind.KERNEL));
        for (Untyped untyped : large) {
            assertEquals(0, allocman.untypeds().attach(untyped, MemoryKind.KERNEL));
        }
        assertEquals(reserve, allocman.statistics().reserve());
        allocman.trim();
        assertTrue(allocman.isReserveFull());
        assertEquals(before, allocman.untypeds().statistics().of(MemoryKind.KERNEL));
    }
}
