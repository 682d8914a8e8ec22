package org.allocman.xous;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;

/** A byte for every page, RAM first, then the ranges in their order, as Xous has it. Its size never changes. */
final class ArrayTable implements OwnerTable {
    private static final int PAGES_IN_WORD = 8;
    private static final Bits[] PIDS = new Bits[PAGES_IN_WORD];
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    static {
        for (int i = 0; i < PAGES_IN_WORD; i++) {
            PIDS[i] = new Bits("pid " + i, 0, i * Byte.SIZE, Byte.SIZE);
        }
    }

    private final Memory memory;
    private final long base;
    private final long pages;

    /** A view of the table at an address, a multiple of 8; all zero means that nobody owns anything. */
    ArrayTable(Memory memory, long base, long pages) {
        this.memory = memory;
        this.base = base;
        this.pages = pages;
    }

    /** The memory to set aside: whole words. */
    static @Bytes long room(long pages) {
        return (pages + PAGES_IN_WORD - 1) / PAGES_IN_WORD * Long.BYTES;
    }

    @Override
    public int owner(long page) {
        return (int) PIDS[(int) (page % PAGES_IN_WORD)].get(memory, word(page));
    }

    @Override
    public boolean prepare(long page) {
        return true;
    }

    @Override
    public void setOwner(long page, int pid) {
        PIDS[(int) (page % PAGES_IN_WORD)].set(memory, word(page), pid);
    }

    @Override
    public long next(long from, int pid) {
        for (long page = from; page < pages; page = page / PAGES_IN_WORD * PAGES_IN_WORD + PAGES_IN_WORD) {
            long differs = memory.load64(word(page), 0) ^ pid * LOW_BITS;
            // a byte that is zero, and perhaps bytes above it, leaves its high bit
            boolean mayHave = (differs - LOW_BITS & ~differs & HIGH_BITS) != 0;
            for (long at = page; mayHave && at < pages && at / PAGES_IN_WORD == page / PAGES_IN_WORD; at++) {
                if (owner(at) == pid) {
                    return at;
                }
            }
        }
        return -1;
    }

    @Override
    public long bytes() {
        return pages;
    }

    private long word(long page) {
        return base + page / PAGES_IN_WORD * Long.BYTES;
    }
}
