package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.uvisor.rules.UserWord;
import org.allocman.vka.Memory;

/** A caller's table of blocks, in the caller's own memory. */
public final class PageTable {
    /*
     *    0          4          8            12
     *   +----------+----------+------------+------------+--
     *   | size     | count    | origin 0   | origin 1   | ...     32 bits each
     *   +----------+----------+------------+------------+--
     */
    /** The size of a block in bytes, which the caller fills in to show that it knows it. */
    public static final UserWord BLOCK_BYTES = new UserWord("block size", 0);

    /** How many blocks. */
    public static final UserWord COUNT = new UserWord("blocks", 4);

    private static final UserWord ORIGIN = new UserWord("origin", 8);
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
        return ORIGIN.get(memory, table + index * ENTRY);
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
        ORIGIN.set(memory, table + index * ENTRY, address);
    }
}
