package org.allocman.uvisor.rules;

import org.allocman.vka.Memory;

/**
 * A 32-bit field of a record in memory that a program chose. Such a record may cross a page, so each field is looked up as a
 * record of its own.
 *
 * @param name what the field is called in dumps
 * @param offset bytes from the start of the record, a multiple of 4
 */
public record UserWord(String name, int offset) {
    /**
     * Reads the field, unsigned.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @return the value, 0 to 2^32 - 1
     */
    public long get(Memory memory, long record) {
        return Integer.toUnsignedLong(memory.load32(record + offset, 0));
    }

    /**
     * Writes the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @param value the new value; bits above 31 are dropped
     */
    public void set(Memory memory, long record, long value) {
        memory.store32(record + offset, 0, (int) value);
    }

    /**
     * Adds to the field.
     *
     * @param memory where the record lies
     * @param record the record's address
     * @param delta what to add, possibly negative
     */
    public void add(Memory memory, long record, long delta) {
        set(memory, record, get(memory, record) + delta);
    }
}
