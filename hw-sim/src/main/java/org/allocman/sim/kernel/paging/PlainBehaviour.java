package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** What a kernel of one's own with paging does: nothing but what its profile says. */
final class PlainBehaviour extends ArchitectureBehaviour {
    PlainBehaviour(Architecture architecture) {
        super(architecture, new PlainEntries());
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.PLAIN;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return new PlainSpaces(physical, this, state);
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x40000, 0x4000, 0, 0x1_0000L);
    }

    /** The kernel reaches all memory, at its physical addresses. */
    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        return KernelWindow.of(base, architecture().deviceTop(), 0);
    }
}
