package org.allocman.mspace;

import org.allocman.untyped.RecordStore;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The sizes into which pages are cut. Each divides the 63 units of 64 bytes that a page has beside its header with as
 * little waste as it can; the records of the untyped managers have classes of their own, in the order of their uses, so
 * that their pages can be emptied by moving them.
 */
enum SizeClass {
    B64(1),
    B128(2),
    B192(3),
    B256(4),
    B320(5),
    B448(7),
    B576(9),
    B768(12),
    B960(15),
    B1344(21),
    B1984(31),
    B4032(63),
    ARENAS(RecordStore.Use.ARENA.bytes() / 64),
    SUB_ARENAS(RecordStore.Use.SUB_ARENAS.bytes() / 64),
    PAIRS(RecordStore.Use.PAIR.bytes() / 64),
    WATERMARKS(RecordStore.Use.WATERMARK.bytes() / 64),
    SLOT_BOOKS(RecordStore.Use.SLOTS.bytes() / 64);

    static final int UNIT = 64;
    private static final int UNITS_IN_PAGE = 63;
    private static final SizeClass[] ALL = values();
    private static final SizeClass[] BY_UNITS = new SizeClass[UNITS_IN_PAGE + 1];

    static {
        for (int units = 0; units <= UNITS_IN_PAGE; units++) {
            for (int i = B4032.ordinal(); i >= 0; i--) {
                if (ALL[i].units >= units) {
                    BY_UNITS[units] = ALL[i];
                }
            }
        }
    }

    private final int units;

    SizeClass(int units) {
        this.units = units;
    }

    int bytes() {
        return units * UNIT;
    }

    int recordsInPage() {
        return UNITS_IN_PAGE / units;
    }

    static SizeClass of(RecordStore.Use use) {
        return switch (use) {
            case ARENA -> ARENAS;
            case SUB_ARENAS -> SUB_ARENAS;
            case PAIR -> PAIRS;
            case WATERMARK -> WATERMARKS;
            case SLOTS -> SLOT_BOOKS;
        };
    }

    static SizeClass at(int ordinal) {
        return ALL[ordinal];
    }

    /** The least class with room for so many bytes, or null. */
    static @Nullable SizeClass holding(int bytes) {
        return bytes < 1 || bytes > UNITS_IN_PAGE * UNIT ? null : BY_UNITS[(bytes + UNIT - 1) / UNIT];
    }
}
