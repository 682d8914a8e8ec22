package org.allocman.sim.board;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * Memory that answers at a second address.
 *
 * @param start first byte of the second appearance
 * @param original first byte of the first one
 * @param size length in bytes, at least 1; neither appearance reaches beyond 2^52
 */
public record Mirror(
        @PhysAddr long start,
        @PhysAddr long original,
        @Bytes long size) {
    /**
     * Checks the bounds.
     *
     * @param start first byte of the second appearance
     * @param original first byte of the first one
     * @param size length in bytes, at least 1; neither appearance reaches beyond 2^52
     */
    public Mirror {
        if (size < 1 || !Region.fits(start, size) || !Region.fits(original, size)) {
            throw new IllegalArgumentException("mirror at 0x" + Long.toHexString(start) + " of 0x"
                    + Long.toHexString(original) + " with 0x" + Long.toHexString(size)
                    + " bytes does not fit below 2^52");
        }
    }
}
