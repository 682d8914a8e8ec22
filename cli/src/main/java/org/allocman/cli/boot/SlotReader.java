package org.allocman.cli.boot;

import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;

/** Reads the slots of the CSpace that the thread has now, where they lie in physical memory. */
final class SlotReader {
    private final Slots slots;
    private final Machine machine;

    SlotReader(Machine machine) {
        this.machine = machine;
        this.slots = new Slots(machine.memory().words(), machine.board().architecture());
    }

    Slots slots() {
        return slots;
    }

    /** Physical address of the root CNode that the thread has now. */
    long cnode() {
        return slots.object(root());
    }

    private long root() {
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.at(tcb, TcbLayout.CSPACE);
    }

    /** Physical address of the object that a slot's capability is for; through as many CNodes as the number leads. */
    long object(long slot) {
        int left = machine.board().architecture().wordBits();
        long node = root();
        while (left > 0 && slots.type(node) == CapabilityType.CNODE) {
            left -= slots.cnode().guardSize(node) + slots.cnode().radix(node);
            node = slots.at(
                    slots.object(node), slot >>> left & (1L << slots.cnode().radix(node)) - 1);
        }
        return slots.object(node);
    }
}
