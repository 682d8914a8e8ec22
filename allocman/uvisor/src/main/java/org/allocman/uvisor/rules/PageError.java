package org.allocman.uvisor.rules;

/** What the block pool answers; names and numbers are those of uVisor. */
public enum PageError {
    /** Done. */
    OK(0),
    /** There are not so many free blocks. */
    OUT_OF_MEMORY(1),
    /** Nothing is allocated, or the table has more entries than there are blocks in use. */
    INVALID_PAGE_TABLE(2),
    /** The table's block size is not the pool's. */
    INVALID_PAGE_SIZE(3),
    /** An address is in no block. */
    INVALID_PAGE_ORIGIN(4),
    /** A block is not the caller's. */
    INVALID_PAGE_OWNER(5),
    /** The table has no entries. */
    INVALID_PAGE_COUNT(6),
    /** The box would have more blocks than it may have. uVisor has no such limit, so the number is our own. */
    QUOTA_EXCEEDED(7);

    private static final int FIRST = 0x10000;

    private final int number;

    PageError(int number) {
        this.number = number == 0 ? 0 : FIRST + number;
    }

    /**
     * The number that a program sees.
     *
     * @return 0, or 0x10000 and the error's own number
     */
    public int number() {
        return number;
    }
}
