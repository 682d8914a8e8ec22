package org.allocman.sim.boot;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Architecture;

/**
 * Which physical memory the kernel maps for itself, and at which of its own addresses: only that can be memory for it, what
 * lies outside is device memory at best.
 *
 * @param base where the kernel is loaded at the lowest: RAM below it is device memory
 * @param end one past the last byte that is mapped
 * @param offset what to add to a physical address for the kernel's virtual one, modulo its words
 * @param kept physical addresses that nobody gets, neither as memory nor as a device; empty for none
 */
record KernelWindow(@PhysAddr long base, @PhysAddr long end, long offset, Span kept) {
    /*
     * The figures are PPTR_BASE, PPTR_TOP and PADDR_BASE of seL4's hardware.h of each mode, and the alignment of the
     * physical base in its hardware description: the loader maps the kernel by super sections on aarch32 and by large
     * pages on aarch64. On 64-bit kernels the window begins at address 0, on 32-bit kernels about where RAM does.
     */
    private static final long GIB = 1L << 30;
    private static final long WINDOW_OF_512_GIB = 0xffff_ff80_0000_0000L;
    private static final long WINDOW_OF_256_GIB = 0xffff_ffc0_0000_0000L;
    private static final long AARCH64_ALIGNMENT = 2L << 20;
    private static final long AARCH32_ALIGNMENT = 16L << 20;
    private static final long AARCH32_TOP = 0xfff0_0000L;
    private static final long ASID_SECTION = 0xff00_0000L;
    private static final long SECTION = 1L << 20;
    private static final long RISCV32_MEMORY = 0x8000_0000L;
    private static final long RISCV32_LARGE_PAGE = 4L << 20;
    private static final long RISCV32_TOP = 0xff80_0000L;
    private static final Span NOTHING = new Span(0, 0);

    /**
     * The window of a kernel that is built for a board.
     *
     * @param architecture the kernel's
     * @param userTop where the kernel's half of an address space begins, if it is a 32-bit one
     * @param memory RAM that nobody else keeps, in address order
     * @return its window
     */
    static KernelWindow of(Architecture architecture, long userTop, List<Span> memory) {
        long first = memory.isEmpty() ? 0 : memory.get(0).start();
        return switch (architecture) {
            case AARCH64 -> new KernelWindow(base(memory, AARCH64_ALIGNMENT), 511 * GIB, WINDOW_OF_512_GIB, NOTHING);
            case X86_64 -> new KernelWindow(0, 510 * GIB, WINDOW_OF_512_GIB, NOTHING);
            case RISCV64 -> new KernelWindow(0, 254 * GIB, WINDOW_OF_256_GIB, NOTHING);
            case AARCH32 -> {
                long base = base(memory, AARCH32_ALIGNMENT);
                long section = base + ASID_SECTION - userTop;
                yield new KernelWindow(
                        base, base + AARCH32_TOP - userTop, userTop - base, new Span(section, section + SECTION));
            }
            case RISCV32 -> {
                long base = Math.min(RISCV32_MEMORY, first & -RISCV32_LARGE_PAGE);
                yield new KernelWindow(0, base + RISCV32_TOP - RISCV32_MEMORY, RISCV32_MEMORY - base, NOTHING);
            }
            case MPU -> new KernelWindow(0, architecture.deviceTop(), 0, NOTHING);
        };
    }

    /** The lowest aligned address in memory. Without one no real kernel could be built; then memory's first address. */
    private static long base(List<Span> memory, long alignment) {
        for (Span span : memory) {
            long aligned = LoadLayout.up(span.start(), alignment);
            if (aligned < span.end()) {
                return aligned;
            }
        }
        return memory.isEmpty() ? 0 : memory.get(0).start();
    }
}
