package org.allocman.sim.kernel.paging;

/** Entries of RISC-V's Sv39 and Sv32 (RISC-V privileged architecture, "Virtual-memory system"). */
final class RiscvEntries implements EntryFormat {
    /*
     *   bit 0 valid, 1 readable, 2 writable, 3 executable, 4 user, 5 global, 6 accessed, 7 dirty, from bit 10 address / 4096. A valid
     *   entry that is not readable, writable or executable leads to a table.
     */
    private static final long VALID = 1;
    private static final long READ = 2;
    private static final long WRITE = 4;
    private static final long EXECUTE = 8;
    private static final long ANY = READ | WRITE | EXECUTE;
    private static final long USER = 16;
    private static final long GLOBAL = 32;
    private static final long ACCESSED = 64;
    private static final long DIRTY = 128;
    private static final int ADDRESS_SHIFT = 2;
    private static final long ADDRESS = 0x003f_ffff_ffff_fc00L;
    private static final long EXECUTE_NEVER_ATTRIBUTE = 1;
    /** This word alone; with other bits set beside it seL4 has an answer of its own. */
    private final long kernelOnlyAttributes;

    RiscvEntries(long kernelOnlyAttributes) {
        this.kernelOnlyAttributes = kernelOnlyAttributes;
    }

    @Override
    public boolean isTable(long entry, int bits) {
        return (entry & (VALID | ANY)) == VALID;
    }

    @Override
    public boolean isPage(long entry, int bits) {
        return (entry & VALID) != 0 && (entry & ANY) != 0;
    }

    @Override
    public long address(long entry, int bits) {
        return (entry & ADDRESS) << ADDRESS_SHIFT;
    }

    @Override
    public long access(long entry, int bits) {
        if ((entry & USER) == 0) {
            return 0;
        }
        return ((entry & READ) != 0 ? READABLE : 0) | ((entry & WRITE) != 0 ? WRITABLE : 0);
    }

    @Override
    public long table(long address, long attributes) {
        return address >>> ADDRESS_SHIFT | VALID;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        if (rights == kernelOnly() && attributes == kernelOnlyAttributes) {
            return address >>> ADDRESS_SHIFT | DIRTY | ACCESSED | READ | WRITE | VALID;
        }
        long access = rights == readWrite() ? READ | WRITE : rights == readOnly() ? READ : 0;
        access |= (attributes & EXECUTE_NEVER_ATTRIBUTE) != 0 ? 0 : EXECUTE;
        // without any access the entry would say that it leads to a table, so the kernel leaves it empty
        return access == 0 ? 0 : address >>> ADDRESS_SHIFT | DIRTY | ACCESSED | USER | access | VALID;
    }

    @Override
    public long kernel(long address) {
        return address >>> ADDRESS_SHIFT | DIRTY | ACCESSED | GLOBAL | ANY | VALID;
    }
}
