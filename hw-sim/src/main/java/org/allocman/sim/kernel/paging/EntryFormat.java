package org.allocman.sim.kernel.paging;

/**
 * How an architecture writes its page-table entries. A level is named by the number of bits of the virtual address that
 * are left below it: an entry at {@code bits} covers 2^bits bytes.
 */
interface EntryFormat {
    /** Flag of {@link #access}: user code may read. */
    long READABLE = 1;

    /** Flag of {@link #access}: user code may write. */
    long WRITABLE = 2;

    /** Size bits of an entry: it is a word unless the hardware has others. */
    default int entryShift(int wordBits) {
        return wordBits == Long.SIZE ? 3 : 2;
    }

    /** Whether an entry leads to a further table. */
    boolean isTable(long entry, int bits);

    /** Whether an entry maps memory. */
    boolean isPage(long entry, int bits);

    /** Size bits of the frame that an entry of {@link #isPage} is part of; more than the level's if it takes several. */
    default int pageBits(long entry, int bits) {
        return bits;
    }

    /** Physical address of the table or frame that an entry leads to. */
    long address(long entry, int bits);

    /** What user code may do with the page. */
    long access(long entry, int bits);

    /** The entry for a table. */
    long table(long address, long attributes);

    /**
     * The entry for a frame.
     *
     * @param address the frame's physical address
     * @param bits its size
     * @param rights as the architecture numbers them
     * @param attributes as the invocation has them
     */
    long page(long address, int bits, int rights, long attributes);

    /**
     * The entry of the kernel's half of a root, which maps all memory for the kernel alone.
     *
     * @param address what the entry maps, physically
     * @return the entry; 0 where a root has no such half, or ours leaves it empty
     */
    default long kernel(long address) {
        return 0;
    }

    /** Rights to read and write, as the architecture numbers them. */
    default int readWrite() {
        return 3;
    }

    /** Rights to read only, as the architecture numbers them. */
    default int readOnly() {
        return 2;
    }

    /** Rights of the kernel alone, as the architecture numbers them. */
    default int kernelOnly() {
        return 1;
    }
}
