package org.allocman.vka.vspace;

import org.allocman.qual.VirtAddr;
import org.allocman.vka.CapRights;
import org.allocman.vka.VkaObject;

/**
 * A page that a {@link VSpace} has mapped.
 *
 * @param vaddr its first address
 * @param frame what is mapped there
 * @param rights what may be done through the mapping
 * @param ownsFrame whether the frame was allocated for the page, and is given back with it
 */
public record MappedPage(@VirtAddr long vaddr, VkaObject frame, CapRights rights, boolean ownsFrame) {
    /**
     * The first address behind the page.
     *
     * @return the address
     */
    public @VirtAddr long end() {
        return vaddr + (1L << frame.sizeBits());
    }

    MappedPage with(CapRights others) {
        return new MappedPage(vaddr, frame, others, ownsFrame);
    }
}
