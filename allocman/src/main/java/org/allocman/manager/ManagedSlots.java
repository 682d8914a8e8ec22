package org.allocman.manager;

import java.util.function.LongSupplier;
import org.allocman.cspace.CSpace;
import org.allocman.qual.CPtr;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * The slots of a manager's CSpace, for clients: taken singly, at a number or several in a row, from CNodes that are made as
 * they are needed. Obtained from {@link Allocman#slots}; success returns a positive number or 0, failure a negative
 * {@link Refusal}.
 */
public final class ManagedSlots {
    private final Kernel kernel;
    private final CSpace cspace;
    private final UntypedManager untypeds;
    private final PoolGrowth growth;

    ManagedSlots(Kernel kernel, CSpace cspace, UntypedManager untypeds, PoolGrowth growth) {
        this.kernel = kernel;
        this.cspace = cspace;
        this.untypeds = untypeds;
        this.growth = growth;
    }

    /**
     * The CSpace manager behind, which never invokes the kernel and never grows.
     *
     * @return the CSpace manager
     */
    public CSpace cspace() {
        return cspace;
    }

    /**
     * Takes an empty slot.
     *
     * @return its cptr; or {@link Refusal#OUT_OF_SLOTS} if all CNodes are there, or why one more cannot be made:
     *     {@link Refusal#OUT_OF_BOOK_KEEPING} for want of its bitmaps, {@link Refusal#NO_BLOCK_FOR_PAGE},
     *     {@link Refusal#NO_BLOCK_FOR_SLOTS}, the kernel's refusal
     */
    public @CPtr long take() {
        long slot = cspace.take();
        if (slot == 0) {
            slot = afterTrimming(() -> orOutOfSlots(cspace.take()));
        }
        growth.fill();
        return slot;
    }

    /**
     * Takes a given slot.
     *
     * @param slot its number
     * @return the slot; or {@link Refusal#NOT_MANAGED}, {@link Refusal#OUT_OF_SLOTS} if it belongs to the reserve,
     *     {@link Refusal#IN_USE}, or why its CNode cannot be made, as of {@link #take}
     */
    public @CPtr long takeAt(@CPtr long slot) {
        if (slot <= 0 || slot >= cspace.end()) {
            return Refusal.NOT_MANAGED;
        }
        long refusal = growth.growSlotsAt(slot);
        if (refusal != 0) {
            return refusal;
        }
        if (!cspace.isFree(slot)) {
            return Refusal.IN_USE;
        }
        long taken = takeFree(slot);
        if (taken < 0) {
            taken = growth.retrySlots(taken, () -> takeFree(slot));
        }
        growth.fill();
        // it was free: whoever has it now is a CNode that was made for it
        return taken == Refusal.IN_USE ? Refusal.OUT_OF_SLOTS : taken;
    }

    /** A slot can be free and reserved; and a CNode that is made meanwhile may take it, then no more CNodes help. */
    private long takeFree(long slot) {
        if (cspace.takeAt(slot)) {
            return slot;
        }
        return cspace.isFree(slot) ? Refusal.OUT_OF_SLOTS : Refusal.IN_USE;
    }

    /**
     * Takes consecutive slots of one CNode. Each is freed for itself.
     *
     * @param count how many, 1 to {@link CSpace#longestRun}
     * @return the first; or {@link Refusal#ILLEGAL_SIZE}, or as of {@link #take}
     */
    public @CPtr long takeSeveral(int count) {
        if (count < 1 || count > cspace.longestRun()) {
            return Refusal.ILLEGAL_SIZE;
        }
        long first = cspace.takeSeveral(count);
        if (first == 0) {
            first = afterTrimming(() -> orOutOfSlots(cspace.takeSeveral(count)));
        }
        growth.fill();
        return first;
    }

    private long afterTrimming(LongSupplier request) {
        untypeds.trim();
        return growth.retrySlots(request.getAsLong(), request);
    }

    private static long orOutOfSlots(long slot) {
        return slot == 0 ? Refusal.OUT_OF_SLOTS : slot;
    }

    /**
     * Deletes what is in a slot and frees the slot.
     *
     * @param slot a slot that was taken by {@link #take}, {@link #takeAt} or {@link #takeSeveral}
     * @return 0; {@link Refusal#STALE_HANDLE}, or a refusal of the kernel's
     */
    public long free(@CPtr long slot) {
        long refusal = empty(kernel, cspace, slot);
        if (refusal == 0) {
            growth.reclaim();
        }
        return refusal;
    }

    /** Deletes what is in a slot and gives the slot back to its CSpace; 0, or a refusal with nothing changed. */
    static long empty(Kernel kernel, CSpace cspace, @CPtr long slot) {
        if (!cspace.canGiveBack(slot)) {
            return Refusal.STALE_HANDLE;
        }
        KernelError error = kernel.delete(cspace.root(), slot, cspace.depth());
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.DELETE, error);
        }
        cspace.giveBack(slot);
        return 0;
    }

    /** Takes a slot that no client can free. */
    long takeReserved() {
        long slot = take();
        if (slot > 0) {
            cspace.hold(slot);
        }
        return slot;
    }

    /** Frees a slot of {@link #takeReserved}; 0, or a refusal with nothing changed. */
    long freeReserved(long slot) {
        cspace.unhold(slot);
        long refusal = free(slot);
        if (refusal != 0) {
            cspace.hold(slot);
        }
        return refusal;
    }
}
