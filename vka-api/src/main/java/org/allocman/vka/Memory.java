package org.allocman.vka;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Memory as its user sees it: words at addresses, little-endian. A physical memory takes physical addresses, the root
 * task's window takes virtual ones.
 *
 * <p>Every access names a record and an offset in it, because a record never crosses a page. So whoever needs several
 * fields of a record can have its page looked up once, by {@link #pin}, and name the pin at each access.
 */
public interface Memory {
    /**
     * Reads eight bytes.
     *
     * @param record address of a record, in bytes
     * @param offset bytes from there; {@code record + offset} is a multiple of 8 in the record's own page
     * @return the word
     * @throws MemoryFault if nothing is there or the address is misaligned
     */
    long load64(long record, int offset);

    /**
     * Writes eight bytes.
     *
     * @param record address of a record, in bytes
     * @param offset bytes from there; {@code record + offset} is a multiple of 8 in the record's own page
     * @param value the word
     * @throws MemoryFault if nothing is there, it cannot be written, or the address is misaligned
     */
    void store64(long record, int offset, long value);

    /**
     * Reads four bytes.
     *
     * @param record address of a record, in bytes
     * @param offset bytes from there; {@code record + offset} is a multiple of 4 in the record's own page
     * @return the word
     * @throws MemoryFault if nothing is there or the address is misaligned
     */
    int load32(long record, int offset);

    /**
     * Writes four bytes.
     *
     * @param record address of a record, in bytes
     * @param offset bytes from there; {@code record + offset} is a multiple of 4 in the record's own page
     * @param value the word
     * @throws MemoryFault if nothing is there, it cannot be written, or the address is misaligned
     */
    void store32(long record, int offset, int value);

    /**
     * Sets bytes to zero. Memory that was never written costs nothing.
     *
     * @param address first byte, a multiple of 8
     * @param bytes how many, a multiple of 8
     * @throws MemoryFault if some of it is not there or cannot be written
     */
    default void clear(long address, long bytes) {
        for (long at = 0; at < bytes; at += Long.BYTES) {
            store64(address + at, 0, 0);
        }
    }

    /**
     * Looks up the page of a record, for several accesses to it. Nothing is read, made or changed, and nothing faults: an
     * address that cannot be accessed has no pin, and the access itself finds that out.
     *
     * <p>A pin is current until a translation may have changed: it ends with an invocation of the kernel and when the memory
     * goes back in time, and is not kept in a field. A store through one that is not current throws.
     *
     * @param record address of a record
     * @return the words of the record's page, of which the memory alone writes any; null if each access is to be looked up for
     *     itself, which is the answer of a memory that has no pages
     */
    default long @Nullable [] pin(long record) {
        return null;
    }

    /**
     * Reads eight bytes of a pinned record.
     *
     * @param pin what {@link #pin} returned for the record
     * @param record address of a record, a multiple of 8
     * @param offset bytes from there; a multiple of 8 in the record's own page
     * @return the word
     * @throws MemoryFault if nothing is there
     */
    default long load64(long @Nullable [] pin, long record, int offset) {
        return load64(record, offset);
    }

    /**
     * Writes eight bytes of a pinned record.
     *
     * @param pin what {@link #pin} returned for the record
     * @param record address of a record, a multiple of 8
     * @param offset bytes from there; a multiple of 8 in the record's own page
     * @param value the word
     * @throws MemoryFault if nothing is there, it cannot be written, or the pin is not current
     */
    default void store64(long @Nullable [] pin, long record, int offset, long value) {
        store64(record, offset, value);
    }

    /**
     * Reads four bytes of a pinned record.
     *
     * @param pin what {@link #pin} returned for the record
     * @param record address of a record, a multiple of 8
     * @param offset bytes from there; a multiple of 4 in the record's own page
     * @return the word
     * @throws MemoryFault if nothing is there
     */
    default int load32(long @Nullable [] pin, long record, int offset) {
        return load32(record, offset);
    }

    /**
     * Writes four bytes of a pinned record.
     *
     * @param pin what {@link #pin} returned for the record
     * @param record address of a record, a multiple of 8
     * @param offset bytes from there; a multiple of 4 in the record's own page
     * @param value the word
     * @throws MemoryFault if nothing is there, it cannot be written, or the pin is not current
     */
    default void store32(long @Nullable [] pin, long record, int offset, int value) {
        store32(record, offset, value);
    }
}
