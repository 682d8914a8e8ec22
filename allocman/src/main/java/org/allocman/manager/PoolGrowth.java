package org.allocman.manager;

import java.util.function.LongConsumer;
import org.allocman.cspace.CSpace;
import org.allocman.events.PoolGrowthEvent;
import org.allocman.events.ReserveLowEvent;
import org.allocman.mspace.PageSource;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.PhysAddr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * Makes the virtual pool larger and smaller: a frame that the allocator allocates itself, mapped with the paging
 * structures that failed look-ups name.
 */
public final class PoolGrowth {
    /*
     * A page nets 21 arena records, or 63 pairs. Growing takes at most the reserve, and the arenas or halves it makes
     * serve the growths to come, so growing until the reserve is full comes to an end.
     */

    // one page more than needed stays, or work at the edge would map and unmap for ever
    private static final int KEPT_READY = 1;

    // runs for a line of arenas can need several small CNodes
    private static final int SLOT_TRIES = 64;

    private final Kernel kernel;
    private final Memory memory;
    private final PoolLayout layout;
    private final UntypedManager untypeds;
    private final CSpace cspace;
    private final SlabMspace mspace;
    private final VirtualPages pages;
    private final PoolTables tables;
    private final RefusedFrees refused;
    private final PoolMapping mapping;
    private final SlotGrowth slots;
    private final GrowthListener listener;
    private final RecordKind[] kinds;
    private final ReserveState forPages;
    private final ReserveState forSlots;

    PoolGrowth(
            Kernel kernel,
            Memory memory,
            PoolLayout layout,
            UntypedManager untypeds,
            CSpace cspace,
            SlabMspace mspace,
            VirtualPages pages,
            SlotGrowth slots,
            GrowthListener listener) {
        this.kernel = kernel;
        this.memory = memory;
        this.layout = layout;
        this.untypeds = untypeds;
        this.cspace = cspace;
        this.mspace = mspace;
        this.pages = pages;
        this.tables = new PoolTables(memory, layout.tablesState(), layout, untypeds, pages);
        this.refused = new RefusedFrees(memory, layout.refusedState(), untypeds);
        this.mapping = new PoolMapping(kernel, layout.vspace(), untypeds, tables, refused, listener);
        this.slots = slots;
        this.listener = listener;
        this.kinds = layout.records().toArray(RecordKind[]::new);
        this.forPages = new ReserveState(memory, layout.reserveForPages());
        this.forSlots = new ReserveState(memory, layout.reserveForSlots());
    }

    void setReserve(Need ofPage, Need ofNode) {
        forPages.set(kinds, ofPage);
        forSlots.set(kinds, ofNode);
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
                Reserve.ofPage(layout, kernel.architecture(), largest),
                Reserve.ofSecondLevel(layout, kernel.architecture(), largest));
        fill();
    }

    /** A full window cannot grow, nor a full first level, so nothing needs to be left for that. */
    private void applyReserve() {
        applyReserve(isFull(), slots.isFull());
    }

    private void applyReserve(boolean noPages, boolean noSlots) {
        for (RecordKind kind : kinds) {
            mspace.reserve(kind, (noPages ? 0 : forPages.records(kind)) + (noSlots ? 0 : forSlots.records(kind)));
        }
        cspace.reserve((noPages ? 0 : forPages.slotWords()) + (noSlots ? 0 : forSlots.slotWords()));
    }

    /** What users have to leave now. */
    Need reserve() {
        return (isFull() ? Need.NONE : forPages.get(kinds)).plus(slots.isFull() ? Need.NONE : forSlots.get(kinds));
    }

    private boolean isFull() {
        return pages.mapped() == pages.count();
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
            grown = mspace.isReserveLow() && grow() || !cspace.hasReserve() && growSlots();
        }
        if (ReserveLowEvent.isWanted() && !isReserveFull()) {
            ReserveLowEvent.tell(pages.mapped(), pages.count(), cspace.freeSlots());
        }
        return grown || !mspace.isReserveLow();
    }

    /**
     * Grows what a request was refused for want of.
     *
     * @param refusal the refusal
     * @param tries how often that was done for the request
     * @return true if it is worth another try
     */
    boolean growFor(long refusal, int tries) {
        return refusal == Refusal.OUT_OF_BOOK_KEEPING && grow()
                || refusal == Refusal.OUT_OF_SLOTS && tries < SLOT_TRIES && growSlots();
    }

    /**
     * Makes one more CNode of the second level, or changes nothing.
     *
     * @return true if there are more slots
     */
    boolean growSlots() {
        return slots.grow() && afterGrowthOfSlots();
    }

    /**
     * Sees to it that the CNode is there in which a slot would be.
     *
     * @param slot the slot
     * @return true if it is
     */
    boolean growSlotsAt(long slot) {
        return slots.growAt(slot) && afterGrowthOfSlots();
    }

    private boolean afterGrowthOfSlots() {
        if (slots.isFull()) {
            applyReserve();
        }
        return true;
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
        if (isFull() || !refused.retry()) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        long page = pages.nextUnmapped(0);
        listener.wanted(page);
        long frame = frame();
        if (frame < 0) {
            return frame;
        }
        if (!kernel.architecture().hasPaging()) {
            page = untypeds.physicalAddress(frame);
        }
        long refusal = mapping.map(frame, page);
        if (refusal != 0) {
            return refusal;
        }
        addPage(page, frame);
        if (isFull()) {
            applyReserve();
        }
        listener.grown(page);
        PoolGrowthEvent.tell(page, true, pages.mapped(), tables.count());
        return 0;
    }

    private void addPage(long page, long frame) {
        pages.add(page, frame);
        mspace.lookAtReserve();
    }

    private long frame() {
        Architecture architecture = kernel.architecture();
        ObjectType type = architecture.frame(PoolLayout.FRAME_BITS);
        if (type == null) {
            return Refusal.UNKNOWN_TYPE;
        }
        int number = architecture.number(type);
        if (architecture.hasPaging()) {
            return untypeds.allocate(MemoryKind.KERNEL, number, 0, PoolLayout.FRAME_BITS, 0, true);
        }
        // without paging a frame is seen where it is, so it has to be in the window
        for (long page = pages.nextUnmapped(0); page != 0; page = pages.nextUnmapped(page + PageSource.PAGE)) {
            long place = (@PhysAddr long) page;
            if (untypeds.table().kindAt(place) == MemoryKind.KERNEL) {
                long frame = untypeds.allocateAt(number, 0, PoolLayout.FRAME_BITS, place, 0, true);
                if (frame > 0) {
                    return frame;
                }
            }
        }
        return Refusal.OUT_OF_UNTYPED;
    }

    /** After something was freed: gives up pages and CNodes that are neither in use nor reserved. */
    void settle() {
        settleSlots();
        while (pages.count() > 0 && pages.ready() > KEPT_READY && canDoWithoutPage() && giveUp(pages.greatestReady())) {
            // each turn gives up one page
        }
    }

    /** Whether the reserve would be full with a page less. A window that is full needs none, and needs one again then. */
    private boolean canDoWithoutPage() {
        if (!isFull()) {
            return mspace.hasReserveWithout(KEPT_READY + 1);
        }
        applyReserve(false, slots.isFull());
        boolean can = mspace.hasReserveWithout(KEPT_READY + 1) && cspace.hasReserve();
        applyReserve();
        return can;
    }

    private void settleSlots() {
        if (!slots.isFull() || slots.isOneLevel()) {
            slots.settle();
            return;
        }
        // the same of CNodes: when all are there, none more is needed
        applyReserve(isFull(), false);
        if (mspace.hasReserve()) {
            slots.settle();
        }
        applyReserve();
    }

    /** Freeing the frame unmaps it, so that there is one invocation that can be refused, and it comes first to last. */
    private boolean giveUp(long page) {
        long frame = pages.frame(page);
        boolean wasFull = isFull();
        pages.remove(page);
        mspace.lookAtReserve();
        if (untypeds.free(frame) != 0) {
            addPage(page, frame);
            return false;
        }
        if (wasFull) {
            applyReserve();
        }
        listener.shrunk(page);
        PoolGrowthEvent.tell(page, false, pages.mapped(), tables.count());
        return true;
    }

    /**
     * Gives back all that can be: pages without a record, CNodes without a slot in use, paging structures that serve no page.
     * The reserve is let go on the way, because what it is kept in may be what is to be given back; it is full again at the end
     * if it was before.
     */
    void trim() {
        /*
         * What an object of the pools' own needs, a record, slots, a table around its page, was there before it, and nothing
         * is moved. So the youngest of them is needed by none of the others: when no user has anything, each turn finds one to
         * give back, until there is none. Each turn but the last gives back an object or the slots of an arena.
         */
        refused.retry();
        boolean fewer = true;
        while (fewer) {
            long before = ownObjects();
            giveBackUnused();
            fewer = ownObjects() < before || untypeds.giveBackKeptSlots(this::visitInChosenSlots);
        }
        applyReserve();
        fill();
    }

    private void giveBackUnused() {
        untypeds.trim();
        giveUpReady();
        slots.giveBackAll();
        tables.freeUnused();
    }

    private void giveUpReady() {
        while (pages.ready() > 0 && giveUp(pages.greatestReady())) {
            // each turn gives up one page
        }
    }

    /** The handles of the own objects that are in slots of the untyped manager's choice: all but second levels. */
    private void visitInChosenSlots(LongConsumer handles) {
        visitHandles(word -> {
            long handle = memory.load64(word, 0);
            if (handle != 0) {
                handles.accept(handle);
            }
        });
    }

    /** The addresses of the words that hold handles of the pools' own objects, those of second levels of the CSpace left out. */
    void visitHandles(LongConsumer words) {
        for (long page = pages.nextMapped(0); page != 0; page = pages.nextMapped(page + PageSource.PAGE)) {
            words.accept(pages.frameAt(page));
        }
        refused.visitHandles(words);
        tables.visitHandles(words);
    }

    /** Objects of the pools' own: frames, paging structures, second levels, and what is still to be freed. */
    long ownObjects() {
        return pages.mapped() + tables.count() + slots.made() + refused.count();
    }

    long tables() {
        return tables.count();
    }
}
