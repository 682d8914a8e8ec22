package org.allocman.manager;

import org.allocman.cspace.CSpace;
import org.allocman.mspace.PageSource;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.RecordMoves;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * Makes the virtual pool larger and smaller: a frame that the allocator allocates itself, mapped with the paging
 * structures that failed look-ups name.
 */
public final class PoolGrowth {
    /*
     * A page nets 21 arena records, or 63 pairs. Growing takes at most the reserve, and the arenas or halves it makes
     * serve the growths to come, so growing until the reserve is full comes to an end.
     */

    /** The size of the frames the pool is made of, in bits. */
    public static final @SizeBits int FRAME_BITS = 12;

    /** Bytes of state. */
    static final @Bytes int STATE_BYTES = 40;

    private static final HalfWord TABLES = new HalfWord("paging structures", 0);
    private static final HalfWord RESERVED_ARENAS = new HalfWord("reserved arenas", 8);
    private static final HalfWord RESERVED_TABLES = new HalfWord("reserved tables", 12);
    private static final HalfWord RESERVED_WORDS = new HalfWord("reserved slot words", 16);
    private static final HalfWord RESERVED_PAIRS = new HalfWord("reserved pairs", 20);

    // a frame and a paging structure that the kernel refused to take back when a growth was undone; no growth before it
    // has
    private static final Word[] REFUSED = {new Word("frame to free", 24), new Word("table to free", 32)};
    private static final int FRAME = 0;
    private static final int TABLE = 1;

    // one page more than needed stays, or work at the edge would map and unmap for ever
    private static final int KEPT_READY = 1;
    private static final int MAP_TRIES = 5;
    private static final long AARCH64_CACHEABLE = 1;

    private final Kernel kernel;
    private final Memory memory;
    private final PoolLayout layout;
    private final UntypedManager untypeds;
    private final CSpace cspace;
    private final SlabMspace mspace;
    private final VirtualPages pages;
    private final GrowthListener listener;

    PoolGrowth(
            Kernel kernel,
            Memory memory,
            PoolLayout layout,
            UntypedManager untypeds,
            CSpace cspace,
            SlabMspace mspace,
            VirtualPages pages,
            GrowthListener listener) {
        this.kernel = kernel;
        this.memory = memory;
        this.layout = layout;
        this.untypeds = untypeds;
        this.cspace = cspace;
        this.mspace = mspace;
        this.pages = pages;
        this.listener = listener;
    }

    void setReserve(Reserve reserve) {
        long state = layout.growthState();
        RESERVED_ARENAS.set(memory, state, reserve.arenas());
        RESERVED_TABLES.set(memory, state, reserve.tables());
        RESERVED_PAIRS.set(memory, state, reserve.pairs());
        RESERVED_WORDS.set(memory, state, reserve.slotWords());
        applyReserve();
    }

    /** After untypeds came or went: the way from the largest of them to a page may be longer or shorter. */
    void renewReserve() {
        if (pages.count() == 0) {
            return;
        }
        int largest = 0;
        for (int i = 0; i < untypeds.roots().count(); i++) {
            if (untypeds.roots().kind(i) == MemoryKind.KERNEL) {
                largest = Math.max(largest, untypeds.roots().sizeBits(i));
            }
        }
        setReserve(Reserve.of(layout.manager(), kernel.architecture(), largest, layout.childrenBits()));
        fill();
    }

    /** A full window cannot grow, so nothing needs to be left for growing. */
    private void applyReserve() {
        Reserve reserve = isFull() ? Reserve.NONE : reserve();
        mspace.reserve(RecordStore.Use.ARENA, reserve.arenas());
        mspace.reserve(RecordStore.Use.SUB_ARENAS, reserve.tables());
        mspace.reserve(RecordStore.Use.PAIR, reserve.pairs());
        cspace.reserve(reserve.slotWords());
    }

    Reserve reserve() {
        long state = layout.growthState();
        return new Reserve(
                (int) RESERVED_ARENAS.get(memory, state),
                (int) RESERVED_TABLES.get(memory, state),
                (int) RESERVED_PAIRS.get(memory, state),
                (int) RESERVED_WORDS.get(memory, state));
    }

    private boolean isFull() {
        return pages.mapped() == pages.count();
    }

    boolean isReserveFull() {
        return mspace.hasReserve() && cspace.hasReserve();
    }

    /**
     * Grows until the reserve of records is full.
     *
     * @return true if it is
     */
    boolean fill() {
        while (!mspace.hasReserve()) {
            if (!grow()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Makes the pool one page larger, or changes nothing.
     *
     * @return true if it is larger
     */
    boolean grow() {
        if (isFull() || !freeRefused()) {
            return false;
        }
        long page = pages.nextUnmapped(0);
        listener.wanted(page);
        long frame = frame();
        if (frame < 0) {
            return false;
        }
        if (!kernel.architecture().hasPaging()) {
            page = untypeds.physicalAddress(frame);
        }
        long tablesBefore = TABLES.get(memory, layout.growthState());
        if (!map(frame, page)) {
            free(frame, FRAME);
            freeTables(tablesBefore);
            return false;
        }
        pages.add(page, frame);
        if (isFull()) {
            applyReserve();
        }
        listener.grown(page);
        return true;
    }

    private long frame() {
        Architecture architecture = kernel.architecture();
        ObjectType type = architecture.frame(FRAME_BITS);
        if (type == null) {
            return Refusal.UNKNOWN_TYPE;
        }
        int number = architecture.number(type);
        if (architecture.hasPaging()) {
            return untypeds.allocate(MemoryKind.KERNEL, number, 0, FRAME_BITS, 0, true);
        }
        // without paging a frame is seen where it is, so it has to be in the window
        for (long page = pages.nextUnmapped(0); page != 0; page = pages.nextUnmapped(page + PageSource.PAGE)) {
            long place = (@PhysAddr long) page;
            if (untypeds.roots().kindAt(place) == MemoryKind.KERNEL) {
                long frame = untypeds.allocateAt(number, 0, FRAME_BITS, place, 0, true);
                if (frame > 0) {
                    return frame;
                }
            }
        }
        return Refusal.OUT_OF_UNTYPED;
    }

    private boolean map(long frame, long page) {
        Architecture architecture = kernel.architecture();
        long attributes = architecture == Architecture.AARCH64 ? AARCH64_CACHEABLE : 0;
        for (int tries = 0; tries < MAP_TRIES; tries++) {
            KernelError error =
                    kernel.pageMap(untypeds.slot(frame), BootSlots.VSPACE, page, CapRights.READ_WRITE, attributes);
            if (!error.failed()) {
                return true;
            }
            LookupFault fault = error.lookupFault();
            ObjectType missing = fault == null ? null : architecture.tableFor(fault.bitsLeft());
            if (missing == null) {
                return false;
            }
            listener.tableMissing(page, error, missing);
            if (!mapTable(missing, page, attributes)) {
                return false;
            }
        }
        return false;
    }

    private boolean mapTable(ObjectType type, long page, long attributes) {
        long count = TABLES.get(memory, layout.growthState());
        if (count == layout.tableHandleCount()) {
            return false;
        }
        Architecture architecture = kernel.architecture();
        long table = untypeds.allocate(
                MemoryKind.KERNEL, architecture.number(type), 0, architecture.sizeBits(type, 0), 0, true);
        if (table < 0) {
            return false;
        }
        if (kernel.tableMap(untypeds.slot(table), BootSlots.VSPACE, page, attributes)
                .failed()) {
            free(table, TABLE);
            return false;
        }
        memory.store64(tableHandle(count), 0, table);
        TABLES.set(memory, layout.growthState(), count + 1);
        return true;
    }

    private void free(long handle, int which) {
        if (untypeds.free(handle) != 0) {
            REFUSED[which].set(memory, layout.growthState(), handle);
        }
    }

    private boolean freeRefused() {
        boolean none = true;
        for (Word refused : REFUSED) {
            long handle = refused.get(memory, layout.growthState());
            if (handle != 0 && untypeds.free(handle) == 0) {
                refused.set(memory, layout.growthState(), 0);
            } else if (handle != 0) {
                none = false;
            }
        }
        return none;
    }

    private long tableHandle(long index) {
        return layout.tableHandles() + index * Long.BYTES;
    }

    /** Frees the newest paging structures until so many are left. */
    private void freeTables(long left) {
        long count = TABLES.get(memory, layout.growthState());
        while (count > left && untypeds.free(memory.load64(tableHandle(count - 1), 0)) == 0) {
            count--;
            memory.store64(tableHandle(count), 0, 0);
            TABLES.set(memory, layout.growthState(), count);
        }
    }

    /** After something was freed: gives up pages that are neither in use nor reserved. */
    void settle() {
        while (pages.ready() > KEPT_READY
                && mspace.hasReserveWithout(KEPT_READY + 1)
                && giveUp(pages.greatestReady())) {
            // each turn gives up one page
        }
    }

    /** Freeing the frame unmaps it, so that there is one invocation that can be refused, and it comes first to last. */
    private boolean giveUp(long page) {
        long frame = pages.frame(page);
        boolean wasFull = isFull();
        pages.remove(page);
        if (untypeds.free(frame) != 0) {
            pages.add(page, frame);
            return false;
        }
        if (wasFull) {
            applyReserve();
        }
        listener.shrunk(page);
        return true;
    }

    /**
     * Gives back all that can be: empties pages by moving the records of arenas in which no user has an object, and at last
     * frees the paging structures. The reserve is let go on the way, because the last page may be needed for nothing but the
     * arenas it came from; it is full again at the end if it was before.
     */
    void trim() {
        freeRefused();
        untypeds.trim();
        giveUpReady();
        boolean fewer = true;
        while (fewer && pages.mapped() > 0) {
            long before = pages.mapped();
            evacuateOne();
            untypeds.trim();
            giveUpReady();
            fewer = pages.mapped() < before;
        }
        if (pages.mapped() == 0) {
            freeTables(0);
        }
        untypeds.trim();
        fill();
    }

    private void giveUpReady() {
        while (pages.ready() > 0 && giveUp(pages.greatestReady())) {
            // each turn gives up one page
        }
    }

    private void evacuateOne() {
        SlabMspace.Mover mover = mover();
        for (long page = pages.nextMapped(0); page != 0; page = pages.nextMapped(page + PageSource.PAGE)) {
            if (pages.isTaken(page) && mspace.evacuate(page, mover)) {
                return;
            }
        }
    }

    private SlabMspace.Mover mover() {
        RecordMoves moves = untypeds.moves();
        return new SlabMspace.Mover() {
            @Override
            public boolean canMove(RecordStore.Use use, long record) {
                return moves.canMove(use, record);
            }

            @Override
            public void move(RecordStore.Use use, long from, long to) {
                moves.move(use, from, to);
                moveHandles(moves, from, to);
            }
        };
    }

    private void moveHandles(RecordMoves moves, long from, long to) {
        for (long page = pages.nextMapped(0); page != 0; page = pages.nextMapped(page + PageSource.PAGE)) {
            pages.setFrame(page, moves.moved(pages.frame(page), from, to));
        }
        for (Word refused : REFUSED) {
            long handle = refused.get(memory, layout.growthState());
            refused.set(memory, layout.growthState(), moves.moved(handle, from, to));
        }
        for (long i = 0; i < TABLES.get(memory, layout.growthState()); i++) {
            memory.store64(tableHandle(i), 0, moves.moved(memory.load64(tableHandle(i), 0), from, to));
        }
    }

    /** Objects of the pools' own: frames of the virtual pool, paging structures, and what is still to be freed. */
    long ownObjects() {
        long own = pages.mapped() + tables();
        for (Word refused : REFUSED) {
            own += refused.get(memory, layout.growthState()) == 0 ? 0 : 1;
        }
        return own;
    }

    long tables() {
        return TABLES.get(memory, layout.growthState());
    }
}
