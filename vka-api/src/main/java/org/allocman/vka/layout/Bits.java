package org.allocman.vka.layout;

import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Some bits of a 64-bit word of a packed record.
 *
 * @param name what the field is called in dumps
 * @param offset bytes from the start of the record to the word, a multiple of 8
 * @param shift the field's lowest bit, 0 to 63
 * @param width how many bits, 1 to 64
 */
public record Bits(String name, int offset, int shift, int width) {
    /**
     * Reads the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @return the value, 0 to 2^width - 1
     */
    public long get(Memory memory, long record) {
        return of(memory.load64(record, offset));
    }

    /**
     * Writes the field and leaves its neighbours as they are.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @param value the new value; bits above the width are dropped
     */
    public void set(Memory memory, long record, long value) {
        set(memory, memory.pin(record), record, value);
    }

    /**
     * The field in a word already read.
     *
     * @param word the word
     * @return the value, 0 to 2^width - 1
     */
    public long of(long word) {
        return word >>> shift & mask();
    }

    /**
     * A word with this field replaced.
     *
     * @param word the word
     * @param value the field's new value; bits above the width are dropped
     * @return the new word
     */
    public long into(long word, long value) {
        return word & ~(mask() << shift) | (value & mask()) << shift;
    }

    /**
     * Reads the field of a record whose page is pinned.
     *
     * @param memory where the record lies
     * @param pin what {@link Memory#pin} returned for the record
     * @param record the record's address
     * @return the value, 0 to 2^width - 1
     */
    public long get(Memory memory, long @Nullable [] pin, long record) {
        return of(memory.load64(pin, record, offset));
    }

    /**
     * Writes the field of a record whose page is pinned, and leaves its neighbours as they are.
     *
     * @param memory where the record lies
     * @param pin what {@link Memory#pin} returned for the record
     * @param record the record's address
     * @param value the new value; bits above the width are dropped
     */
    public void set(Memory memory, long @Nullable [] pin, long record, long value) {
        memory.store64(pin, record, offset, into(memory.load64(pin, record, offset), value));
    }

    private long mask() {
        return -1L >>> 64 - width;
    }
}
