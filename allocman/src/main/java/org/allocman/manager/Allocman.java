package org.allocman.manager;

import java.util.function.LongConsumer;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.untyped.Need;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * The native interface of the resource manager: memory, slots and objects as plain numbers. Success returns a positive
 * number or 0; a refusal is a negative {@link Refusal}, and has changed nothing.
 *
 * <p>Objects are allocated and freed here. {@link #slots}, {@link #memory}, {@link #untypeds} and {@link #reserves} are the
 * other faces of the manager.
 *
 * <p>The object is a view: all it knows lies in the pools, so two views of the same pools are the same manager. Not
 * thread-safe, not re-entrant.
 */
public final class Allocman {
    private final Kernel kernel;
    private final Memory memory;
    private final PoolLayout layout;
    private final ManagerComponents components;
    private final ReserveList reserveList;
    private final ManagedObjects objects;
    private final ManagedSlots slots;
    private final ManagedMemory pieces;
    private final ManagedUntypeds untypeds;
    private final ClientReserves reserves;

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
        this.components = ManagerComponents.open(kernel, memory, layout, listener);
        Architecture architecture = kernel.architecture();
        PoolGrowth growth = components.growth();
        this.reserveList = new ReserveList(memory, layout);
        this.objects = new ManagedObjects(architecture, components.untypeds(), growth);
        this.slots = new ManagedSlots(kernel, components.cspace(), components.untypeds(), growth);
        this.pieces = new ManagedMemory(components.mspace(), reserveList, growth);
        this.untypeds = new ManagedUntypeds(architecture, components.untypeds(), growth);
        this.reserves = new ClientReserves(architecture, memory, reserveList, objects, slots, pieces);
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
        components.fixed().initialise();
        components.virtual().initialise();
        components.cspace().initialise();
        components.cspace().addFree(firstFree, end);
        components.growth().setReserve(forPages, forSlots);
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
     * The slots of the CSpace: takes and frees them.
     *
     * @return the same face each time
     */
    public ManagedSlots slots() {
        return slots;
    }

    /**
     * The memory of the pools: allocates and frees pieces of it, for book-keeping.
     *
     * @return the same face each time
     */
    public ManagedMemory memory() {
        return pieces;
    }

    /**
     * The untyped memory: attaches, detaches and measures untypeds.
     *
     * @return the same face each time
     */
    public ManagedUntypeds untypeds() {
        return untypeds;
    }

    /**
     * The reserves of clients: configures, fills and takes from them.
     *
     * @return the same face each time
     */
    public ClientReserves reserves() {
        return reserves;
    }

    /**
     * The words that hold handles of the pools' own objects, for tools that compare states.
     *
     * @param words hears of the address of each; a word may be 0
     */
    public void visitHandles(LongConsumer words) {
        components.pages().visitHandles(words);
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
        return objects.allocate(type, size, slot);
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
        return objects.allocateMaybeDevice(type, size, slot);
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
        return objects.allocateAt(type, size, paddr, slot);
    }

    /**
     * Where the capability of an object is, if the manager chose the slot.
     *
     * @param handle a handle that {@code allocate} returned when no slot was given
     * @return its cptr; or a refusal: {@link Refusal#STALE_HANDLE}, {@link Refusal#FOREIGN_HANDLE}
     */
    public @CPtr long slot(long handle) {
        UntypedManager manager = components.untypeds();
        long refusal = manager.check(handle);
        return refusal != 0 ? refusal : manager.slot(handle);
    }

    /**
     * Gives an object back, with every copy of its capability. It allocates nothing.
     *
     * @param handle a handle that {@code allocate} returned
     * @return 0, or a refusal
     */
    public long free(long handle) {
        return objects.free(handle);
    }

    /** Gives back all that is kept for speed alone, pages of the virtual pool included. */
    public void trim() {
        components.growth().trim();
    }

    /**
     * Grows the virtual pool until the reserve is full, and then fills the {@link ClientReserves} that users have configured.
     *
     * @return true if all are full
     */
    public boolean fillReserves() {
        boolean ours = components.growth().fill() && components.growth().isReserveFull();
        return reserves.fill() && ours;
    }

    /**
     * What is full and what is low.
     *
     * @return a snapshot
     */
    public Health health() {
        return new Health(components.mspace().hasReserve(), components.cspace().hasReserve(), reserves.levels());
    }

    /**
     * Makes the virtual pool one page larger.
     *
     * @return 0; or a refusal, with nothing changed: of the kernel's, {@link Refusal#OUT_OF_UNTYPED} for want of a frame or a
     *     paging structure, {@link Refusal#OUT_OF_SLOTS}, {@link Refusal#OUT_OF_BOOK_KEEPING} if the window is full
     */
    public long addPage() {
        return components.growth().addPage();
    }

    /**
     * Whether the pools can grow whatever a user does next.
     *
     * @return true if the reserve is full
     */
    public boolean isReserveFull() {
        return components.growth().isReserveFull();
    }

    /**
     * What is in use now.
     *
     * @return a snapshot
     */
    public Statistics statistics() {
        return new Statistics(
                components.untypeds().liveObjects() - components.growth().ownObjects() - reserveList.heldObjects(),
                layout.bytes(),
                components.fixed().ready(),
                components.virtual().mapped(),
                components.virtual().ready(),
                components.pages().tables(),
                components.cspace().slotsThere(),
                components.cspace().freeSlots(),
                components.growth().reserve(),
                components.growth().isReserveFull());
    }

    Kernel kernel() {
        return kernel;
    }

    Memory rootMemory() {
        return memory;
    }
}
