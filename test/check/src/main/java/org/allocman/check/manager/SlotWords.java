package org.allocman.check.manager;

import java.util.function.LongConsumer;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.SecondLevels;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PhysicalMemory;

/** Where in physical memory the slots of a CSpace of one or two levels are. */
public final class SlotWords {
    private final Slots slots;
    private final long root;
    private final CSpace cspace;

    /**
     * Prepares to look.
     *
     * @param slots reads the kernel's slots
     * @param root physical address of the root CNode
     * @param cspace the manager of the slots
     */
    public SlotWords(Slots slots, @PhysAddr long root, CSpace cspace) {
        this.slots = slots;
        this.root = root;
        this.cspace = cspace;
    }

    /**
     * The root CNode that the thread of a machine has now.
     *
     * @param memory the machine's memory
     * @param kernelState where the kernel's own words are
     * @param slots reads the kernel's slots
     * @return physical address of the CNode
     */
    public static @PhysAddr long rootOf(PhysicalMemory memory, @PhysAddr long kernelState, Slots slots) {
        long tcb = KernelState.thread(memory.words(), kernelState);
        return slots.object(slots.at(tcb, TcbLayout.CSPACE));
    }

    /**
     * Where a slot is.
     *
     * @param slot its number
     * @return physical address; negative if the CNode is not there
     */
    public @PhysAddr long at(@CPtr long slot) {
        if (cspace.nodeDepth(slot) == 0) {
            return slots.at(root, slot);
        }
        long node = slots.at(root, cspace.nodeIndex(slot));
        return slots.type(node) == CapabilityType.CNODE ? slots.at(slots.object(node), cspace.nodeOffset(slot)) : -1;
    }

    /**
     * Goes through the slots that are there.
     *
     * @param visitor is told the number of each
     */
    public void forEach(LongConsumer visitor) {
        SecondLevels twoLevel = cspace.secondLevels();
        if (twoLevel == null) {
            for (long slot = 0; slot < cspace.end(); slot++) {
                visitor.accept(slot);
            }
            return;
        }
        long inNode = 1L << twoLevel.secondBits();
        for (int node = twoLevel.nextNode(0); node >= 0; node = twoLevel.nextNode(node + 1)) {
            for (long slot = node * inNode; slot < (node + 1) * inNode; slot++) {
                visitor.accept(slot);
            }
        }
    }
}
