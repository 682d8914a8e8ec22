package org.allocman.sim.kernel.paging;

/** Entries of a kernel of one's own: no hardware's, just what a walk needs. */
final class PlainEntries implements EntryFormat {
    /*
     *   bit 0 present, 1 a page and not a table, 2 readable, 3 writable by user code; from bit 4 the address
     */
    private static final long PRESENT = 1;
    private static final long PAGE = 2;
    private static final long READ = 4;
    private static final long WRITE = 8;
    private static final long ADDRESS = -16;

    @Override
    public boolean isTable(long entry, int bits) {
        return (entry & (PRESENT | PAGE)) == PRESENT;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & (PRESENT | PAGE)) == (PRESENT | PAGE);
    }

    @Override
    public long address(long entry, int bits) {
        return entry & ADDRESS;
    }

    @Override
    public long access(long entry, int bits) {
        return ((entry & READ) != 0 ? READABLE : 0) | ((entry & WRITE) != 0 ? WRITABLE : 0);
    }

    @Override
    public long table(long address, long attributes) {
        return address | PRESENT;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        long access = rights == readWrite() ? READ | WRITE : rights == readOnly() ? READ : 0;
        return address | access | PAGE | PRESENT;
    }
}
