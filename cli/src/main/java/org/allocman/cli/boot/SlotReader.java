package org.allocman.cli.boot;

import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;

/** Reads the slots of the root CNode, where they lie in physical memory. */
final class SlotReader {
    private final Slots slots;
    private final long cnode;

    SlotReader(Machine machine) {
        slots = new Slots(machine.memory().words(), machine.board().architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        cnode = slots.object(slots.at(tcb, TcbLayout.CSPACE));
    }

    Slots slots() {
        return slots;
    }

    long cnode() {
        return cnode;
    }

    /** Physical address of the object that a slot's capability is for. */
    long object(long slot) {
        return slots.object(slots.at(cnode, slot));
    }
}
