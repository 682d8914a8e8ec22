package org.allocman.sim.kernel.paging;

/** Entries of extended page tables (Intel SDM volume 3, "The Extended Page Table Mechanism"). */
final class EptEntries implements EntryFormat {
    /*
     *   bit 0 readable, which says that an entry is there; 1 writable; 2 executable; 3 to 5 memory type of a page; 7 page above
     *   the lowest level; 12 to 51 address
     */
    private static final long READ = 1;
    private static final long WRITE = 2;
    private static final long EXECUTE = 4;
    private static final int TYPE_SHIFT = 3;
    private static final long UNCACHEABLE = 0;
    private static final long WRITE_COMBINING = 1;
    private static final long WRITE_THROUGH = 4;
    private static final long WRITE_BACK = 6;
    private static final long LARGE = 1 << 7;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final int SMALL_BITS = 12;

    @Override
    public boolean isTable(long entry, int bits) {
        return (entry & READ) != 0 && bits > SMALL_BITS && (entry & LARGE) == 0;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & READ) != 0 && (bits == SMALL_BITS || (entry & LARGE) != 0);
    }

    @Override
    public long address(long entry, int bits) {
        return entry & ADDRESS;
    }

    @Override
    public long access(long entry, int bits) {
        return (entry & WRITE) == 0 ? READABLE : READABLE | WRITABLE;
    }

    @Override
    public long table(long address, long attributes) {
        return address | EXECUTE | WRITE | READ;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        long entry = address | type(attributes) << TYPE_SHIFT | EXECUTE | READ;
        // a mapping that nobody may use is as writable as one for the kernel alone
        entry |= rights == readOnly() ? 0 : WRITE;
        return bits == SMALL_BITS ? entry : entry | LARGE;
    }

    /** What is no type of memory is memory that is written back. */
    private static long type(long attributes) {
        return attributes == UNCACHEABLE || attributes == WRITE_COMBINING || attributes == WRITE_THROUGH
                ? attributes
                : WRITE_BACK;
    }
}
