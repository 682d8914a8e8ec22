package org.allocman.xous;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.allocman.vka.layout.HierarchicalBitmap;

/**
 * Where a book of pages lies in memory. A pure function of its arguments.
 *
 * <pre>
 *   base     anchors of the sparse table and of the frames; how many frames are left
 *   then     the owners' table, if it is the array
 *   then     which pages of RAM are free, and which of them are the manager's
 * </pre>
 *
 * @param base first byte, a multiple of 4096; memory there is all zero at first
 * @param whitelist the pages
 * @param form which owners' table
 * @param rules which kernel's rules hold
 */
public record TablesLayout(@VirtAddr long base, Whitelist whitelist, TableForm form, XousRules rules) {
    private static final int SPARSE_ANCHOR = 0;
    private static final int FRAMES_ANCHOR = SPARSE_ANCHOR + SparseMap.ANCHOR_BYTES;
    private static final int LEFT = FRAMES_ANCHOR + SparseMap.ANCHOR_BYTES;
    private static final int TABLE = LEFT + Long.BYTES;

    /**
     * Where a book lies for which the rules of {@link XousRules#COMMIT_73C0946} hold.
     *
     * @param base first byte, a multiple of 4096; memory there is all zero at first
     * @param whitelist the pages
     * @param form which owners' table
     */
    public TablesLayout(@VirtAddr long base, Whitelist whitelist, TableForm form) {
        this(base, whitelist, form, XousRules.COMMIT_73C0946);
    }

    /**
     * The book of the objects in owned pages.
     *
     * @param memory where it lies
     * @param nodes where entries have their memory
     * @param vka makes the objects
     * @return a view of the book
     */
    public FrameTable frames(Memory memory, NodeStore nodes, Vka vka) {
        return new FrameTable(new SparseMap(memory, nodes, base + FRAMES_ANCHOR, whitelist.pages()), base + LEFT, vka);
    }

    private long freeBitmap() {
        return base + TABLE + (form == TableForm.ARRAY ? ArrayTable.room(whitelist.pages()) : 0);
    }

    private long unavailableBitmap() {
        return freeBitmap() + bitmapBytes();
    }

    /**
     * What finding free pages takes.
     *
     * @return bytes of one of the two bitmaps of RAM
     */
    public @Bytes long bitmapBytes() {
        return HierarchicalBitmap.bytesFor(whitelist.ramPages());
    }

    /**
     * What lies at the base.
     *
     * @return bytes, a multiple of 8
     */
    public @Bytes long bytes() {
        return unavailableBitmap() + bitmapBytes() - base;
    }

    OwnerTable owners(Memory memory, NodeStore nodes) {
        return form == TableForm.ARRAY
                ? new ArrayTable(memory, base + TABLE, whitelist.pages())
                : new SparseTable(new SparseMap(memory, nodes, base + SPARSE_ANCHOR, whitelist.pages()));
    }

    /**
     * The book of owners.
     *
     * @param memory where it lies
     * @param nodes where a sparse table has its nodes
     * @param frames what stands behind owned pages
     * @return a view of the book
     */
    public PageAllocations allocations(Memory memory, NodeStore nodes, PageFrames frames) {
        return new PageAllocations(
                whitelist,
                owners(memory, nodes),
                new HierarchicalBitmap(memory, freeBitmap(), whitelist.ramPages()),
                new HierarchicalBitmap(memory, unavailableBitmap(), whitelist.ramPages()),
                frames,
                rules);
    }

    /**
     * A fresh book without a machine behind it: the rules alone.
     *
     * @param memory where it lies
     * @param nodes where a sparse table has its nodes
     * @return the book; all pages are free
     */
    public PageAllocations rules(Memory memory, NodeStore nodes) {
        PageAllocations allocations = allocations(memory, nodes, PageFrames.NONE);
        allocations.initialise();
        return allocations;
    }
}
