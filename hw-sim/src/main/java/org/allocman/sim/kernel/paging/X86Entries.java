package org.allocman.sim.kernel.paging;

/** Entries of x86_64's four levels and of ia32's two (Intel SDM volume 3, "4-level paging" and "32-bit paging"). */
final class X86Entries implements EntryFormat {
    /*
     *   bit 0 present, 1 writable, 2 user, 3 write-through (PWT), 4 cache disable (PCD), 7 large page above the lowest
     *   level and PAT in it, 12 PAT of a page of 2 or 4 MiB, 12 to 51 (31) address
     */
    private static final long PRESENT = 1;
    private static final long WRITE = 2;
    private static final long USER = 4;
    private static final int CACHING_SHIFT = 3;
    private static final long CACHING = 3;
    private static final long LARGE = 1 << 7;
    private static final long SMALL_PAT = 1 << 7;
    private static final long LARGE_PAT = 1 << 12;
    private static final long PAT_ATTRIBUTE = 4;
    private static final int SMALL_BITS = 12;

    private final long address;
    private final int largeBits;

    private X86Entries(long address, int largeBits) {
        this.address = address;
        this.largeBits = largeBits;
    }

    static X86Entries x86() {
        return new X86Entries(0x000f_ffff_ffff_f000L, 21);
    }

    static X86Entries ia32() {
        return new X86Entries(0xffff_f000L, 22);
    }

    @Override
    public boolean isTable(long entry, int bits) {
        return (entry & PRESENT) != 0 && bits > SMALL_BITS && (entry & LARGE) == 0;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & PRESENT) != 0 && (bits == SMALL_BITS || (entry & LARGE) != 0);
    }

    @Override
    public long address(long entry, int bits) {
        return isTable(entry, bits) ? entry & address : entry & address & -1L << bits;
    }

    @Override
    public long access(long entry, int bits) {
        return (entry & USER) == 0 ? 0 : (entry & WRITE) == 0 ? READABLE : READABLE | WRITABLE;
    }

    @Override
    public long table(long to, long attributes) {
        return to | (attributes & CACHING) << CACHING_SHIFT | USER | WRITE | PRESENT;
    }

    @Override
    public long page(long to, int bits, int rights, long attributes) {
        long entry = to | (attributes & CACHING) << CACHING_SHIFT | PRESENT;
        entry |= rights == readOnly() ? 0 : WRITE;
        entry |= rights == kernelOnly() ? 0 : USER;
        boolean pat = (attributes & PAT_ATTRIBUTE) != 0;
        if (bits == SMALL_BITS) {
            return pat ? entry | SMALL_PAT : entry;
        }
        return pat && bits == largeBits ? entry | LARGE | LARGE_PAT : entry | LARGE;
    }
}
