package org.allocman.sim.boot;

import java.util.ArrayList;
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
    private static final long RISCV32_LARGEST = 1L << 29;
    private static final long RISCV32_TOP = 0xff80_0000L;
    private static final Span NOTHING = new Span(0, 0);

    /**
     * The windows that a kernel for a board can have, the real one's first. Memory that the real one has no room in is none
     * on which a real kernel could be built; ours is then loaded where there is room.
     *
     * @param architecture the kernel's
     * @param userTop where the kernel's half of an address space begins, if it is a 32-bit one
     * @param memory RAM that nobody else keeps, in address order
     * @return windows, at least one
     */
    static List<KernelWindow> of(Architecture architecture, long userTop, List<Span> memory) {
        long alignment = alignment(architecture);
        List<KernelWindow> windows = new ArrayList<>();
        for (Span span : alignment == 1 ? List.<Span>of() : memory) {
            long aligned = Rounding.up(span.start(), alignment);
            if (aligned < span.end()) {
                windows.add(from(architecture, userTop, aligned));
            }
        }
        windows.add(
                from(architecture, userTop, memory.isEmpty() ? 0 : memory.get(0).start()));
        return windows;
    }

    /** What the lowest address of memory must be a multiple of. */
    private static long alignment(Architecture architecture) {
        return switch (architecture) {
            case AARCH64 -> AARCH64_ALIGNMENT;
            case AARCH32 -> AARCH32_ALIGNMENT;
            default -> 1;
        };
    }

    private static KernelWindow from(Architecture architecture, long userTop, long base) {
        return switch (architecture) {
            case AARCH64 -> new KernelWindow(base, 511 * GIB, WINDOW_OF_512_GIB, NOTHING);
            case X86_64 -> new KernelWindow(base, 510 * GIB, WINDOW_OF_512_GIB, NOTHING);
            case RISCV64 -> new KernelWindow(base, 254 * GIB, WINDOW_OF_256_GIB, NOTHING);
            case AARCH32 -> {
                long start = base & -AARCH32_ALIGNMENT;
                long section = start + ASID_SECTION - userTop;
                yield new KernelWindow(
                        base, start + AARCH32_TOP - userTop, userTop - start, new Span(section, section + SECTION));
            }
            case RISCV32 -> {
                long start = Math.min(RISCV32_MEMORY, base & -RISCV32_LARGEST);
                yield new KernelWindow(base, start + RISCV32_TOP - RISCV32_MEMORY, RISCV32_MEMORY - start, NOTHING);
            }
            case MPU -> new KernelWindow(base, architecture.deviceTop(), 0, NOTHING);
        };
    }
}
