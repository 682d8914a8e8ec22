package org.allocman.vka;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * An untyped region that boot, or somebody else, hands to a resource manager.
 *
 * @param slot cptr of its capability
 * @param paddr physical address; a multiple of its size is the address that the kernel itself has for it
 * @param sizeBits its size in bits
 * @param device whether it is device memory, which the kernel never touches
 */
public record Untyped(
        @CPtr long slot, @PhysAddr long paddr, @SizeBits int sizeBits, boolean device) {
    /*
     * Kernels align in the window through which they see memory, and the window's place is a multiple of a large page, so that
     * a large untyped need not be at a multiple of its size physically: on x86_64 there is one of 2^46 bytes at 2^39.
     */
    private static final int WINDOW_BITS = 20;

    /**
     * Whether it is at a multiple of its size, as the kernel sees it.
     *
     * @return false if no kernel hands such an untyped out
     */
    public boolean respectsAlignment() {
        return (paddr & (1L << Math.min(sizeBits, WINDOW_BITS)) - 1) == 0;
    }

    /**
     * The last byte's address; an end address could lie beyond the top of the address space.
     *
     * @return the physical address, inclusive
     */
    public @PhysAddr long last() {
        return paddr + ((1L << sizeBits) - 1);
    }

    @Override
    public String toString() {
        return (device ? "device untyped" : "untyped") + " of 2^" + sizeBits + " bytes at 0x" + Long.toHexString(paddr)
                + " in slot " + slot;
    }
}
