package org.allocman.sim.kernel.paging;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** What x86_64 does its own way. */
final class X86Behaviour extends ArchitectureBehaviour {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long WINDOW_OFFSET = 0xffff_ff80_0000_0000L;
    private static final int MAPPED_IN_VSPACE = 1;

    X86Behaviour(Architecture architecture) {
        super(architecture, new X86Entries());
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.X86;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return new X86Spaces(physical, this, state);
    }

    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x913000, 0x700000, 1292, 0x40_0000L);
    }

    @Override
    public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
        return KernelWindow.of(base, 510 * GIB, WINDOW_OFFSET);
    }

    @Override
    public InterruptLines interrupts() {
        return InterruptLines.PC;
    }

    @Override
    public boolean hasIoPorts() {
        return true;
    }

    @Override
    public boolean hasDeviceTree() {
        return false;
    }

    @Override
    public List<Long> keptMemory() {
        return List.of(0L, MIB);
    }

    /** Where a write is an interrupt message. */
    @Override
    public List<Long> keptDevices() {
        return List.of(0xffff_fff8L, 0x1_0000_0000L);
    }

    @Override
    public boolean givesWholeExtraBlock() {
        return true;
    }

    @Override
    public void noteMapped(Slots slots, @PhysAddr long frame) {
        slots.frame().setMapType(frame, MAPPED_IN_VSPACE);
    }

    @Override
    public void forgetMapping(Slots slots, @PhysAddr long frame) {
        slots.frame().setMapType(frame, 0);
    }
}
