package org.allocman.untyped;

import org.allocman.qual.Bytes;

/**
 * A kind of record: each kind has its own pages, so that a page's records are all of one layout. The index is where an
 * mspace keeps its state, so that taking a record is an array access.
 *
 * @param index {@code 0} to {@link #FOR_UNTYPEDS} - 1 for an untyped manager's own, up to {@link #MOST} - 1 for a CSpace
 *     manager's own
 * @param name a noun in the singular, to count and to show, for instance {@code pair}
 * @param bytes the record's size, a multiple of 64 from 64 to 4032
 */
public record RecordKind(int index, String name, @Bytes int bytes) {
    /** The most kinds that an untyped manager can have. */
    public static final int FOR_UNTYPEDS = 8;

    /** The most kinds that a CSpace manager can have. */
    public static final int FOR_SLOTS = 4;

    /** The most kinds in all. */
    public static final int MOST = FOR_UNTYPEDS + FOR_SLOTS;

    private static final int UNIT = 64;
    private static final int MOST_BYTES = 4032;

    /**
     * Checks index and size.
     *
     * @param index 0 to {@link #MOST} - 1
     * @param name a noun in the singular
     * @param bytes the record's size, a multiple of 64 from 64 to 4032
     */
    public RecordKind {
        if (index < 0 || index >= MOST) {
            throw new IllegalArgumentException("a record kind has an index from 0 to " + (MOST - 1) + ", not " + index);
        }
        if (bytes < UNIT || bytes > MOST_BYTES || bytes % UNIT != 0) {
            throw new IllegalArgumentException(
                    "a " + name + " has a multiple of " + UNIT + " bytes, at most " + MOST_BYTES + ", not " + bytes);
        }
    }

    /**
     * A kind of record of an untyped manager.
     *
     * @param index where it is in {@link UntypedDesign#records}, 0 to 7
     * @param name a noun in the singular
     * @param bytes the record's size, a multiple of 64 from 64 to 4032
     * @return the kind
     */
    public static RecordKind forUntypeds(int index, String name, @Bytes int bytes) {
        if (index < 0 || index >= FOR_UNTYPEDS) {
            throw new IllegalArgumentException("an untyped manager has at most " + FOR_UNTYPEDS + " kinds of records");
        }
        return new RecordKind(index, name, bytes);
    }

    /**
     * A kind of record of a CSpace manager.
     *
     * @param index which of the manager's, 0 to 3
     * @param name a noun in the singular
     * @param bytes the record's size, a multiple of 64 from 64 to 4032
     * @return the kind
     */
    public static RecordKind forSlots(int index, String name, @Bytes int bytes) {
        if (index < 0 || index >= FOR_SLOTS) {
            throw new IllegalArgumentException("a CSpace manager has at most " + FOR_SLOTS + " kinds of records");
        }
        return new RecordKind(FOR_UNTYPEDS + index, name, bytes);
    }

    /**
     * Whether it is an untyped manager's.
     *
     * @return false for a CSpace manager's
     */
    public boolean isForUntypeds() {
        return index < FOR_UNTYPEDS;
    }
}
