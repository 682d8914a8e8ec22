package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** What kernels with MPU regions do. */
final class MpuBehaviour extends ArchitectureBehaviour {
    MpuBehaviour(Architecture architecture) {
        super(architecture, null);
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.MPU;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return new RegionSpaces(physical, architecture(), state);
    }

    @Override
    public int readWrite() {
        return MpuRegions.READ_WRITE;
    }

    @Override
    public int readOnly() {
        return MpuRegions.READ_ONLY;
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x40000, 0x4000, 0, 0);
    }

    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        return KernelWindow.of(base, architecture().deviceTop(), 0);
    }

    @Override
    public boolean givesWholeExtraBlock() {
        return true;
    }
}
