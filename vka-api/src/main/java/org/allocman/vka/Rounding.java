package org.allocman.vka;

import org.allocman.qual.Bytes;

/** Rounds sizes and addresses to units. */
public final class Rounding {
    private Rounding() {}

    /**
     * The next multiple of a unit, or the value itself if it is one.
     *
     * @param value an address or a size; the result is of the same kind
     * @param unit a power of two
     * @return the least multiple of {@code unit} that is not less than {@code value}; modulo 2^64
     */
    public static long up(long value, @Bytes long unit) {
        return value + unit - 1 & -unit;
    }
}
