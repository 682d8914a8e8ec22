package org.allocman.sim.kernel.paging;

/** Entries of aarch64's four levels with a granule of 4 KiB (Arm ARM, "VMSAv8-64 translation table format descriptors"). */
class Aarch64Entries implements EntryFormat {
    /*
     *   bits 0 and 1: 01 block, 11 table or smallest page; 2 to 4 memory type; 6 and 7 access permissions, which are the
     *   capability's rights; 10 accessed; 11 not global; 12 to 47 address; 54 execute never; 58 is left to software: seL4
     *   tells a smallest page from a table by it
     */
    private static final long KIND = 3;
    private static final long BLOCK = 1;
    private static final long TABLE = 3;
    private static final long SMALL = 1L << 58 | 3;
    private static final int TYPE_SHIFT = 2;
    private static final long NORMAL_MEMORY = 4;
    private static final int RIGHTS_SHIFT = 6;
    private static final long ACCESSED = 1 << 10;
    private static final long NOT_GLOBAL = 1 << 11;
    private static final long EXECUTE_NEVER = 1L << 54;
    private static final long ADDRESS = 0x0000_ffff_ffff_f000L;
    private static final long CACHEABLE_ATTRIBUTE = 1;
    private static final long EXECUTE_NEVER_ATTRIBUTE = 4;
    private static final int SMALL_BITS = 12;

    @Override
    public boolean isTable(long entry, int bits) {
        return (entry & SMALL) == TABLE;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & KIND) == BLOCK || (entry & SMALL) == SMALL;
    }

    @Override
    public long address(long entry, int bits) {
        return entry & ADDRESS;
    }

    @Override
    public long access(long entry, int bits) {
        int rights = rights(entry);
        return rights == readWrite() ? READABLE | WRITABLE : rights == readOnly() ? READABLE : 0;
    }

    /** The rights that an entry was made with. */
    static int rights(long entry) {
        return (int) (entry >>> RIGHTS_SHIFT) & 3;
    }

    @Override
    public long table(long address, long attributes) {
        return address | TABLE;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        long entry = address | NOT_GLOBAL | ACCESSED | (long) rights << RIGHTS_SHIFT;
        entry |= bits == SMALL_BITS ? SMALL : BLOCK;
        entry |= (attributes & CACHEABLE_ATTRIBUTE) != 0 ? NORMAL_MEMORY << TYPE_SHIFT : 0;
        return (attributes & EXECUTE_NEVER_ATTRIBUTE) != 0 ? entry | EXECUTE_NEVER : entry;
    }

    @Override
    public int readWrite() {
        return 1;
    }

    @Override
    public int readOnly() {
        return 3;
    }

    @Override
    public int kernelOnly() {
        return 0;
    }
}
