package org.allocman.manager;

import org.allocman.cspace.CSpaceForm;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.PageSource;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.UntypedRoots;

/**
 * Where in the static pool everything lies. A pure function of its arguments, so that whoever knows them finds the whole
 * state of a manager again.
 *
 * <pre>
 *   base          state: slots, records, growth, untypeds (one page)
 *   base + 4096   bitmaps of the slots, of the fixed pages, of the window; table of roots; handles of page tables
 *   next page     pages for records, to the end
 * </pre>
 *
 * @param base the static pool, a multiple of 4096
 * @param bytes its size
 * @param cspace the CSpace whose slots are managed
 * @param roots for how many untypeds there is room
 * @param windowBase the virtual pool's first address, a multiple of 4096
 * @param windowPages its size in pages of 4 KiB; 0 for none
 * @param childrenBits binary logarithm of the most children an arena may have
 * @param manager which untyped manager
 * @param vspace cptr of the address space in which the virtual pool is
 */
public record PoolLayout(
        @VirtAddr long base,
        @Bytes long bytes,
        CSpaceForm cspace,
        int roots,
        @VirtAddr long windowBase,
        long windowPages,
        int childrenBits,
        ManagerKind manager,
        @CPtr long vspace) {
    private static final int CSPACE = 0;
    private static final int MSPACE = 64;
    private static final int GROWTH = 256;
    private static final int RESERVES = 448;
    private static final int UNTYPEDS = 512;

    private static final int PAGE = PageSource.PAGE;
    // the fewest that a paging structure serves, on AArch32
    private static final long WINDOW_PAGES_IN_TABLE = 256;
    private static final int UPPER_TABLES = 4;

    static {
        if (CSpaceForm.STATE_BYTES > MSPACE
                || MSPACE + SlabMspace.STATE_BYTES > GROWTH
                || GROWTH + PoolGrowth.STATE_BYTES > RESERVES
                || RESERVES + ReserveRecord.STATE_BYTES > UNTYPEDS) {
            throw new AssertionError("the parts of the state page overlap");
        }
        for (ManagerKind kind : ManagerKind.values()) {
            if (UNTYPEDS + kind.stateBytes() > PAGE) {
                throw new AssertionError("the state page has no room for " + kind.text());
            }
        }
    }

    long cspaceState() {
        return base + CSPACE;
    }

    long mspaceState() {
        return base + MSPACE;
    }

    long growthState() {
        return base + GROWTH;
    }

    long reserveState() {
        return base + RESERVES;
    }

    long untypedState() {
        return base + UNTYPEDS;
    }

    long cspaceBitmaps() {
        return base + PAGE;
    }

    long windowState() {
        return cspaceBitmaps() + cspace.bitmapBytes();
    }

    long rootTable() {
        return windowState() + VirtualPages.stateBytes(windowPages);
    }

    long tableHandles() {
        return rootTable() + UntypedRoots.tableBytes(roots);
    }

    /** How many paging structures the window can ever need; each has a handle and a place. */
    long tableHandleCount() {
        return windowPages == 0 ? 0 : (windowPages + WINDOW_PAGES_IN_TABLE - 1) / WINDOW_PAGES_IN_TABLE + UPPER_TABLES;
    }

    long fixedState() {
        return tableHandles() + 2 * tableHandleCount() * Long.BYTES;
    }

    long fixedBase() {
        return roundUp(fixedState() + FixedPages.stateBytes(bytes / PAGE));
    }

    /**
     * Pages left for records.
     *
     * @return how many; negative if the pool is too small for what comes before them
     */
    public long fixedPages() {
        long end = base + bytes;
        return end < fixedBase() ? -1 : (end - fixedBase()) / PAGE;
    }

    /**
     * The same layout with a pool of just so many pages for records.
     *
     * @param pages how many
     * @return the layout, its bytes a multiple of 4096
     */
    public PoolLayout withRecordPages(long pages) {
        PoolLayout layout = withBytes((pages + 1) * PAGE);
        while (layout.fixedPages() < pages) {
            layout = layout.withBytes(layout.bytes + PAGE);
        }
        return layout;
    }

    /**
     * The same layout with a pool of another size.
     *
     * @param size in bytes
     * @return the layout
     */
    public PoolLayout withBytes(@Bytes long size) {
        return new PoolLayout(base, size, cspace, roots, windowBase, windowPages, childrenBits, manager, vspace);
    }

    private static long roundUp(long address) {
        return (address + PAGE - 1) / PAGE * PAGE;
    }
}
