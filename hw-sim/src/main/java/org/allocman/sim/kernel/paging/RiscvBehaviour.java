package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** What RISC-V does its own way. */
abstract class RiscvBehaviour extends ArchitectureBehaviour {
    private RiscvBehaviour(Architecture architecture) {
        super(architecture, new RiscvEntries(architecture.kernelOnlyAttributes()));
    }

    static RiscvBehaviour riscv64(Architecture architecture) {
        return new Riscv64(architecture);
    }

    static RiscvBehaviour riscv32(Architecture architecture) {
        return new Riscv32(architecture);
    }

    @Override
    public InterruptLines interrupts() {
        return InterruptLines.RISCV_VIRT;
    }

    @Override
    PagingLabels labels() {
        return PagingLabels.RISCV;
    }

    @Override
    AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state) {
        return new RiscvSpaces(physical, this, state);
    }

    /** The kernel maps its devices by large pages and keeps all of them. */
    @Override
    public @Bytes long deviceUnit() {
        return 1L << architecture().sizeBits(ObjectType.LARGE_PAGE, 0);
    }

    private static final class Riscv64 extends RiscvBehaviour {
        private static final long GIB = 1L << 30;
        private static final long WINDOW_OFFSET = 0xffff_ffc0_0000_0000L;

        Riscv64(Architecture architecture) {
            super(architecture);
        }

        @Override
        public BootNeeds bootFigures() {
            return new BootNeeds(0x21000, 0x3000, 4437, 0x1_0000L);
        }

        @Override
        public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
            return KernelWindow.of(base, 254 * GIB, WINDOW_OFFSET);
        }
    }

    private static final class Riscv32 extends RiscvBehaviour {
        private static final long MEMORY = 0x8000_0000L;
        private static final long LARGEST = 1L << 29;
        private static final long TOP = 0xff80_0000L;

        Riscv32(Architecture architecture) {
            super(architecture);
        }

        @Override
        public BootNeeds bootFigures() {
            return new BootNeeds(0x1b000, 0x2000, 4505, 0x1_0000L);
        }

        @Override
        public KernelWindow window(@VirtAddr long userTop, @PhysAddr long base) {
            long start = Math.min(MEMORY, base & -LARGEST);
            return KernelWindow.of(base, start + TOP - MEMORY, MEMORY - start);
        }
    }
}
