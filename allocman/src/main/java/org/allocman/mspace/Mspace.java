package org.allocman.mspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;

/** Memory for book-keeping, in pieces of up to a page. Taking and giving back cost the same however much there is. */
public interface Mspace {
    /** The largest piece, in bytes: a page of 4 KiB less its header. */
    @Bytes
    int MOST = 4032;

    /**
     * Takes memory, all zero, in one page.
     *
     * @param bytes how many, 1 to {@link #MOST}
     * @return its address, a multiple of 64; 0 if there is none
     */
    @VirtAddr
    long allocate(@Bytes int bytes);

    /**
     * Gives memory back. It is cleared.
     *
     * @param address what {@link #allocate} answered
     * @param bytes how many were asked for
     * @return false, with nothing changed, if that was never given out, or given back before
     */
    boolean free(@VirtAddr long address, @Bytes int bytes);
}
