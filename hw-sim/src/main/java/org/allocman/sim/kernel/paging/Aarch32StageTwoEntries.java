package org.allocman.sim.kernel.paging;

/**
 * Entries of the second stage of translation, which a hypervisor on 32-bit Arm has for its users (Arm ARM, "Long-descriptor
 * translation table format"). Each has eight bytes.
 */
final class Aarch32StageTwoEntries implements EntryFormat {
    /*
     *   bits 0 and 1: 01 section, 11 table or small page; 2 to 5 memory type; 6 reading; 7 writing; 10 accessed; 12 to 31
     *   address; 52 one of sixteen entries that map a large page or a super section; 54 execute never
     */
    private static final int DIRECTORY_BITS = 21;
    private static final int SUPER_BITS = 25;
    private static final int LARGE_BITS = 16;
    private static final int SMALL_BITS = 12;
    private static final long KIND = 3;
    private static final long SECTION = 1;
    private static final long TABLE = 3;
    private static final long SMALL = 3;
    private static final int TYPE_SHIFT = 2;
    private static final long NORMAL_MEMORY = 0xf;
    private static final int ACCESS_SHIFT = 6;
    private static final long READ_ONLY = 1;
    private static final long READ_WRITE = 3;
    private static final long ACCESSED = 1 << 10;
    private static final long CONTIGUOUS = 1L << 52;
    private static final long EXECUTE_NEVER = 1L << 54;
    private static final long ADDRESS = 0xffff_f000L;
    private static final long CACHEABLE_ATTRIBUTE = 1;
    private static final long EXECUTE_NEVER_ATTRIBUTE = 4;

    @Override
    public int entryShift(int wordBits) {
        return 3;
    }

    @Override
    public boolean isTable(long entry, int bits) {
        return bits == DIRECTORY_BITS && (entry & KIND) == TABLE;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & KIND) == (bits == DIRECTORY_BITS ? SECTION : SMALL);
    }

    @Override
    public int pageBits(long entry, int bits) {
        boolean isOfMany = (entry & CONTIGUOUS) != 0;
        return bits == DIRECTORY_BITS ? isOfMany ? SUPER_BITS : DIRECTORY_BITS : isOfMany ? LARGE_BITS : SMALL_BITS;
    }

    @Override
    public long address(long entry, int bits) {
        return entry & ADDRESS & -1L << (isTable(entry, bits) ? SMALL_BITS : pageBits(entry, bits));
    }

    @Override
    public long access(long entry, int bits) {
        long access = entry >>> ACCESS_SHIFT & 3;
        return access == READ_WRITE ? READABLE | WRITABLE : access == READ_ONLY ? READABLE : 0;
    }

    @Override
    public long table(long address, long attributes) {
        return address | TABLE;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        long access = rights == readWrite() ? READ_WRITE : rights == readOnly() ? READ_ONLY : 0;
        return address
                | (bits >= DIRECTORY_BITS ? SECTION : SMALL)
                | ACCESSED
                | access << ACCESS_SHIFT
                | ((attributes & CACHEABLE_ATTRIBUTE) != 0 ? NORMAL_MEMORY << TYPE_SHIFT : 0)
                | (bits == SUPER_BITS || bits == LARGE_BITS ? CONTIGUOUS : 0)
                | ((attributes & EXECUTE_NEVER_ATTRIBUTE) != 0 ? EXECUTE_NEVER : 0);
    }
}
