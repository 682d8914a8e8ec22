package org.allocman.manager;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.Fingerprint;

/** A managed machine that goes back to where it was, so that the same work can be tried with every fault. */
final class Rig {
    final Machine machine;
    final FaultyKernel kernel;
    final Allocman allocman;
    final AllocmanVka vka;
    private final ManagerInvariants invariants;
    private final int start;

    Rig(Board board, ManagedMachine.Pools pools) throws Exception {
        this(board, pools, GrowthListener.NONE);
    }

    Rig(Board board, ManagedMachine.Pools pools, GrowthListener listener) throws Exception {
        machine = ManagedMachine.boot(board, pools);
        kernel = new FaultyKernel(machine.kernel());
        allocman = ManagedMachine.manage(machine, pools, any -> kernel, listener)
                .getOrElseThrow(failure -> new AssertionError(failure.toString()))
                .allocman();
        vka = new AllocmanVka(allocman);
        Slots slots = new Slots(machine.memory().words(), board.architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        invariants = new ManagerInvariants(allocman, slots, slots.object(slots.at(tcb, TcbLayout.CSPACE)));
        start = machine.memory().startJournal();
    }

    /** Back to where it was made; nothing fails any more. */
    void rewind() {
        machine.memory().rewind(start);
        kernel.heal();
    }

    Fingerprint fingerprint() {
        return machine.memory().fingerprint();
    }

    /** What is broken of the manager's invariants. */
    List<String> broken() {
        return invariants.check();
    }

    /** What is broken of the manager's invariants and the kernel's. */
    List<String> brokenAnywhere() {
        List<String> broken = new ArrayList<>(broken());
        broken.addAll(KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        return broken;
    }

    boolean isWhole() {
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            if (!allocman.untypeds().roots().isWhole(i)) {
                return false;
            }
        }
        return true;
    }
}
