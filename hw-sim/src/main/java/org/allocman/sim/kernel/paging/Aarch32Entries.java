package org.allocman.sim.kernel.paging;

/** Entries of aarch32's two levels (Arm ARM, "Short-descriptor translation table format"). */
final class Aarch32Entries implements EntryFormat {
    /*
     *   directory  bits 0 and 1: 01 table, 10 section; 4 execute never; 9 parity, of a table too; 10 and 11 access; 12 to 14 TEX;
     *              16 shareable; 17 not global; 18 super section
     *   table      bits 0 and 1: 01 large page with execute never in bit 15 and TEX in 12 to 14, 1x small page with execute
     *              never in bit 0 and TEX in 6 to 8; 4 and 5 access; 10 shareable; 11 not global
     *   Bits 2 and 3 are bufferable and cacheable in both: with TEX they say what kind of memory it is. Large pages and super
     *   sections fill 16 entries alike.
     */
    private static final int DIRECTORY_BITS = 20;
    private static final int LARGE_BITS = 16;
    private static final int SUPER_BITS = 24;
    private static final int SMALL_BITS = 12;
    private static final long KIND = 3;
    private static final long TABLE = 1;
    private static final long SECTION = 2;
    private static final long LARGE = 1;
    private static final long SMALL = 2;
    private static final long SUPER = 1 << 18;
    /** TEX and bufferable of memory that is written back and allocated on writing. */
    private static final long CACHED_TEX = 5;

    private static final long BUFFERABLE = 1 << 2;
    private static final int SMALL_TEX_SHIFT = 6;
    private static final int LARGE_TEX_SHIFT = 12;
    private static final long PAGE_SHAREABLE = 1 << 10;
    private static final long PAGE_NOT_GLOBAL = 1 << 11;
    private static final long SECTION_SHAREABLE = 1 << 16;
    private static final long SECTION_NOT_GLOBAL = 1 << 17;
    private static final long PARITY = 1 << 9;
    private static final int SECTION_ACCESS_SHIFT = 10;
    private static final int PAGE_ACCESS_SHIFT = 4;
    private static final long SECTION_EXECUTE_NEVER = 1 << 4;
    private static final long LARGE_EXECUTE_NEVER = 1 << 15;
    private static final long SMALL_EXECUTE_NEVER = 1;
    private static final long WORD = 0xffff_ffffL;
    private static final int TABLE_BITS = 10;
    private static final long CACHEABLE_ATTRIBUTE = 1;
    private static final long PARITY_ATTRIBUTE = 2;
    private static final long EXECUTE_NEVER_ATTRIBUTE = 4;

    @Override
    public boolean isTable(long entry, int bits) {
        return bits == DIRECTORY_BITS && (entry & KIND) == TABLE;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return bits == DIRECTORY_BITS ? (entry & KIND) == SECTION : (entry & KIND) != 0;
    }

    @Override
    public int pageBits(long entry, int bits) {
        if (bits == DIRECTORY_BITS) {
            return (entry & SUPER) != 0 ? SUPER_BITS : DIRECTORY_BITS;
        }
        return (entry & SMALL) != 0 ? SMALL_BITS : LARGE_BITS;
    }

    @Override
    public long address(long entry, int bits) {
        return entry & WORD & -1L << (isTable(entry, bits) ? TABLE_BITS : pageBits(entry, bits));
    }

    @Override
    public long access(long entry, int bits) {
        int rights = (int) (entry >>> (bits == DIRECTORY_BITS ? SECTION_ACCESS_SHIFT : PAGE_ACCESS_SHIFT)) & 3;
        return rights == readWrite() ? READABLE | WRITABLE : rights == readOnly() ? READABLE : 0;
    }

    @Override
    public long table(long address, long attributes) {
        return address | TABLE | parity(attributes);
    }

    private static long parity(long attributes) {
        return (attributes & PARITY_ATTRIBUTE) != 0 ? PARITY : 0;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        boolean cacheable = (attributes & CACHEABLE_ATTRIBUTE) != 0;
        boolean executeNever = (attributes & EXECUTE_NEVER_ATTRIBUTE) != 0;
        if (bits > LARGE_BITS) {
            return address
                    | memoryType(cacheable, LARGE_TEX_SHIFT, SECTION_SHAREABLE)
                    | SECTION_NOT_GLOBAL
                    | (long) rights << SECTION_ACCESS_SHIFT
                    | SECTION
                    | parity(attributes)
                    | (bits == SUPER_BITS ? SUPER : 0)
                    | (executeNever ? SECTION_EXECUTE_NEVER : 0);
        }
        long entry = address | PAGE_NOT_GLOBAL | (long) rights << PAGE_ACCESS_SHIFT;
        return bits == SMALL_BITS
                ? entry
                        | memoryType(cacheable, SMALL_TEX_SHIFT, PAGE_SHAREABLE)
                        | SMALL
                        | (executeNever ? SMALL_EXECUTE_NEVER : 0)
                : entry
                        | memoryType(cacheable, LARGE_TEX_SHIFT, PAGE_SHAREABLE)
                        | LARGE
                        | (executeNever ? LARGE_EXECUTE_NEVER : 0);
    }

    private static long memoryType(boolean cacheable, int texShift, long shareable) {
        return cacheable ? CACHED_TEX << texShift | BUFFERABLE : shareable;
    }
}
