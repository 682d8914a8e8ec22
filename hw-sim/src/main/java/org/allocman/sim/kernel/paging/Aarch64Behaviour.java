package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelOption;

/** What aarch64 does its own way. */
final class Aarch64Behaviour extends ArchitectureBehaviour {
    private static final long GIB = 1L << 30;
    private static final long WINDOW_OFFSET = 0xffff_ff80_0000_0000L;
    private static final long HYPERVISOR_OFFSET = 0x80_0000_0000L;
    private static final long CACHEABLE = 1;

    private final boolean isHypervisor;

    Aarch64Behaviour(Architecture architecture) {
        super(
                architecture,
                architecture.options().contains(KernelOption.HYP)
                        ? new Aarch64StageTwoEntries()
                        : new Aarch64Entries());
        this.isHypervisor = architecture.options().contains(KernelOption.HYP);
    }

    @Override
    public InterruptLines interrupts() {
        return isHypervisor ? InterruptLines.ARM_HYPERVISOR : InterruptLines.ARM_VIRT;
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.AARCH64;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return isHypervisor
                ? new Aarch64HypervisorSpaces(physical, this, state)
                : new Aarch64Spaces(physical, this, state);
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x23d000, 0x10000, 7649, 0x40_0000L);
    }

    @Override
    public @Bytes long imageAlignment() {
        return 2L << 20;
    }

    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        return KernelWindow.of(base, 511 * GIB, isHypervisor ? HYPERVISOR_OFFSET : WINDOW_OFFSET);
    }

    @Override
    public long imageAttributes() {
        return CACHEABLE;
    }

    /** A copy keeps the address. */
    @Override
    public void forgetMapping(Slots slots, @PhysAddr long frame) {}
}
