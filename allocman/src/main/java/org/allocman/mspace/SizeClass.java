package org.allocman.mspace;

import org.allocman.untyped.RecordKind;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A size into which pages are cut. Each of the general ones divides the 63 units of 64 bytes that a page has beside its
 * header with as little waste as it can; the kinds of records that managers declare have classes of their own behind them,
 * by their indices, so that a page's records are all of one layout.
 *
 * @param index where in an mspace's state the class is
 * @param units its size in units of 64 bytes, 1 to 63
 */
record SizeClass(int index, int units) {
    static final int UNIT = 64;
    private static final int UNITS_IN_PAGE = 63;
    private static final int[] UNITS = {1, 2, 3, 4, 5, 7, 9, 12, 15, 21, 31, UNITS_IN_PAGE};
    private static final SizeClass[] BY_UNITS = new SizeClass[UNITS_IN_PAGE + 1];

    /** How many classes there can be, those of records included. */
    static final int MOST = UNITS.length + RecordKind.MOST;

    static {
        for (int i = UNITS.length - 1; i >= 0; i--) {
            SizeClass general = new SizeClass(i, UNITS[i]);
            for (int units = 0; units <= UNITS[i]; units++) {
                BY_UNITS[units] = general;
            }
        }
    }

    int bytes() {
        return units * UNIT;
    }

    int recordsInPage() {
        return UNITS_IN_PAGE / units;
    }

    /** The class of a kind of record. */
    static SizeClass of(RecordKind kind) {
        return new SizeClass(UNITS.length + kind.index(), kind.bytes() / UNIT);
    }

    /** The least general class with room for so many bytes, or null. */
    static @Nullable SizeClass holding(int bytes) {
        return bytes < 1 || bytes > UNITS_IN_PAGE * UNIT ? null : BY_UNITS[(bytes + UNIT - 1) / UNIT];
    }
}
