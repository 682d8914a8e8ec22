package org.allocman.sim.boot;

import org.allocman.qual.Bytes;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Rounding;

/**
 * The root task's image: code, then the static pool, in whole pages.
 *
 * @param pageBytes size of the smallest page
 * @param codeBytes the code, a multiple of 4 KiB
 * @param bytes the whole image
 * @param alignment what its first byte has to be a multiple of
 */
record ImageShape(
        @Bytes long pageBytes,
        @Bytes long codeBytes,
        @Bytes long bytes,
        @Bytes long alignment) {
    /** An MPU region has eight subregions, which can be switched off one by one. */
    static final int SUBREGIONS = 8;

    private static final @Bytes long POOL_PAGE = 4096;

    static ImageShape of(Architecture architecture, BootConfig config) {
        long page = 1L << architecture.sizeBits(ObjectType.SMALL_PAGE, 0);
        // the static pool behind it begins at a multiple of what a manager takes for a page
        long code = Rounding.up(Math.max(config.codeBytes(), 1), Math.max(page, POOL_PAGE));
        long bytes = code + Rounding.up(config.staticPoolBytes(), page);
        if (architecture.hasPaging()) {
            return new ImageShape(page, code, bytes, page);
        }
        // one region of a power of two, of which the last subregions may be missing
        long region = Math.max(SUBREGIONS * page, Long.highestOneBit(bytes - 1) << 1);
        return new ImageShape(page, code, Rounding.up(bytes, region / SUBREGIONS), region);
    }
}
