package org.allocman.check.museum;

import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Makes an ASID pool of an untyped that has children: it looks away from them while the pool is made. */
final class HastyPools extends ForwardingKernel {
    private final Slots slots;
    private final DerivationList list;
    private final long cnode;

    HastyPools(Machine machine, Kernel kernel) {
        super(kernel);
        this.slots = new Slots(machine.memory().words(), kernel.architecture());
        this.list = new DerivationList(slots, new ObjectRegions(slots, kernel.architecture()));
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        this.cnode = slots.object(slots.at(tcb, TcbLayout.CSPACE));
    }

    @Override
    public KernelError asidControlMakePool(long control, long untyped, CapPath to) {
        long parent = slots.at(cnode, untyped);
        if (!list.hasChildren(parent)) {
            return super.asidControlMakePool(control, untyped, to);
        }
        long first = slots.mdb().next(parent);
        long last = first;
        while (list.hasChildren(parent)) {
            last = slots.mdb().next(parent);
            join(parent, slots.mdb().next(last));
        }
        long rest = slots.mdb().next(last);
        KernelError error = super.asidControlMakePool(control, untyped, to);
        join(error.failed() ? parent : slots.mdb().next(parent), first);
        join(last, rest);
        return error;
    }

    private void join(long before, long after) {
        slots.mdb().setNext(before, after);
        if (after >= 0) {
            slots.mdb().setPrevious(after, before);
        }
    }
}
