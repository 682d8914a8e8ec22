package org.allocman.untyped;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The native interface to untyped memory: handles and {@link Refusal refusals} as plain numbers, no object an operation.
 * Every operation is all or nothing. A request has been checked by the caller: the type exists, the size is the type's.
 *
 * <p>Not re-entrant, and never entered again by what it calls.
 */
public interface UntypedManager {
    /**
     * Makes an object from a free block of its own size.
     *
     * @param kind what memory
     * @param type the object type, as the kernel numbers it
     * @param size what the kernel's retype takes as size
     * @param bits the object's size in bits
     * @param slot where its capability goes; 0 for one of the manager's choice
     * @param requester whose object it is; the pools' own alone may use the reserve
     * @return a handle, or a refusal
     */
    long allocate(MemoryKind kind, int type, int size, @SizeBits int bits, @CPtr long slot, Requester requester);

    /**
     * Makes an object at a physical address.
     *
     * @param type the object type, as the kernel numbers it
     * @param size what the kernel's retype takes as size
     * @param bits the object's size in bits
     * @param paddr where, a multiple of the size
     * @param slot where its capability goes; 0 for one of the manager's choice
     * @param requester whose object it is; the pools' own alone may use the reserve
     * @return a handle, or a refusal
     */
    long allocateAt(int type, int size, @SizeBits int bits, @PhysAddr long paddr, @CPtr long slot, Requester requester);

    /**
     * Gives an object back, with every copy of its capability.
     *
     * @param handle what {@code allocate} answered
     * @return 0, or a refusal
     */
    long free(long handle);

    /**
     * Checks a handle; any number may be asked.
     *
     * @param handle the number
     * @return 0 if it is good, or a refusal
     */
    long check(long handle);

    /**
     * Where an object is.
     *
     * @param handle a good handle
     * @return its physical address
     */
    @PhysAddr
    long physicalAddress(long handle);

    /**
     * The slot that the manager chose for an object.
     *
     * @param handle a good handle of an object that was allocated without a slot of the caller's
     * @return the cptr
     */
    @CPtr
    long slot(long handle);

    /**
     * The size of an object's block.
     *
     * @param handle a good handle
     * @return its size in bits
     */
    @SizeBits
    int sizeBits(long handle);

    /** Gives back what is kept for speed alone, so that free memory is in blocks as large as can be. */
    void trim();

    /**
     * Keeps a free block from everybody who does not ask for an address in it.
     *
     * @param paddr where it begins, a multiple of its size
     * @param bits its size in bits, not more than that of the untyped in which it lies
     * @param requester true to put back what was given back just before, which may use the reserve
     * @return 0; or a refusal, with nothing changed: {@link Refusal#CANNOT_RESERVE} if the manager has no such thing,
     *     {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE}, {@link Refusal#OUT_OF_BOOK_KEEPING},
     *     {@link Refusal#OUT_OF_SLOTS}
     */
    default long reserve(@PhysAddr long paddr, @SizeBits int bits, Requester requester) {
        return Refusal.CANNOT_RESERVE;
    }

    /**
     * Gives a reserved block back to everybody.
     *
     * @param paddr where it begins
     * @param bits its size in bits
     * @return 0; or a refusal, with nothing changed: {@link Refusal#NOT_RESERVED} if just that block was not reserved,
     *     {@link Refusal#IN_USE} if something is in it, or the kernel's
     */
    default long unreserve(@PhysAddr long paddr, @SizeBits int bits) {
        return Refusal.NOT_RESERVED;
    }

    /**
     * Finds a free block that can be reserved. Nothing is made and nothing taken; what is kept for speed may be given back.
     *
     * @param kind what memory
     * @param bits the size in bits that it has at least
     * @return where it begins, a multiple of the size; or a refusal: {@link Refusal#CANNOT_RESERVE} if the manager has no such
     *     thing, {@link Refusal#OUT_OF_UNTYPED}
     */
    default @PhysAddr long findFree(MemoryKind kind, @SizeBits int bits) {
        return Refusal.CANNOT_RESERVE;
    }

    /**
     * Whether an address is in a reserved block.
     *
     * @param paddr any address
     * @return true if so
     */
    default boolean isReserved(@PhysAddr long paddr) {
        return false;
    }

    /**
     * Gives back slots kept for objects to come, where no user has an object: they may be what keeps a CNode alive in whose
     * memory they lie.
     *
     * @param inChosenSlots visits the handles of the pools' own objects that are in slots of the manager's choice
     * @return true if there were such slots
     */
    default boolean giveBackKeptSlots(Consumer<LongConsumer> inChosenSlots) {
        return false;
    }

    /**
     * How many blocks of a size are free, not counting larger ones.
     *
     * @param kind what memory
     * @param bits their size in bits
     * @return the number of blocks
     */
    long freeBlocks(MemoryKind kind, @SizeBits int bits);

    /**
     * The largest free block.
     *
     * @param kind what memory
     * @return its size in bits, or -1 if nothing is free
     */
    int largestFree(MemoryKind kind);

    /**
     * How many objects are live, those of the pools' own included.
     *
     * @return the number of handles that are good
     */
    long liveObjects();

    /**
     * The table of untypeds that the manager was opened with.
     *
     * @return the table
     */
    UntypedTable table();

    /**
     * Whether an untyped can be handed over, as things are now.
     *
     * @param untyped the untyped; none that is managed overlaps it
     * @return false if handles could not name objects in it
     */
    default boolean canAttach(Untyped untyped) {
        return true;
    }

    /**
     * Makes all of an untyped free.
     *
     * @param root its record, in the table; it says where the untyped is, how large, and of what kind, and is zero otherwise
     * @param untyped the untyped; nothing has been made of it
     */
    void attach(long root, Untyped untyped);

    /**
     * Stops allocating from an untyped. Its record is given back then.
     *
     * @param root its record; the untyped is whole
     */
    void detach(long root);

    /**
     * Whether an untyped is free as one block.
     *
     * @param root its record
     * @return true if nothing is made of it
     */
    boolean isWhole(long root);

    /**
     * The capability of an untyped, as it was handed over.
     *
     * @param root its record
     * @return its cptr
     */
    @CPtr
    long rootSlot(long root);

    /**
     * Compares what the manager knows with itself and with the kernel. For tests: between two operations nothing is broken.
     *
     * @param slots what the kernel has in its slots
     * @return a sentence for each thing that is broken, with the name of the rule, the block or the slot
     */
    default List<String> audit(SlotProbe slots) {
        return List.of();
    }

    /**
     * The records that are in use, those of untypeds included. For tests, which look where they lie.
     *
     * @return each once
     */
    default List<RecordAddress> recordsInUse() {
        return List.of();
    }

    /**
     * What makes no difference between two states, for tools that compare them.
     *
     * @return where generations are kept; null if there is nothing of that kind
     */
    default @Nullable HandleGenerations generations() {
        return null;
    }
}
