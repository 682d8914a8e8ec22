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
 * @param recordsInPage how many of them a page has
 * @param reciprocal 2^16 / units, rounded up: multiplying by it divides any number of units below 63
 */
record SizeClass(int index, int units, int recordsInPage, int reciprocal) {
    static final int UNIT = 64;
    private static final int UNIT_BITS = 6;
    private static final int UNITS_IN_PAGE = 63;
    private static final int RECIPROCAL_BITS = 16;
    private static final int[] UNITS = {1, 2, 3, 4, 5, 7, 9, 12, 15, 21, 31, UNITS_IN_PAGE};
    private static final SizeClass[] BY_UNITS = new SizeClass[UNITS_IN_PAGE + 1];

    /** How many classes there can be, those of records included. */
    static final int MOST = UNITS.length + RecordKind.MOST;

    static {
        for (int i = UNITS.length - 1; i >= 0; i--) {
            SizeClass general = ofUnits(i, UNITS[i]);
            for (int units = 0; units <= UNITS[i]; units++) {
                BY_UNITS[units] = general;
            }
        }
    }

    int bytes() {
        return units * UNIT;
    }

    /**
     * Which of a page's records begins at an offset.
     *
     * @param offset bytes behind the page's header, any number
     * @return its number, or -1 if none begins there
     */
    int recordAt(long offset) {
        long unit = offset >> UNIT_BITS;
        if (unit < 0 || unit >= UNITS_IN_PAGE) {
            return -1;
        }
        int number = (int) unit * reciprocal >>> RECIPROCAL_BITS;
        return number < recordsInPage && (long) number * units << UNIT_BITS == offset ? number : -1;
    }

    /** The class of a kind of record. */
    static SizeClass of(RecordKind kind) {
        return ofUnits(UNITS.length + kind.index(), kind.bytes() / UNIT);
    }

    /** A class by its size. */
    static SizeClass ofUnits(int index, int units) {
        return new SizeClass(index, units, UNITS_IN_PAGE / units, (1 << RECIPROCAL_BITS) / units + 1);
    }

    /** The least general class with room for so many bytes, or null. */
    static @Nullable SizeClass holding(int bytes) {
        return bytes < 1 || bytes > UNITS_IN_PAGE * UNIT ? null : BY_UNITS[(bytes + UNIT - 1) / UNIT];
    }
}
