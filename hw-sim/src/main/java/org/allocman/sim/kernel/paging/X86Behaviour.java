package org.allocman.sim.kernel.paging;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** What x86 does its own way. */
abstract class X86Behaviour extends ArchitectureBehaviour {
    private static final long MIB = 1L << 20;

    private X86Behaviour(Architecture architecture, X86Entries entries) {
        super(architecture, entries);
    }

    static X86Behaviour x86(Architecture architecture) {
        return new X86(architecture);
    }

    static X86Behaviour ia32(Architecture architecture) {
        return new Ia32(architecture);
    }

    /** Those of the kernels that were recorded, which are x86_64's. */
    @Override
    public BootNeeds bootFigures() {
        return new BootNeeds(0x913000, 0x700000, 1292, 0x40_0000L);
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

    /** x86_64, whose capabilities say in what kind of address space a frame is mapped. */
    private static final class X86 extends X86Behaviour {
        private static final long GIB = 1L << 30;
        private static final long WINDOW_OFFSET = 0xffff_ff80_0000_0000L;
        private static final int MAPPED_IN_VSPACE = 1;

        X86(Architecture architecture) {
            super(architecture, X86Entries.x86());
        }

        @Override
        PagingLabels labels() {
            return architecture().has(ObjectType.EPT_PML4) ? PagingLabels.X86_VTX : PagingLabels.X86;
        }

        @Override
        AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
            return new X86Spaces(physical, this, state);
        }

        @Override
        public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
            return KernelWindow.of(base, 510 * GIB, WINDOW_OFFSET);
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

    /** ia32, where there is one kind of address space, and the kernel sees the first 508 MiB of memory. */
    private static final class Ia32 extends X86Behaviour {
        private static final long KERNEL = 0xe000_0000L;
        private static final long BYTES = 0xffc0_0000L - KERNEL;
        private static final long LARGEST = 1L << 29;

        Ia32(Architecture architecture) {
            super(architecture, X86Entries.ia32());
        }

        @Override
        PagingLabels labels() {
            return PagingLabels.IA32;
        }

        @Override
        AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
            return new X86Spaces(physical, this, state);
        }

        /** A PC has memory from 0 on; where a board has none there, ours sees it from another start. */
        @Override
        public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
            long start = base & -LARGEST;
            return KernelWindow.of(base, start + BYTES, KERNEL - start);
        }

        @Override
        public void forgetMapping(Slots slots, @PhysAddr long frame) {}
    }
}
