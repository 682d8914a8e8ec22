package org.allocman.child;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.manager.Allocman;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** How a child grows by asking its parent, and gives back what is whole. */
final class ChildGrowth {
    private static final int WORD = 64;

    private final Allocman allocman;
    private final Holdings holdings;
    private final Ledger ledger;
    private final ChildOptions options;
    private final OneLevelCSpace cspace;

    ChildGrowth(Allocman allocman, Holdings holdings, ChildOptions options) {
        this.allocman = allocman;
        this.holdings = holdings;
        this.ledger = holdings.ledger();
        this.options = options;
        // as ParentSlotsDesign opens it
        this.cspace = (OneLevelCSpace) allocman.slots().cspace();
    }

    /** Takes an untyped of normal memory: of the usual size, or as large as is needed, or, if the parent has none, smaller. */
    Option<VkaError> growUntyped(@SizeBits int needed) {
        Option<VkaError> refused = Option.none();
        for (int bits = Math.max(needed, options.stepBits()); bits >= needed; bits--) {
            int size = bits;
            refused = grow(size, MemoryKind.KERNEL, () -> holdings.parent().untyped(size));
            boolean smaller =
                    refused.exists(why -> why.reason() == Reason.OUT_OF_UNTYPED || why.reason() == Reason.OVER_QUOTA);
            if (!smaller) {
                return refused;
            }
        }
        return refused;
    }

    /** Takes the untyped at an address. */
    Option<VkaError> growAt(@SizeBits int bits, @PhysAddr long paddr, MemoryKind kind) {
        return grow(bits, kind, () -> holdings.parent().allocateAt(ObjectType.UNTYPED, bits, paddr));
    }

    private Option<VkaError> grow(int bits, MemoryKind kind, Supplier<Either<VkaError, VkaObject>> request) {
        Either<VkaError, Integer> taken = holdings.takeUntyped(bits, request);
        if (taken.isLeft()) {
            return Option.some(taken.getLeft());
        }
        int entry = taken.get();
        VkaObject object = ledger.object(entry);
        Untyped untyped = new Untyped(object.cptr(), ledger.paddr(entry), object.sizeBits(), kind != MemoryKind.KERNEL);
        long refusal = allocman.untypeds().attach(untyped, kind);
        if (refusal == 0) {
            return Option.none();
        }
        ledger.setKind(entry, Ledger.WAITING);
        VkaError why = cannotManage(object, refusal);
        return Option.some(holdings.settle().getOrElse(why));
    }

    private static VkaError cannotManage(VkaObject object, long refusal) {
        String what = "the child cannot manage the " + object + ": " + Refusal.text(refusal);
        if (Refusal.isKernel(refusal)) {
            return new VkaError(Reason.KERNEL_REFUSED, what, Refusal.invocation(refusal), Refusal.kernelError(refusal));
        }
        return new VkaError(refusal == Refusal.OUT_OF_SLOTS ? Reason.OUT_OF_SLOTS : Reason.OUT_OF_BOOK_KEEPING, what);
    }

    /** Takes a word of slots, or what there is of one. */
    Option<VkaError> growSlots() {
        return holdings.takeSlots(slot -> cspace.addFree(slot, slot + 1));
    }

    /** Makes all slots free that are in a ledger. */
    static void addAllSlots(Allocman allocman, Ledger ledger) {
        for (int i = ledger.next(Ledger.SLOTS, 0); i >= 0; i = ledger.next(Ledger.SLOTS, i + 1)) {
            for (int bit = 0; bit < WORD; bit++) {
                if ((ledger.slotMask(i) >>> bit & 1) != 0) {
                    long slot = ledger.slotWord(i) * WORD + bit;
                    allocman.slots().cspace().addFree(slot, slot + 1);
                }
            }
        }
    }

    /**
     * Gives an untyped back that is whole, if another one is whole too: one is kept, or work at the edge would ask for one and
     * give it back for ever. What the parent does not take back now waits until it does.
     */
    void reclaim(@PhysAddr long paddr) {
        UntypedRoots roots = allocman.untypeds().roots();
        int whole = 0;
        int here = -1;
        for (int i = 0; i < roots.count(); i++) {
            if (roots.isWhole(i)) {
                whole++;
                here = paddr - roots.physicalAddress(i) >>> roots.sizeBits(i) == 0 ? i : here;
            }
        }
        if (here >= 0 && whole > 1) {
            release(roots.physicalAddress(here)).forEach(refused -> {
                // it waits
            });
        }
    }

    /** Gives back all that is not in use, but for one untyped. */
    Option<VkaError> trim() {
        allocman.trim();
        Option<VkaError> refused = holdings.settle();
        UntypedRoots roots = allocman.untypeds().roots();
        // the last entry first, so that the untyped that stays is the oldest
        for (int i = ledger.capacity() - 1; i >= 0 && roots.count() > 1 && refused.isEmpty(); i--) {
            refused = ledger.kind(i) == Ledger.UNTYPED && isWhole(roots, ledger.paddr(i))
                    ? release(ledger.paddr(i))
                    : refused;
        }
        for (int i = ledger.next(Ledger.SLOTS, 0); i >= 0 && refused.isEmpty(); i = ledger.next(Ledger.SLOTS, i + 1)) {
            refused = releaseSlots(i);
        }
        return refused;
    }

    private static boolean isWhole(UntypedRoots roots, long paddr) {
        for (int i = 0; i < roots.count(); i++) {
            if (roots.physicalAddress(i) == paddr) {
                return roots.isWhole(i);
            }
        }
        return false;
    }

    private Option<VkaError> release(long paddr) {
        int entry = ledger.next(Ledger.UNTYPED, 0);
        while (entry >= 0 && ledger.paddr(entry) != paddr) {
            entry = ledger.next(Ledger.UNTYPED, entry + 1);
        }
        if (entry >= 0 && allocman.untypeds().detach(paddr) >= 0) {
            ledger.setKind(entry, Ledger.WAITING);
        }
        return holdings.settle();
    }

    /** Gives back the slots of a word, if all of them are free and the reserve is full without them. */
    private Option<VkaError> releaseSlots(int entry) {
        long word = ledger.slotWord(entry);
        long slots = ledger.slotMask(entry);
        if ((cspace.freeInWord(word) & slots) != slots) {
            return Option.none();
        }
        cspace.removeFree(word, slots);
        Option<VkaError> refused = cspace.hasReserve() ? holdings.giveBackSlots(entry, slots) : Option.none();
        // what was not given back is free as before
        long left = ledger.kind(entry) == Ledger.SLOTS ? ledger.slotMask(entry) : 0;
        for (int bit = 0; bit < WORD; bit++) {
            if ((left >>> bit & 1) != 0) {
                cspace.addFree(word * WORD + bit, word * WORD + bit + 1);
            }
        }
        return refused;
    }
}
