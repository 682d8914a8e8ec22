package org.allocman.manager;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.function.LongConsumer;
import org.allocman.events.PoolGrowthEvent;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.PhysAddr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * How a page of the virtual pool is added and released: a frame that the manager allocates itself, mapped with the paging
 * structures that failed look-ups name. {@link PoolGrowth} decides when.
 */
final class PoolPages {
    private final Architecture architecture;
    private final UntypedManager untypeds;
    private final SlabMspace mspace;
    private final VirtualPages pages;
    private final PoolTables tables;
    private final RefusedFrees refused;
    private final PoolMapping mapping;
    private final GrowthListener listener;

    PoolPages(
            Kernel kernel,
            Memory memory,
            PoolLayout layout,
            UntypedManager untypeds,
            SlabMspace mspace,
            VirtualPages pages,
            GrowthListener listener) {
        this.architecture = kernel.architecture();
        this.untypeds = untypeds;
        this.mspace = mspace;
        this.pages = pages;
        this.tables = new PoolTables(memory, layout.tablesState(), layout, untypeds, pages);
        this.refused = new RefusedFrees(memory, layout.refusedState(), untypeds);
        this.mapping = new PoolMapping(kernel, layout.vspace(), untypeds, tables, refused, listener);
        this.listener = listener;
    }

    /** Whether every page of the window is mapped. */
    boolean isFull() {
        return pages.mapped() == pages.count();
    }

    /** Pages that are mapped. */
    long mapped() {
        return pages.mapped();
    }

    /** Pages of the window. */
    long count() {
        return pages.count();
    }

    /** Pages that are mapped and hold nothing. */
    long ready() {
        return pages.ready();
    }

    /** Paging structures that were made. */
    long tables() {
        return tables.count();
    }

    /** Objects that this owns: frames, paging structures, and objects that are still to be freed. */
    long ownObjects() {
        return pages.mapped() + tables.count() + refused.count();
    }

    /** Adds a page; its address, or a refusal with nothing changed. */
    long add() {
        if (isFull()) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        long stillRefused = refused.retry();
        if (stillRefused != 0) {
            return stillRefused;
        }
        long page = pages.nextUnmapped(0);
        listener.wanted(page);
        long frame = allocateFrame();
        if (frame < 0) {
            return frame;
        }
        if (!architecture.hasPaging()) {
            page = untypeds.physicalAddress(frame);
        }
        long refusal = mapping.map(frame, page);
        if (refusal != 0) {
            return refusal;
        }
        add(page, frame);
        return page;
    }

    private void add(long page, long frame) {
        pages.add(page, frame);
        mspace.lookAtReserve();
    }

    private long allocateFrame() {
        ObjectType type = architecture.frame(PAGE_BITS);
        if (type == null) {
            return Refusal.UNKNOWN_TYPE;
        }
        int number = architecture.number(type);
        if (architecture.hasPaging()) {
            return untypeds.allocate(MemoryKind.KERNEL, number, 0, PAGE_BITS, 0, Requester.POOLS);
        }
        // without paging a frame is seen where it is, so it has to be in the window
        long refusal = Refusal.OUT_OF_UNTYPED;
        for (long page = pages.nextUnmapped(0); page != 0; page = pages.nextUnmapped(page + PAGE)) {
            long paddr = (@PhysAddr long) page;
            if (untypeds.table().kindAt(paddr) == MemoryKind.KERNEL && !untypeds.isReserved(paddr)) {
                long frame = untypeds.allocateAt(number, 0, PAGE_BITS, paddr, 0, Requester.POOLS);
                if (frame > 0) {
                    return frame;
                }
                refusal = frame == Refusal.IN_USE ? refusal : frame;
            }
        }
        return refusal;
    }

    /** The page that is released first: of those that hold nothing the one at the greatest address. */
    long greatestReady() {
        return pages.greatestReady();
    }

    /**
     * Releases a page that holds nothing; false, with nothing changed, if the kernel refuses. Freeing the frame unmaps it, so
     * that there is one invocation that can be refused, and it comes first to last.
     */
    boolean release(long page) {
        long frame = pages.frame(page);
        pages.remove(page);
        mspace.lookAtReserve();
        if (untypeds.free(frame) != 0) {
            add(page, frame);
            return false;
        }
        return true;
    }

    /** Records that a page was added or released. */
    void recordEvent(long page, boolean isAdded) {
        PoolGrowthEvent.tell(page, isAdded, pages.mapped(), tables.count());
    }

    /** Frees the objects of growths that failed which the kernel refused to delete then. */
    void retryRefusedFrees() {
        refused.retry();
    }

    /** Frees paging structures that serve no page. */
    void freeUnusedTables() {
        tables.freeUnused();
    }

    /** The addresses of the words that hold handles of what this owns. */
    void visitHandles(LongConsumer words) {
        for (long page = pages.nextMapped(0); page != 0; page = pages.nextMapped(page + PAGE)) {
            words.accept(pages.frameAt(page));
        }
        refused.visitHandles(words);
        tables.visitHandles(words);
    }
}
