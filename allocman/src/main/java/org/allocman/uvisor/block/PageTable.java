package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** A caller's table of blocks, in the caller's own memory. */
public final class PageTable {
    /*
     *    0          4          8            12
     *   +----------+----------+------------+------------+--
     *   | size     | count    | origin 0   | origin 1   | ...     32 bits each
     *   +----------+----------+------------+------------+--
     */
    /** The size of a block in bytes, which the caller fills in to show that it knows it. */
    public static final HalfWord BLOCK_BYTES = new HalfWord("block size", 0);

    /** How many blocks. */
    public static final HalfWord COUNT = new HalfWord("blocks", 4);

    private static final HalfWord ORIGIN = new HalfWord("origin", 0);
    private static final int ORIGINS = 8;
    private static final int ENTRY = 4;

    private PageTable() {}

    /**
     * The memory a table takes.
     *
     * @param count how many blocks
     * @return bytes
     */
    public static @Bytes long bytes(long count) {
        return ORIGINS + count * ENTRY;
    }

    /**
     * Reads an address in the table.
     *
     * @param memory the caller's memory
     * @param table where the table is
     * @param index which entry
     * @return any address within the block
     */
    public static long origin(Memory memory, long table, long index) {
        // entries are records of their own: a table may cross a page
        return ORIGIN.get(memory, table + ORIGINS + index * ENTRY);
    }

    /**
     * Writes an address into the table.
     *
     * @param memory the caller's memory
     * @param table where the table is
     * @param index which entry
     * @param address where the block begins
     */
    public static void setOrigin(Memory memory, long table, long index, long address) {
        ORIGIN.set(memory, table + ORIGINS + index * ENTRY, address);
    }
}
