package org.allocman.manager;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.allocman.cspace.CSpace;
import org.allocman.events.ReserveLowEvent;
import org.allocman.mspace.SlabMspace;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;

/**
 * When the virtual pool and the CSpace grow and shrink: they grow when a request lacks records or slots and when the reserve
 * is low, and shrink when something was freed and when the manager is trimmed.
 */
final class PoolGrowth {
    /*
     * A page nets 21 arena records, or 63 pairs. Growing takes at most the reserve, and the arenas or halves it makes
     * serve the growths to come, so growing until the reserve is full comes to an end.
     */

    // one page more than needed stays, or work at the edge would map and unmap for ever
    private static final int KEPT_READY = 1;

    // runs for a chain of arenas can need several small CNodes
    private static final int SLOT_TRIES = 64;

    private final Architecture architecture;
    private final Memory memory;
    private final PoolLayout layout;
    private final UntypedManager untypeds;
    private final CSpace cspace;
    private final SlabMspace mspace;
    private final PoolPages pages;
    private final SlotGrowth slots;
    private final GrowthNeeds needs;
    private final GrowthListener listener;

    PoolGrowth(
            Architecture architecture,
            Memory memory,
            PoolLayout layout,
            UntypedManager untypeds,
            CSpace cspace,
            SlabMspace mspace,
            PoolPages pages,
            SlotGrowth slots,
            GrowthListener listener) {
        this.architecture = architecture;
        this.memory = memory;
        this.layout = layout;
        this.untypeds = untypeds;
        this.cspace = cspace;
        this.mspace = mspace;
        this.pages = pages;
        this.slots = slots;
        this.needs = new GrowthNeeds(memory, layout, mspace, cspace);
        this.listener = listener;
    }

    void setReserve(Need ofPage, Need ofNode) {
        needs.set(ofPage, ofNode);
        applyReserve();
    }

    /** After untypeds came or went: the way from the largest of them to a page may be longer or shorter. */
    void renewReserve() {
        UntypedTable table = untypeds.table();
        int largest = 0;
        for (int i = 0; i < table.count(); i++) {
            if (table.kind(i) == MemoryKind.KERNEL) {
                largest = Math.max(largest, table.sizeBits(i));
            }
        }
        setReserve(
                GrowthReserve.ofPage(layout, architecture, largest),
                GrowthReserve.ofSecondLevel(layout, architecture, largest));
        fill();
    }

    /** A full window cannot grow, nor a full first level, so nothing needs to be left for that. */
    private void applyReserve() {
        needs.reserve(!pages.isFull(), !slots.isFull());
    }

    /** What users have to leave now. */
    Need reserve() {
        return needs.sum(!pages.isFull(), !slots.isFull());
    }

    boolean isReserveFull() {
        return !mspace.isReserveLow() && cspace.hasReserve();
    }

    /**
     * Grows until the reserve of records and slots is full, as far as they can grow.
     *
     * @return true if records are
     */
    boolean fill() {
        boolean grown = true;
        while (grown && (mspace.isReserveLow() || !slots.isOneLevel() && !cspace.hasReserve())) {
            grown = mspace.isReserveLow() && grow() || !cspace.hasReserve() && growSlots() == 0;
        }
        if (ReserveLowEvent.isWanted() && !isReserveFull()) {
            ReserveLowEvent.tell(pages.mapped(), pages.count(), cspace.freeSlots());
        }
        return grown || !mspace.isReserveLow();
    }

    /**
     * Repeats a request that was refused, after growing what it was refused for want of.
     *
     * @param refusal its result
     * @param request makes the request again
     * @return its last result; if nothing grows that would help, a refusal that says what is lacking in the end: why slots or
     *     the pool do not grow
     */
    long retry(long refusal, LongSupplier request) {
        return retry(refusal, SLOT_TRIES, request);
    }

    /** The same for slots alone. A CNode can take more of them itself than it brings; there are only so many CNodes. */
    long retrySlots(long refusal, LongSupplier request) {
        return retry(refusal, Integer.MAX_VALUE, request);
    }

    private long retry(long refusal, int slotTries, LongSupplier request) {
        long result = refusal;
        for (int tries = 0; result < 0; tries++) {
            long lacking = growFor(result, tries < slotTries);
            if (lacking != 0) {
                return lacking;
            }
            result = request.getAsLong();
        }
        return result;
    }

    /** Grows what was lacking; 0, or what is lacking still. */
    private long growFor(long refusal, boolean maySlots) {
        if (refusal == Refusal.OUT_OF_BOOK_KEEPING) {
            return growRecords();
        }
        return refusal == Refusal.OUT_OF_SLOTS && maySlots ? withRecords(this::growSlots) : refusal;
    }

    /** Makes a CNode, and pages for its records as long as it lacks those; there are only so many pages. */
    private long withRecords(LongSupplier growth) {
        long refusal = growth.getAsLong();
        while (refusal == Refusal.OUT_OF_BOOK_KEEPING) {
            long lacking = growRecords();
            if (lacking != 0) {
                return lacking;
            }
            refusal = growth.getAsLong();
        }
        return refusal;
    }

    /** Adds a page for records; 0, or why there is none. It is not the request that no block is large enough for. */
    private long growRecords() {
        long refusal = addPage();
        return refusal == Refusal.OUT_OF_UNTYPED ? Refusal.NO_BLOCK_FOR_PAGE : refusal;
    }

    private long growSlots() {
        return afterGrowthOfSlots(slots.grow());
    }

    /**
     * Sees to it that the CNode is there in which a slot would be.
     *
     * @param slot the slot
     * @return 0 if it is, or why not: a refusal
     */
    long growSlotsAt(long slot) {
        return withRecords(() -> afterGrowthOfSlots(slots.growAt(slot)));
    }

    private long afterGrowthOfSlots(long refusal) {
        if (refusal == 0 && slots.isFull()) {
            applyReserve();
        }
        return refusal;
    }

    /**
     * Makes the pool one page larger, or changes nothing.
     *
     * @return true if it is larger
     */
    boolean grow() {
        return addPage() == 0;
    }

    /**
     * Makes the pool one page larger, or changes nothing.
     *
     * @return 0, or why it is not larger: a refusal
     */
    long addPage() {
        long page = pages.add();
        if (page < 0) {
            return page;
        }
        if (pages.isFull()) {
            applyReserve();
        }
        listener.grown(page);
        pages.recordEvent(page, true);
        return 0;
    }

    /** After something was freed: releases pages and CNodes that are neither in use nor reserved. */
    void reclaim() {
        reclaimSlots();
        while (pages.count() > 0
                && pages.ready() > KEPT_READY
                && canDoWithoutPage()
                && release(pages.greatestReady())) {
            // each turn releases one page
        }
    }

    /** Whether the reserve would be full with a page less. A window that is full needs none, and needs one again then. */
    private boolean canDoWithoutPage() {
        if (!pages.isFull()) {
            return mspace.hasReserveWithout(KEPT_READY + 1);
        }
        needs.reserve(true, !slots.isFull());
        boolean can = mspace.hasReserveWithout(KEPT_READY + 1) && cspace.hasReserve();
        applyReserve();
        return can;
    }

    private void reclaimSlots() {
        if (!slots.isFull() || slots.isOneLevel()) {
            slots.reclaim();
            return;
        }
        // the same of CNodes: when all are there, none more is needed
        needs.reserve(!pages.isFull(), true);
        if (mspace.hasReserve()) {
            slots.reclaim();
        }
        applyReserve();
    }

    private boolean release(long page) {
        boolean wasFull = pages.isFull();
        if (!pages.release(page)) {
            return false;
        }
        if (wasFull) {
            applyReserve();
        }
        listener.shrunk(page);
        pages.recordEvent(page, false);
        return true;
    }

    /**
     * Releases all that can be: pages without a record, CNodes without a slot in use, paging structures that serve no page.
     * The reserve is released on the way, because what it is kept in may be what is to be released; it is full again at the end
     * if it was before.
     */
    void trim() {
        /*
         * What an object of the pools' own needs, a record, slots, a table around its page, was there before it, and nothing
         * is moved. So the youngest of them is needed by none of the others: when no user has anything, each turn finds one to
         * release, until there is none. Each turn but the last releases an object or the slots of an arena.
         */
        pages.retryRefusedFrees();
        boolean fewer = true;
        while (fewer) {
            long before = ownObjects();
            releaseUnused();
            fewer = ownObjects() < before || untypeds.giveBackKeptSlots(this::visitInChosenSlots);
        }
        applyReserve();
        fill();
    }

    private void releaseUnused() {
        untypeds.trim();
        while (pages.ready() > 0 && release(pages.greatestReady())) {
            // each turn releases one page
        }
        slots.releaseUnused();
        pages.freeUnusedTables();
    }

    /** The handles of the own objects that are in slots of the untyped manager's choice: all but second levels. */
    private void visitInChosenSlots(LongConsumer handles) {
        pages.visitHandles(word -> {
            long handle = memory.load64(word, 0);
            if (handle != 0) {
                handles.accept(handle);
            }
        });
    }

    /** Objects of the pools' own: frames, paging structures, second levels, and what is still to be freed. */
    long ownObjects() {
        return pages.ownObjects() + slots.made();
    }
}
