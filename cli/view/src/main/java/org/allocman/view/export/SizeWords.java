package org.allocman.view.export;

import org.allocman.qual.SizeBits;

/** Sizes that are powers of two, in words. */
final class SizeWords {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int UNIT_BITS = 10;

    private SizeWords() {}

    static String text(@SizeBits int bits) {
        return (1L << bits % UNIT_BITS) + " " + UNITS[bits / UNIT_BITS];
    }
}
