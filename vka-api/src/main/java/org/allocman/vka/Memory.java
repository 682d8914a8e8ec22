package org.allocman.vka;

/**
 * Memory as its user sees it: words at addresses, little-endian. A physical memory takes physical addresses, the root
 * task's window takes virtual ones.
 *
 * <p>Every access names a record and an offset in it, because a record never crosses a page: an implementation looks up
 * the page of the record, once, for all its fields.
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
}
