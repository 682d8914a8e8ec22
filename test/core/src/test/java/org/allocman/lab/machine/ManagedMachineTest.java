package org.allocman.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job on every built-in board. */
class ManagedMachineTest {
    static List<Arguments> boards() {
        return Boards.names().stream()
                .flatMap(board -> Stream.of(UntypedDesigns.ARENA, UntypedDesigns.SPLIT)
                        .map(manager -> Arguments.of(board, manager)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void mixedWorkComesAndGoesAndASecondRoundEndsTheSame(String board, UntypedDesign manager) throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withManager(manager);
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        ManagedMachine managed = ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .getOrElseThrow(failure -> new AssertionError(failure.toString()));
        Allocman allocman = managed.allocman();
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        ManagerInvariants invariants =
                new ManagerInvariants(allocman, slots, slots.object(slots.at(tcb, TcbLayout.CSPACE)));
        assertEquals(List.of(), invariants.check());
        allocman.trim();
        round(machine, allocman, invariants);
        Fingerprint first = machine.memory().fingerprint();
        round(machine, allocman, invariants);
        assertEquals(first, machine.memory().fingerprint());
    }

    private static void round(Machine machine, Allocman allocman, ManagerInvariants invariants) {
        MixedWorkload work = new MixedWorkload(
                new AllocmanVka(allocman), 99, machine.bootInfo().untypeds(), 1000);
        work.run(3000, made -> {
            if (made % 300 == 0) {
                assertEquals(List.of(), invariants.check(), "after " + made);
            }
        });
        assertEquals(3000, work.summary().madeInAll(), work.summary().toString());
        work.freeAll();
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        allocman.trim();
        assertEquals(List.of(), invariants.check());
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i + " is whole again");
        }
        assertEquals(0, allocman.statistics().virtualPagesMapped());
    }
}
