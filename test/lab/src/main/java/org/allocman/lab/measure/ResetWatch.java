package org.allocman.lab.measure;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.qual.Bytes;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/**
 * Counts the bytes that seL4 sets to zero when an untyped without children, of which something was used before, is retyped:
 * all up to the watermark (seL4 manual, "Untyped memory").
 */
final class ResetWatch extends ForwardingKernel {
    private final Slots slots;
    private final DerivationList list;
    private final long cnode;
    private long zeroed;

    ResetWatch(PlainMachine machine, Architecture architecture) {
        super(machine.kernel());
        this.slots = new Slots(machine.memory().words(), architecture);
        this.list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        this.cnode = machine.cnode();
    }

    @Override
    public KernelError retype(
            long untyped,
            int type,
            int sizeBits,
            long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        long slot = slots.at(cnode, untyped);
        long used = list.hasChildren(slot) || slots.isDevice(slot)
                ? 0
                : slots.untyped().freeIndex(slot);
        KernelError error = super.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count);
        zeroed += error.failed() ? 0 : used;
        return error;
    }

    /** Bytes set to zero since the beginning. */
    @Bytes
    long zeroed() {
        return zeroed;
    }
}
