package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;

/** Everything that the page tables in force lead to: for pictures of a machine, and for checks of it. */
public final class Mappings {
    private final AsidTable asids;
    private final Architecture architecture;
    private final PagedMemory memory;
    private final @PhysAddr long state;

    /** Hears of each pool, root, table and frame. */
    public interface Visitor {
        /**
         * An ASID pool in force.
         *
         * @param base its first ASID
         * @param pool its physical address
         */
        void pool(int base, @PhysAddr long pool);

        /**
         * The root of an address space.
         *
         * @param asid its ASID
         * @param root its physical address
         */
        void root(int asid, @PhysAddr long root);

        /**
         * An entry that leads to a table.
         *
         * @param asid the address space's ASID
         * @param vaddr the first address that the table covers
         * @param table its physical address
         */
        void table(int asid, @VirtAddr long vaddr, @PhysAddr long table);

        /**
         * An entry that maps a frame; a frame that takes several entries is heard of once for each.
         *
         * @param asid the address space's ASID
         * @param vaddr where the frame starts
         * @param frame its physical address
         * @param sizeBits its size in bits
         */
        void frame(int asid, @VirtAddr long vaddr, @PhysAddr long frame, @SizeBits int sizeBits);
    }

    /**
     * The mappings of a machine.
     *
     * @param memory the physical memory
     * @param architecture its architecture; one without paging has no mappings here
     * @param state physical address of the kernel's own words
     */
    public Mappings(PagedMemory memory, Architecture architecture, @PhysAddr long state) {
        this.memory = memory;
        this.architecture = architecture;
        this.state = state;
        this.asids = new AsidTable(memory, architecture, state);
    }

    /**
     * Visits all.
     *
     * @param visitor hears of everything, a table before what it leads to
     */
    public void visit(Visitor visitor) {
        if (!architecture.hasPaging()) {
            return;
        }
        PageTables tables = new PageTables(memory, Behaviours.of(architecture));
        PageTables guests = EptTables.tables(memory);
        for (int base = 0; base < asids.pools() * asids.size(); base += asids.size()) {
            long pool = asids.pool(base);
            if (pool == AsidTable.NONE) {
                continue;
            }
            visitor.pool(base, pool);
            for (int index = 0; index < asids.size(); index++) {
                long root = asids.entry(pool, index);
                if (root != AsidTable.NONE) {
                    visitor.root(base + index, root);
                    boolean isGuest = asids.isGuest(pool, index);
                    long end = isGuest ? -1 : KernelState.userTop(memory, state, architecture);
                    visit(visitor, isGuest ? guests : tables, base + index, root, 0, 0, end);
                }
            }
        }
    }

    /** The depth of this recursion is the number of levels, at most four. */
    private void visit(Visitor visitor, PageTables tables, int asid, long table, int level, long vaddr, long end) {
        EntryFormat format = tables.format();
        int bits = tables.levelBits(level);
        for (int index = 0; index < tables.entries(level); index++) {
            long entry = tables.entry(table, index);
            long at = vaddr + ((long) index << bits);
            if (Long.compareUnsigned(at, end) >= 0) {
                // the kernel's own half, which every address space has
                return;
            }
            if (entry == 0) {
                continue;
            }
            if (level + 1 < tables.levels() && format.isTable(entry, bits)) {
                visitor.table(asid, at, format.address(entry, bits));
                visit(visitor, tables, asid, format.address(entry, bits), level + 1, at, end);
            } else if (format.isPage(entry, bits)) {
                int size = format.pageBits(entry, bits);
                visitor.frame(asid, at & -1L << size, format.address(entry, bits), size);
            }
        }
    }
}
