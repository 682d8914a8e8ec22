package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;

/**
 * Which physical memory the kernel maps for itself, and at which of its own addresses: only that can be memory for it, what
 * lies outside is device memory at best.
 *
 * @param base where the kernel is loaded at the lowest: RAM below it is device memory
 * @param end one past the last byte that is mapped
 * @param offset what to add to a physical address for the kernel's virtual one, modulo its words
 * @param keptStart first of the physical addresses that nobody gets, neither as memory nor as a device
 * @param keptEnd the first address behind them; equal to the start if there are none
 */
public record KernelWindow(
        @PhysAddr long base,
        @PhysAddr long end,
        long offset,
        @PhysAddr long keptStart,
        @PhysAddr long keptEnd) {
    /*
     * The figures that behaviours give are PPTR_BASE, PPTR_TOP and PADDR_BASE of seL4's hardware.h of each mode, and the
     * alignment of the physical base in its hardware description: the loader maps the kernel by super sections on aarch32 and
     * by large pages on aarch64. On 64-bit kernels the window begins at address 0, on 32-bit kernels about where RAM does.
     */
    static KernelWindow of(@PhysAddr long base, @PhysAddr long end, long offset) {
        return new KernelWindow(base, end, offset, 0, 0);
    }
}
