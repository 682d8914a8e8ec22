package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelOption;

/** What aarch32 does its own way. */
final class Aarch32Behaviour extends ArchitectureBehaviour {
    private static final long HYPERVISOR_SECTION = 2L << 20;
    private static final long TOP = 0xfff0_0000L;
    private static final long ASID_SECTION = 0xff00_0000L;
    private static final long SECTION = 1L << 20;
    private static final long CACHEABLE = 1;

    private static final int SECTIONS_IN_SUPER_SECTION = 16;

    private final boolean isHypervisor;
    private final long section;

    Aarch32Behaviour(Architecture architecture) {
        super(
                architecture,
                architecture.options().contains(KernelOption.HYP)
                        ? new Aarch32StageTwoEntries()
                        : new Aarch32Entries());
        this.isHypervisor = architecture.options().contains(KernelOption.HYP);
        this.section = isHypervisor ? HYPERVISOR_SECTION : SECTION;
    }

    @Override
    public long mostTime() {
        return 0x218d_ef41_6bdbL;
    }

    @Override
    public InterruptLines interrupts() {
        return isHypervisor ? InterruptLines.ARM_HYPERVISOR : InterruptLines.ARM_VIRT;
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.AARCH32;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return isHypervisor
                ? new Aarch32HypervisorSpaces(physical, this, state)
                : new Aarch32Spaces(physical, this, state);
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x3c000, 0x10000, 7696, 0x1_0000L);
    }

    @Override
    public @Bytes long imageAlignment() {
        return SECTIONS_IN_SUPER_SECTION * section;
    }

    /** The window is cut off where user addresses begin again, and one section of it serves the kernel to flush ASIDs. */
    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        long start = base & -imageAlignment();
        long kept = start + ASID_SECTION - userTop;
        return new KernelWindow(base, start + TOP - userTop, userTop - start, kept, kept + section);
    }

    @Override
    public long imageAttributes() {
        return CACHEABLE;
    }
}
