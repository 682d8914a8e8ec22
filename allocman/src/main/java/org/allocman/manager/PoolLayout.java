package org.allocman.manager;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceForm;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Rounding;

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
 * @param slots how they are managed
 * @param roots for how many untypeds there is room
 * @param windowBase the virtual pool's first address, a multiple of 4096
 * @param windowPages its size in pages of 4 KiB; 0 for none
 * @param untypeds how untypeds are managed
 * @param vspace cptr of the address space in which the virtual pool is
 */
public record PoolLayout(
        @VirtAddr long base,
        @Bytes long bytes,
        CSpaceForm cspace,
        CSpaceDesign slots,
        int roots,
        @VirtAddr long windowBase,
        long windowPages,
        UntypedDesign untypeds,
        @CPtr long vspace) {

    // where in the state page each part is; what lies there is checked by what keeps it
    private static final int CSPACE = 0;
    private static final int MSPACE = 64;
    private static final int TABLES = 320;
    private static final int REFUSED = 328;
    private static final int FOR_PAGES = 344;
    private static final int FOR_SLOTS = 396;
    private static final int RESERVES = 448;
    private static final int ROOTS = 464;
    private static final int UNTYPEDS = 512;

    // the fewest that a paging structure serves, on AArch32
    private static final long WINDOW_PAGES_IN_TABLE = 256;
    private static final int UPPER_TABLES = 4;

    static {
        if (CSpaceDesign.MOST_STATE_BYTES > MSPACE - CSPACE
                || SlabMspace.STATE_BYTES > TABLES - MSPACE
                || GrowthReserveState.BYTES > FOR_SLOTS - FOR_PAGES
                || GrowthReserveState.BYTES > RESERVES - FOR_SLOTS
                || ClientReserveRecord.STATE_BYTES > ROOTS - RESERVES
                || UntypedTable.STATE_BYTES > UNTYPEDS - ROOTS
                || UntypedDesign.MOST_STATE_BYTES > PAGE - UNTYPEDS) {
            throw new AssertionError("the parts of the state page overlap");
        }
    }

    /**
     * Checks the designs.
     *
     * @param base the static pool, a multiple of 4096
     * @param bytes its size
     * @param cspace the CSpace whose slots are managed
     * @param slots how they are managed
     * @param roots for how many untypeds there is room
     * @param windowBase the virtual pool's first address, a multiple of 4096
     * @param windowPages its size in pages of 4 KiB; 0 for none
     * @param untypeds how untypeds are managed
     * @param vspace cptr of the address space in which the virtual pool is
     */
    public PoolLayout {
        UntypedDesign.checked(untypeds);
        CSpaceDesign.checked(slots, cspace);
    }

    /**
     * The kinds of records that lie in the pools.
     *
     * @return those of the untyped manager, then those of the CSpace manager
     */
    public List<RecordKind> records() {
        return Stream.concat(untypeds.records().stream(), slots.records().stream())
                .toList();
    }

    long cspaceState() {
        return base + CSPACE;
    }

    long mspaceState() {
        return base + MSPACE;
    }

    long tablesState() {
        return base + TABLES;
    }

    long refusedState() {
        return base + REFUSED;
    }

    long reserveForPages() {
        return base + FOR_PAGES;
    }

    long reserveForSlots() {
        return base + FOR_SLOTS;
    }

    long reserveState() {
        return base + RESERVES;
    }

    long rootsState() {
        return base + ROOTS;
    }

    long untypedState() {
        return base + UNTYPEDS;
    }

    long cspaceBitmaps() {
        return base + PAGE;
    }

    long windowState() {
        return cspaceBitmaps() + slots.setBytes(cspace);
    }

    long rootTable() {
        return windowState() + VirtualPages.stateBytes(windowPages);
    }

    long tableHandles() {
        return rootTable() + UntypedTable.tableBytes(roots);
    }

    /** How many paging structures the window can ever need; each has a handle and a place. */
    long tableHandleCount() {
        return windowPages == 0 ? 0 : (windowPages + WINDOW_PAGES_IN_TABLE - 1) / WINDOW_PAGES_IN_TABLE + UPPER_TABLES;
    }

    long fixedState() {
        return tableHandles() + 2 * tableHandleCount() * Long.BYTES;
    }

    long fixedBase() {
        return Rounding.up(fixedState() + FixedPages.stateBytes(bytes / PAGE), PAGE);
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
     * The same layout with a pool that has just enough pages for records.
     *
     * @param records how many of each kind
     * @return the layout, its bytes a multiple of 4096
     */
    public PoolLayout withRecords(Need records) {
        return withRecordPages(records().stream()
                .mapToLong(kind -> SlabMspace.pagesFor(kind, records.of(kind)))
                .sum());
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
        return new PoolLayout(base, size, cspace, slots, roots, windowBase, windowPages, untypeds, vspace);
    }
}
