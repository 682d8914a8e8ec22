package org.allocman.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.ManagerKind;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.testkit.invariants.KernelInvariants;
import org.allocman.testkit.invariants.KernelView;
import org.allocman.testkit.kernel.FaultyKernel;
import org.allocman.testkit.manager.ManagerInvariants;
import org.allocman.testkit.workload.XorShift;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults while the virtual pool grows and shrinks, mappings and paging structures among them. */
class VirtualPoolFaultTest {
    private final List<VkaObject> live = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "tiny,ARENA,false",
        "tiny,ARENA,true",
        "tiny,SPLIT,false",
        "tiny,SPLIT,true",
        "qemu-riscv-virt,ARENA,false",
        "pc99,ARENA,true",
        "k64f,ARENA,false",
        "k64f,SPLIT,true"
    })
    void everyRefusalIsCleanAndThePoolGoesBackWhole(String board, ManagerKind manager, boolean andAllAfter)
            throws Exception {
        int n = 0;
        boolean failed = true;
        while (failed) {
            failed = runWithFaultAt(board, ManagedMachine.Pools.DEFAULT.withManager(manager), ++n, andAllAfter);
        }
        assertTrue(n > 80, "the work makes many invocations, not " + n);
    }

    private boolean runWithFaultAt(String board, ManagedMachine.Pools pools, int n, boolean andAllAfter)
            throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        FaultyKernel faulty = new FaultyKernel(machine.kernel());
        Allocman allocman = ManagedMachine.manage(machine, pools, kernel -> faulty, GrowthListener.NONE)
                .get()
                .allocman();
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        ManagerInvariants invariants =
                new ManagerInvariants(allocman, slots, slots.object(slots.at(tcb, TcbLayout.CSPACE)));
        AllocmanVka vka = new AllocmanVka(allocman);
        live.clear();
        faulty.failAt(n, andAllAfter);
        work(vka, allocman);
        boolean failed = faulty.hasFailed();
        faulty.heal();
        assertEquals(List.of(), invariants.check(), "fault at " + n);
        for (VkaObject object : live) {
            assertEquals(Option.none(), vka.free(object), "fault at " + n);
        }
        allocman.trim();
        assertEquals(List.of(), invariants.check(), "fault at " + n);
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())),
                "fault at " + n);
        assertEquals(0, allocman.statistics().virtualPagesMapped(), "fault at " + n);
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i + " after a fault at " + n);
        }
        return failed;
    }

    private void work(AllocmanVka vka, Allocman allocman) {
        XorShift random = new XorShift(11);
        for (int step = 0; step < 70; step++) {
            Option<VkaError> refusal;
            if (step % 4 == 3 && !live.isEmpty()) {
                VkaObject object = live.get(random.below(live.size()));
                refusal = vka.free(object);
                if (refusal.isEmpty()) {
                    live.remove(object);
                }
            } else if (step % 17 == 16) {
                allocman.trim();
                refusal = Option.none();
            } else {
                // many sizes make many arenas, so that the pool has to grow
                Either<VkaError, VkaObject> made = vka.untyped(4 + random.below(9));
                made.peek(live::add);
                refusal = made.isLeft() ? Option.some(made.getLeft()) : Option.none();
            }
            refusal.peek(error -> assertTrue(
                    error.reason() == Reason.KERNEL_REFUSED
                            || error.reason() == Reason.OUT_OF_BOOK_KEEPING
                            || error.reason() == Reason.OUT_OF_SLOTS
                            || error.reason() == Reason.OUT_OF_UNTYPED,
                    error.toString()));
        }
    }
}
