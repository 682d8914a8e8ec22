package org.allocman.vka.layout;

import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A 64-bit field of a packed record.
 *
 * @param name what the field is called in dumps
 * @param offset bytes from the start of the record, a multiple of 8
 */
public record Word(String name, int offset) {
    /**
     * Reads the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @return the value
     */
    public long get(Memory memory, long record) {
        return memory.load64(record, offset);
    }

    /**
     * Writes the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @param value the new value
     */
    public void set(Memory memory, long record, long value) {
        memory.store64(record, offset, value);
    }

    /**
     * Adds to the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @param delta what to add, possibly negative
     */
    public void add(Memory memory, long record, long delta) {
        long[] pin = memory.pin(record);
        memory.store64(pin, record, offset, memory.load64(pin, record, offset) + delta);
    }

    /**
     * Reads the field of a record whose page is pinned.
     *
     * @param memory where the record lies
     * @param pin what {@link Memory#pin} returned for the record
     * @param record the record's address
     * @return the value
     */
    public long get(Memory memory, long @Nullable [] pin, long record) {
        return memory.load64(pin, record, offset);
    }

    /**
     * Writes the field of a record whose page is pinned.
     *
     * @param memory where the record lies
     * @param pin what {@link Memory#pin} returned for the record
     * @param record the record's address
     * @param value the new value
     */
    public void set(Memory memory, long @Nullable [] pin, long record, long value) {
        memory.store64(pin, record, offset, value);
    }
}
