package org.allocman.child;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** What a child takes from its parent and gives back to it: each with an entry of the ledger, and within the quota. */
final class Holdings {
    /** The order in which everything is given back: an untyped with all that was made of it, the pages before their tables. */
    private static final int[] LAST_TO_FIRST = {Ledger.UNTYPED, Ledger.WAITING, Ledger.SLOTS, Ledger.PAGE, Ledger.TABLE
    };

    private static final int WORD = 64;

    private final Vka parent;
    private final Ledger ledger;
    private final ChildOptions options;

    Holdings(Vka parent, Ledger ledger, ChildOptions options) {
        this.parent = parent;
        this.ledger = ledger;
        this.options = options;
    }

    /** Takes an object of normal memory; its entry, or why there is none, with nothing changed. */
    Either<VkaError, Integer> take(int kind, ObjectType type, @SizeBits int size) {
        int bits = parent.architecture().sizeBits(type, size);
        return take(kind, 1L << bits, () -> parent.allocate(type, size));
    }

    /** Takes an untyped; its entry, or why there is none, with nothing changed. */
    Either<VkaError, Integer> takeUntyped(@SizeBits int bits, Supplier<Either<VkaError, VkaObject>> request) {
        return untypeds() < options.mostUntypeds()
                ? take(Ledger.UNTYPED, 1L << bits, request)
                : Either.left(new VkaError(
                        Reason.OUT_OF_BOOK_KEEPING,
                        "this child can have " + options.mostUntypeds() + " untypeds of its parent's at a time"));
    }

    private Either<VkaError, Integer> take(int kind, long bytes, Supplier<Either<VkaError, VkaObject>> request) {
        Option<VkaError> bad = withinQuota(bytes, 1);
        int entry = ledger.unused();
        if (bad.isDefined() || entry < 0) {
            return Either.left(bad.getOrElse(this::full));
        }
        return request.get().map(object -> {
            // an allocator knows the place of what it has just given out
            ledger.put(entry, kind, object, parent.physicalAddress(object).getOrElse(0L));
            return entry;
        });
    }

    /**
     * Takes a word of 64 slots in a row; if the parent has no such thing to give, as many single ones as it has.
     *
     * @param got is told of each slot
     * @return nothing, or why there is not even one
     */
    Option<VkaError> takeSlots(LongConsumer got) {
        // a row can lie in two words
        if (hasRoomFor(2) && withinQuota(0, WORD).isEmpty()) {
            Either<VkaError, CapPath> first = parent.allocateSlots(WORD);
            if (first.isRight()) {
                for (int i = 0; i < WORD; i++) {
                    take(first.get().index() + i, got);
                }
                return Option.none();
            }
            if (first.getLeft().reason() == Reason.KERNEL_REFUSED) {
                return Option.some(first.getLeft());
            }
        }
        Option<VkaError> refused = takeSlot(got);
        for (int i = 1; i < WORD && refused.isEmpty() && takeSlot(got).isEmpty(); i++) {
            // each turn takes one
        }
        return refused;
    }

    private Option<VkaError> takeSlot(LongConsumer got) {
        Option<VkaError> bad = withinQuota(0, 1);
        if (bad.isDefined() || !hasRoomFor(1)) {
            return bad.orElse(() -> Option.some(full()));
        }
        Either<VkaError, CapPath> slot = parent.allocateSlot();
        slot.forEach(path -> take(path.index(), got));
        return slot.swap().toOption();
    }

    private void take(long slot, LongConsumer got) {
        ledger.addSlot(ledger.forSlot(slot), slot);
        got.accept(slot);
    }

    private boolean hasRoomFor(int entries) {
        int entry = -1;
        for (int i = 0; i < entries; i++) {
            entry = ledger.next(Ledger.NONE, entry + 1);
            if (entry < 0) {
                return false;
            }
        }
        return true;
    }

    private Option<VkaError> withinQuota(long bytes, long slots) {
        boolean isOver = bytes > options.mostBytes() - bytes() || slots > options.mostSlots() - slots();
        return Option.when(
                isOver,
                () -> new VkaError(
                        Reason.OVER_QUOTA,
                        "the quota of this child is " + options.mostBytes() + " bytes and " + options.mostSlots()
                                + " slots; it has " + bytes() + " and " + slots() + ", and lacks "
                                + (bytes > 0 ? bytes + " bytes" : slots + " slots") + " more"));
    }

    private VkaError full() {
        return new VkaError(
                Reason.OUT_OF_BOOK_KEEPING,
                "the ledger of this child has " + ledger.capacity() + " entries, all in use");
    }

    /** Gives an object back, and strikes it out. */
    Option<VkaError> giveBack(int entry) {
        Option<VkaError> refused = parent.free(ledger.object(entry)).filter(Holdings::isThere);
        if (refused.isEmpty()) {
            ledger.clear(entry);
        }
        return refused;
    }

    /** Gives slots of an entry back, and strikes them out. */
    Option<VkaError> giveBackSlots(int entry, long mask) {
        Option<VkaError> refused = Option.none();
        for (int bit = 0; bit < WORD && refused.isEmpty(); bit++) {
            if ((mask >>> bit & 1) != 0) {
                CapPath slot = parent.path(ledger.slotWord(entry) * WORD + bit);
                refused = parent.freeSlot(slot).filter(Holdings::isThere);
                if (refused.isEmpty()) {
                    ledger.setSlotMask(entry, ledger.slotMask(entry) & ~(1L << bit));
                }
            }
        }
        return refused;
    }

    /** What a parent says it does not know was given back behind the child, or went with the parent's own memory. */
    private static boolean isThere(VkaError refusal) {
        return refusal.reason() != Reason.STALE_HANDLE && refusal.reason() != Reason.FOREIGN_HANDLE;
    }

    /** Gives back what waits for it. */
    Option<VkaError> settle() {
        return giveBackAll(Ledger.WAITING);
    }

    /** Gives everything back; the first refusal ends it. */
    Option<VkaError> giveAllBack() {
        Option<VkaError> refused = Option.none();
        for (int i = 0; i < LAST_TO_FIRST.length && refused.isEmpty(); i++) {
            refused = giveBackAll(LAST_TO_FIRST[i]);
        }
        return refused;
    }

    private Option<VkaError> giveBackAll(int kind) {
        Option<VkaError> refused = Option.none();
        for (int i = ledger.next(kind, 0); i >= 0 && refused.isEmpty(); i = ledger.next(kind, i)) {
            refused = kind == Ledger.SLOTS ? giveBackSlots(i, ledger.slotMask(i)) : giveBack(i);
        }
        return refused;
    }

    Vka parent() {
        return parent;
    }

    Ledger ledger() {
        return ledger;
    }

    @Bytes
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < ledger.capacity(); i++) {
            bytes += isObject(i) ? 1L << ledger.sizeBits(i) : 0;
        }
        return bytes;
    }

    long slots() {
        long slots = 0;
        for (int i = 0; i < ledger.capacity(); i++) {
            slots += isObject(i) ? 1 : ledger.kind(i) == Ledger.SLOTS ? Long.bitCount(ledger.slotMask(i)) : 0;
        }
        return slots;
    }

    int untypeds() {
        int untypeds = 0;
        for (int i = 0; i < ledger.capacity(); i++) {
            untypeds += ledger.kind(i) == Ledger.UNTYPED || ledger.kind(i) == Ledger.WAITING ? 1 : 0;
        }
        return untypeds;
    }

    boolean holds(@PhysAddr long paddr) {
        for (int i = 0; i < ledger.capacity(); i++) {
            if (isObject(i) && paddr - ledger.paddr(i) >>> ledger.sizeBits(i) == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isObject(int entry) {
        return ledger.kind(entry) != Ledger.NONE && ledger.kind(entry) != Ledger.SLOTS;
    }
}
