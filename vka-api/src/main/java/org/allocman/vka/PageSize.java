package org.allocman.vka;

import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;

/**
 * The size of a page: 4 KiB, the smallest frame of every architecture of seL4 with paging, a page of Xous, of the pools and of the
 * simulated memory. It is said here alone; import it statically.
 */
public final class PageSize {
    /** Binary logarithm of the size of a page. */
    public static final @SizeBits int PAGE_BITS = 12;

    /** The size of a page in bytes. */
    public static final @Bytes int PAGE = 1 << PAGE_BITS;

    private PageSize() {}
}
