package org.allocman.untyped;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

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
     * @param own true for objects of the pools' own, which may use the reserve
     * @return a handle, or a refusal
     */
    long allocate(MemoryKind kind, int type, int size, @SizeBits int bits, @CPtr long slot, boolean own);

    /**
     * Makes an object at a physical address.
     *
     * @param type the object type, as the kernel numbers it
     * @param size what the kernel's retype takes as size
     * @param bits the object's size in bits
     * @param paddr where, a multiple of the size
     * @param slot where its capability goes; 0 for one of the manager's choice
     * @param own true for objects of the pools' own, which may use the reserve
     * @return a handle, or a refusal
     */
    long allocateAt(int type, int size, @SizeBits int bits, @PhysAddr long paddr, @CPtr long slot, boolean own);

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
     * The untypeds that were handed over.
     *
     * @return the view on them
     */
    UntypedRoots roots();
}
