package org.allocman.sim.boot;

import org.allocman.qual.Bytes;

/** Rounds sizes and addresses to units. */
final class Rounding {
    private Rounding() {}

    /** The next multiple of a unit, or the value itself. */
    // what goes in, an address or a size, comes out
    static long up(long value, @Bytes long unit) {
        return value + unit - 1 & -unit;
    }
}
