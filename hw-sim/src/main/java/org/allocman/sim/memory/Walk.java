package org.allocman.sim.memory;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;

/** The way from virtual to physical addresses, as an MMU walks it. */
@FunctionalInterface
public interface Walk {
    /** What {@link #translate} answers, or-ed to the address, if the page may be read. */
    long READABLE = 1;

    /** What {@link #translate} answers, or-ed to the address, if the page may be written. */
    long WRITABLE = 2;

    /** What {@link #translate} answers, or-ed to the address, if this holds for that address only, not for its page. */
    long PARTIAL = 4;

    /**
     * Translates an address.
     *
     * @param vaddr virtual address
     * @return the physical address of its page of 4 KiB, or-ed with {@link #READABLE}, {@link #WRITABLE} and {@link
     *     #PARTIAL}; 0 if it is not mapped
     */
    long translate(@VirtAddr long vaddr);

    /** What is done with each translation that a window remembers. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Called with a translation.
         *
         * @param vaddr virtual address of a page of 4 KiB
         * @param remembered the physical address that the window takes it for, and loads from and stores to
         * @param walked what {@link #translate} answers now, with the address at which the memory is kept that answers there
         */
        void visit(@VirtAddr long vaddr, @PhysAddr long remembered, long walked);
    }
}
