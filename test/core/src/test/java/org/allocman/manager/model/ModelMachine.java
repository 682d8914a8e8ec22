package org.allocman.manager.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.AllocatorInvariants;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.check.manager.PoolInvariants;
import org.allocman.check.manager.QuietMemory;
import org.allocman.check.manager.SlotWords;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;

/** A managed machine whose window of virtual pages may begin anywhere in what a page table serves. */
final class ModelMachine {
    private static final int PAGE = 4096;

    final Machine machine;
    final FaultyKernel kernel;
    final Allocman allocman;
    final Slots slots;
    final SlotWords places;

    /** The objects in slots that the user chose, by their physical addresses. */
    final Set<Long> elsewhere = new HashSet<>();

    private final ManagerInvariants invariants;
    private final PoolInvariants pool;
    private final QuietMemory quiet;
    private final AllocatorInvariants.Managed managed;

    ModelMachine(Board board, ManagedMachine.Pools pools, int skippedPages) throws Exception {
        machine = ManagedMachine.boot(board, pools);
        kernel = new FaultyKernel(machine.kernel());
        BootstrapOptions options = ManagedMachine.options(machine, pools);
        if (board.architecture().hasPaging() && pools.virtualPoolBytes() > 0) {
            long window = (machine.freeVirtualBase() + (1L << 22) - 1 & -(1L << 22)) + (long) skippedPages * PAGE;
            options = options.withVirtualPool(window, pools.virtualPoolBytes());
        }
        allocman = Bootstrap.start(kernel, machine.rootMemory(), InitialState.of(machine.bootInfo()), options)
                .getOrElseThrow(failure -> new AssertionError(failure.message()));
        slots = new Slots(machine.memory().words(), board.architecture());
        long root = SlotWords.rootOf(machine.memory(), machine.kernelState(), slots);
        places = new SlotWords(slots, root, allocman.slots().cspace());
        invariants = new ManagerInvariants(allocman, slots, root, elsewhere::contains);
        pool = new PoolInvariants(machine, allocman);
        quiet = new QuietMemory(machine.memory(), slots, places, allocman);
        managed = new AllocatorInvariants.Managed(allocman, slots, root);
    }

    /** What is broken of the manager's and the pool's invariants. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(pool.check());
        if (broken.isEmpty()) {
            broken.addAll(invariants.check());
            broken.addAll(AllocatorInvariants.RECORDS_INSIDE_POOLS.violations(managed));
            broken.addAll(AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.violations(managed));
        }
        return broken;
    }

    List<String> brokenInKernel() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }

    String quietMemory() {
        return quiet.fingerprint();
    }
}
