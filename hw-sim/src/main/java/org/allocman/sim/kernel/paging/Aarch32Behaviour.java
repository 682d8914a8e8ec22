package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** What aarch32 does its own way. */
final class Aarch32Behaviour extends ArchitectureBehaviour {
    private static final long ALIGNMENT = 16L << 20;
    private static final long TOP = 0xfff0_0000L;
    private static final long ASID_SECTION = 0xff00_0000L;
    private static final long SECTION = 1L << 20;
    private static final long CACHEABLE = 1;

    Aarch32Behaviour(Architecture architecture) {
        super(architecture, new Aarch32Entries());
    }

    @Override
    public long mostTime() {
        return 0x218d_ef41_6bdbL;
    }

    @Override
    public InterruptLines interrupts() {
        return InterruptLines.ARM_VIRT;
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.AARCH32;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return new Aarch32Spaces(physical, this, state);
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x3c000, 0x10000, 7696, 0x1_0000L);
    }

    @Override
    public @Bytes long imageAlignment() {
        return ALIGNMENT;
    }

    /** The window is cut off where user addresses begin again, and one section of it serves the kernel to flush ASIDs. */
    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        long start = base & -ALIGNMENT;
        long section = start + ASID_SECTION - userTop;
        return new KernelWindow(base, start + TOP - userTop, userTop - start, section, section + SECTION);
    }

    @Override
    public long imageAttributes() {
        return CACHEABLE;
    }
}
