package org.allocman.manager;

import java.util.List;
import java.util.function.LongConsumer;
import org.allocman.cspace.CSpace;
import org.allocman.events.AllocationEvent;
import org.allocman.events.FreeEvent;
import org.allocman.mspace.DualPages;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.Mspace;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedRoots;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/**
 * The native interface of the resource manager: memory, slots and objects as plain numbers. Success answers a positive
 * number, a handle or an address; a refusal is a negative {@link Refusal}, and has changed nothing.
 *
 * <p>The object is a view: all it knows lies in the pools, so two views of the same pools are the same manager. Not
 * thread-safe, not re-entrant.
 */
public final class Allocman {
    private final Kernel kernel;
    private final Memory memory;
    private final PoolLayout layout;
    private final CSpace cspace;
    private final FixedPages fixed;
    private final VirtualPages virtual;
    private final SlabMspace mspace;
    private final UntypedManager untypeds;
    private final PoolGrowth growth;

    /**
     * A view of the manager in a static pool.
     *
     * @param kernel makes the objects
     * @param memory the root task's memory, in which the pools lie
     * @param layout where in them everything is
     * @param listener is told of growth
     */
    public Allocman(Kernel kernel, Memory memory, PoolLayout layout, GrowthListener listener) {
        this.kernel = kernel;
        this.memory = memory;
        this.layout = layout;
        this.fixed = new FixedPages(memory, layout.fixedState(), layout.fixedBase(), Math.max(0, layout.fixedPages()));
        this.virtual = new VirtualPages(memory, layout.windowState(), layout.windowBase(), layout.windowPages());
        this.mspace = new SlabMspace(memory, layout.mspaceState(), new DualPages(fixed, virtual), layout.records());
        this.cspace =
                layout.slots().open(memory, layout.cspaceState(), layout.cspaceBitmaps(), mspace, layout.cspace());
        UntypedTable table = new UntypedTable(
                memory,
                layout.rootsState(),
                layout.rootTable(),
                layout.roots(),
                mspace,
                layout.untypeds().rootRecord(),
                kernel.architecture());
        this.untypeds = layout.untypeds().open(kernel, memory, layout.untypedState(), mspace, cspace, table);
        boolean canFree = layout.untypeds().canFree();
        SlotGrowth slots = new SlotGrowth(kernel, untypeds, cspace.secondLevels(), canFree, listener);
        this.growth = new PoolGrowth(kernel, memory, layout, untypeds, cspace, mspace, virtual, slots, listener);
    }

    /**
     * Makes the pages of a fresh static pool ready and the window empty. Once only, in memory that is all zero.
     *
     * @param forPages what one growth of the virtual pool can need, which users have to leave
     * @param forSlots what one more CNode of the second level can need
     * @param firstFree the first slot that is empty, 1 or more
     * @param end one past the last slot that is there and empty
     */
    public void initialise(Need forPages, Need forSlots, @CPtr long firstFree, @CPtr long end) {
        fixed.initialise();
        virtual.initialise();
        cspace.initialise();
        cspace.addFree(firstFree, end);
        growth.setReserve(forPages, forSlots);
    }

    /**
     * Takes untypeds over. Once only, after {@link #initialise}.
     *
     * @param roots the untypeds, by physical address; nothing has been made of them
     * @return false, with nothing changed, if the static pool has too few records for them
     */
    public boolean adopt(List<UntypedRoots.Root> roots) {
        return roots().adopt(roots);
    }

    /**
     * Takes one more untyped over, from whoever got hold of it.
     *
     * @param untyped the untyped, its capability in this CSpace; nothing has been made of it, and nobody else will make
     *     anything of it until it is {@link #removeUntyped removed}
     * @param kind what memory it is; {@link MemoryKind#KERNEL} if and only if it is no device memory
     * @return 0; or a refusal: {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#UNALIGNED}, {@link Refusal#WRONG_KIND},
     *     {@link Refusal#ALREADY_MANAGED}, {@link Refusal#TABLE_FULL}, {@link Refusal#OUT_OF_BOOK_KEEPING},
     *     {@link Refusal#OUT_OF_REACH}
     */
    public long addUntyped(Untyped untyped, MemoryKind kind) {
        if (untyped.sizeBits() < architecture().minUntypedBits()
                || untyped.sizeBits() > architecture().maxUntypedBits()) {
            return Refusal.ILLEGAL_SIZE;
        }
        if (!untyped.respectsAlignment()) {
            return Refusal.UNALIGNED;
        }
        if (untyped.device() == (kind == MemoryKind.KERNEL)) {
            return Refusal.WRONG_KIND;
        }
        UntypedRoots.Root root = new UntypedRoots.Root(untyped, kind);
        long refusal = roots().add(root);
        while (refusal == Refusal.OUT_OF_BOOK_KEEPING && growth.grow()) {
            refusal = roots().add(root);
        }
        growth.renewReserve();
        return refusal;
    }

    /**
     * Gives an untyped of which nothing is in use back to whoever handed it over. Its capability stays where it was.
     *
     * @param paddr where it begins
     * @return the cptr of its capability; or a refusal: {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE}
     */
    public long removeUntyped(@PhysAddr long paddr) {
        long slot = roots().remove(paddr);
        if (slot == Refusal.IN_USE) {
            growth.trim();
            slot = roots().remove(paddr);
        }
        growth.renewReserve();
        return slot;
    }

    /**
     * The kernel's architecture.
     *
     * @return the architecture
     */
    public Architecture architecture() {
        return kernel.architecture();
    }

    /**
     * The slots.
     *
     * @return the CSpace manager
     */
    public CSpace cspace() {
        return cspace;
    }

    /**
     * The untyped memory.
     *
     * @return the untyped manager
     */
    public UntypedManager untypeds() {
        return untypeds;
    }

    /**
     * The untypeds that were handed over.
     *
     * @return a view on them
     */
    public UntypedRoots roots() {
        return new UntypedRoots(untypeds);
    }

    /**
     * The words that hold handles of the pools' own objects, for tools that compare states.
     *
     * @param words hears of the address of each; a word may be 0
     */
    public void visitHandles(LongConsumer words) {
        growth.visitHandles(words);
    }

    /**
     * Where everything lies.
     *
     * @return the layout of the static pool
     */
    public PoolLayout layout() {
        return layout;
    }

    /**
     * Makes an object from normal memory.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param slot where its capability goes, an empty slot of this CSpace; 0 for one of the manager's choice
     * @return a handle, or a refusal
     */
    public long allocate(ObjectType type, int size, @CPtr long slot) {
        long refusal = checkSize(type, size);
        return refusal != 0 ? refusal : allocate(MemoryKind.KERNEL, type, size, slot);
    }

    /**
     * Makes a frame or an untyped from device RAM if there is some, else from normal memory.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param slot where its capability goes, an empty slot of this CSpace; 0 for one of the manager's choice
     * @return a handle, or a refusal
     */
    public long allocateMaybeDevice(ObjectType type, int size, @CPtr long slot) {
        long refusal = checkSize(type, size);
        if (refusal != 0) {
            return refusal;
        }
        if (isForDevices(type)) {
            long handle = allocate(MemoryKind.DEVICE_RAM, type, size, slot);
            if (handle > 0) {
                return handle;
            }
        }
        return allocate(MemoryKind.KERNEL, type, size, slot);
    }

    private long allocate(MemoryKind kind, ObjectType type, int size, long slot) {
        Architecture architecture = kernel.architecture();
        int number = architecture.number(type);
        int bits = architecture.sizeBits(type, size);
        AllocationEvent event = AllocationEvent.start();
        long handle = untypeds.allocate(kind, number, size, bits, slot, false);
        for (int tries = 0; handle < 0 && growth.growFor(handle, tries); tries++) {
            handle = untypeds.allocate(kind, number, size, bits, slot, false);
        }
        growth.fill();
        if (event != null) {
            event.over(type.text(), bits, kind.text(), handle, place(handle), Refusal.text(handle));
        }
        return handle;
    }

    /**
     * Makes an object at a physical address, from whatever memory is there.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param paddr where, a multiple of the object's size
     * @param slot where its capability goes, an empty slot of this CSpace; 0 for one of the manager's choice
     * @return a handle, or a refusal
     */
    public long allocateAt(ObjectType type, int size, @PhysAddr long paddr, @CPtr long slot) {
        long refusal = checkSize(type, size);
        if (refusal != 0) {
            return refusal;
        }
        Architecture architecture = kernel.architecture();
        int number = architecture.number(type);
        int bits = architecture.sizeBits(type, size);
        if ((paddr & (1L << bits) - 1) != 0) {
            return Refusal.UNALIGNED;
        }
        AllocationEvent event = AllocationEvent.start();
        long handle = untypeds.allocateAt(number, size, bits, paddr, slot, false);
        for (int tries = 0; handle < 0 && growth.growFor(handle, tries); tries++) {
            handle = untypeds.allocateAt(number, size, bits, paddr, slot, false);
        }
        growth.fill();
        if (event != null) {
            MemoryKind kind = untypeds.table().kindAt(paddr);
            long place = handle > 0 ? place(handle) : paddr;
            event.over(type.text(), bits, kind == null ? "" : kind.text(), handle, place, Refusal.text(handle));
        }
        return handle;
    }

    /**
     * Where the capability of an object is, if the manager chose the slot.
     *
     * @param handle what {@code allocate} answered when no slot was given
     * @return its cptr; or a refusal: {@link Refusal#STALE_HANDLE}, {@link Refusal#FOREIGN_HANDLE}
     */
    public @CPtr long slot(long handle) {
        long refusal = untypeds.check(handle);
        return refusal != 0 ? refusal : untypeds.slot(handle);
    }

    private @PhysAddr long place(long handle) {
        return handle > 0 ? untypeds.physicalAddress(handle) : 0;
    }

    /**
     * Gives an object back, with every copy of its capability. It allocates nothing.
     *
     * @param handle what {@code allocate} answered
     * @return 0, or a refusal
     */
    public long free(long handle) {
        FreeEvent event = FreeEvent.start();
        long refusal = untypeds.free(handle);
        if (refusal == 0) {
            growth.settle();
        }
        if (event != null) {
            event.over(handle, Refusal.text(refusal));
        }
        return refusal;
    }

    /**
     * Takes memory from the pools, all zero, for the caller's own book-keeping.
     *
     * @param bytes how many, 1 to {@link Mspace#MOST}
     * @return its address, or a refusal: {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#OUT_OF_BOOK_KEEPING}
     */
    public @VirtAddr long allocateMemory(@Bytes int bytes) {
        if (bytes < 1 || bytes > Mspace.MOST) {
            return Refusal.ILLEGAL_SIZE;
        }
        long address = mspace.allocate(bytes);
        while (address == 0 && growth.grow()) {
            address = mspace.allocate(bytes);
        }
        growth.fill();
        return address == 0 ? Refusal.OUT_OF_BOOK_KEEPING : address;
    }

    /**
     * Gives memory back to the pools. It is cleared.
     *
     * @param address what {@link #allocateMemory} answered
     * @param bytes how many were asked for
     * @return 0, or a refusal
     */
    public long freeMemory(@VirtAddr long address, @Bytes int bytes) {
        if (Reserves.hasMemory(memory, layout, address) || !mspace.free(address, bytes)) {
            return Refusal.STALE_HANDLE;
        }
        growth.settle();
        return 0;
    }

    /**
     * Takes an empty slot.
     *
     * @return its cptr, or a refusal
     */
    public long takeSlot() {
        long slot = cspace.take();
        if (slot == 0) {
            untypeds.trim();
            slot = cspace.take();
        }
        // what a CNode takes of slots itself can be more than it brings; there are only so many
        while (slot == 0 && growth.growSlots()) {
            slot = cspace.take();
        }
        growth.fill();
        return slot == 0 ? Refusal.OUT_OF_SLOTS : slot;
    }

    /**
     * Takes a given slot.
     *
     * @param slot its number
     * @return the slot, or a refusal
     */
    public long takeSlotAt(@CPtr long slot) {
        if (slot <= 0 || slot >= cspace.end()) {
            return Refusal.NOT_MANAGED;
        }
        if (!growth.growSlotsAt(slot)) {
            return Refusal.OUT_OF_SLOTS;
        }
        if (!cspace.isFree(slot)) {
            return Refusal.IN_USE;
        }
        boolean taken = cspace.takeAt(slot);
        // it may be free and set apart; and the CNode that comes may take it
        while (!taken && cspace.isFree(slot) && growth.growSlots()) {
            taken = cspace.takeAt(slot);
        }
        growth.fill();
        return taken ? slot : Refusal.OUT_OF_SLOTS;
    }

    /**
     * Takes consecutive slots of one CNode. Each is given back for itself.
     *
     * @param count how many, 1 to {@link CSpace#longestRun}
     * @return the first, or a refusal
     */
    public long takeSlots(int count) {
        if (count < 1 || count > cspace.longestRun()) {
            return Refusal.ILLEGAL_SIZE;
        }
        long first = cspace.takeSeveral(count);
        if (first == 0) {
            untypeds.trim();
            first = cspace.takeSeveral(count);
        }
        while (first == 0 && growth.growSlots()) {
            first = cspace.takeSeveral(count);
        }
        growth.fill();
        return first == 0 ? Refusal.OUT_OF_SLOTS : first;
    }

    /**
     * Empties a slot and gives it back.
     *
     * @param slot what {@link #takeSlot} answered, or one of those that were taken otherwise
     * @return 0, or a refusal
     */
    public long freeSlot(@CPtr long slot) {
        if (!cspace.canGiveBack(slot)) {
            return Refusal.STALE_HANDLE;
        }
        var error = kernel.delete(cspace.root(), slot, cspace.depth());
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.DELETE, error);
        }
        cspace.giveBack(slot);
        growth.settle();
        return 0;
    }

    /** Gives back all that is kept for speed alone, pages of the virtual pool included. */
    public void trim() {
        growth.trim();
    }

    /**
     * Grows the virtual pool until the reserve is full, and then fills the {@link Reserves} that users have configured.
     *
     * @return true if all are full
     */
    public boolean fillReserves() {
        boolean ours = growth.fill() && growth.isReserveFull();
        return new Reserves(this).fill() && ours;
    }

    /**
     * What is full and what is low.
     *
     * @return a snapshot
     */
    public Health health() {
        return new Health(mspace.hasReserve(), cspace.hasReserve(), new Reserves(this).levels());
    }

    /**
     * Makes the virtual pool one page larger.
     *
     * @return false, with nothing changed, if that is not possible
     */
    public boolean grow() {
        return growth.grow();
    }

    /**
     * Makes the virtual pool one page larger, as {@link #grow}, and says why not.
     *
     * @return 0; or a refusal, with nothing changed: of the kernel's, {@link Refusal#OUT_OF_UNTYPED} for want of a frame or a
     *     paging structure, {@link Refusal#OUT_OF_SLOTS}, {@link Refusal#OUT_OF_BOOK_KEEPING} if the window is full
     */
    public long addPage() {
        return growth.addPage();
    }

    /**
     * Whether the pools can grow whatever a user does next.
     *
     * @return true if the reserve is full
     */
    public boolean isReserveFull() {
        return growth.isReserveFull();
    }

    /**
     * What is free now, and in how large pieces.
     *
     * @return a snapshot
     */
    public UntypedStatistics untypedStatistics() {
        return UntypedStatistics.of(untypeds);
    }

    /**
     * What is in use now.
     *
     * @return a snapshot
     */
    public Statistics statistics() {
        return new Statistics(
                untypeds.liveObjects() - growth.ownObjects() - Reserves.held(memory, layout),
                layout.bytes(),
                fixed.ready(),
                virtual.mapped(),
                virtual.ready(),
                growth.tables(),
                cspace.slotsThere(),
                cspace.freeSlots(),
                growth.reserve(),
                growth.isReserveFull());
    }

    /** What is wrong with a type and a size, or 0. */
    long checkSize(ObjectType type, int size) {
        Architecture architecture = kernel.architecture();
        if (!architecture.has(type)) {
            return Refusal.UNKNOWN_TYPE;
        }
        if (type.isSizedByCaller()) {
            if (size < architecture.leastSize(type) || size > architecture.mostSize(type)) {
                return Refusal.ILLEGAL_SIZE;
            }
        }
        return 0;
    }

    private static boolean isForDevices(ObjectType type) {
        return type == ObjectType.UNTYPED || type.isFrame();
    }

    boolean holdsMemory(long address, int bytes) {
        return mspace.holds(address, bytes);
    }

    Kernel kernel() {
        return kernel;
    }

    UntypedManager handles() {
        return untypeds;
    }

    Memory memory() {
        return memory;
    }
}
