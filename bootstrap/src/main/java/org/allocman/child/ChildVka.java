package org.allocman.child;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;

/** The face of a child: a request that is refused for want of something is made again after the parent has given it. */
final class ChildVka extends ForwardingVka {
    // slots, records and memory can be lacking one after the other, and each may come in several pieces
    private static final int MOST_TRIES = 64;

    private final Allocman allocman;
    private final Ledger ledger;
    private final ChildGrowth growth;
    private final ChildOptions options;

    ChildVka(Allocman allocman, Ledger ledger, ChildGrowth growth, ChildOptions options) {
        super(new AllocmanVka(allocman));
        this.allocman = allocman;
        this.ledger = ledger;
        this.growth = growth;
        this.options = options;
    }

    /** A request, and what to ask the parent for if there is no memory for it. */
    private <T> Either<VkaError, T> growing(
            Supplier<Either<VkaError, T>> request, Supplier<Option<VkaError>> moreMemory) {
        Option<VkaError> closed = checkOpen(Reason.UNSUPPORTED);
        if (closed.isDefined()) {
            return Either.left(closed.get());
        }
        Either<VkaError, T> answer = request.get();
        Option<VkaError> refused = Option.none();
        int tries = 0;
        for (; answer.isLeft() && refused.isEmpty() && tries < MOST_TRIES; tries++) {
            VkaError lacking = answer.getLeft();
            refused = grow(lacking, moreMemory);
            answer = refused.isEmpty() ? request.get() : Either.left(refused.get());
        }
        if (answer.isLeft() && tries > 1) {
            // what came before the refusal is not in use
            growth.trim().forEach(left -> {
                // it waits until the parent takes it
            });
        }
        return answer;
    }

    private Option<VkaError> grow(VkaError lacking, Supplier<Option<VkaError>> moreMemory) {
        Option<VkaError> refused = switch (lacking.reason()) {
            case OUT_OF_UNTYPED, NOT_MANAGED -> moreMemory.get();
            case OUT_OF_SLOTS -> growth.growSlots();
            case OUT_OF_BOOK_KEEPING -> isWindowFull() ? Option.some(lacking) : growth.growUntyped(leastForAPage());
            default -> Option.some(lacking);
        };
        return refused.map(why -> why.equals(lacking) ? lacking : because(lacking, why));
    }

    private static VkaError because(VkaError lacking, VkaError why) {
        return why.withMessage(lacking.message() + "; and the parent gives no more: " + why.message());
    }

    private boolean isWindowFull() {
        return allocman.statistics().virtualPagesMapped() == allocman.layout().windowPages();
    }

    private int leastForAPage() {
        return architecture().sizeBits(ObjectType.SMALL_PAGE, 0);
    }

    /** A closed child gives nothing, and what it gave is gone. */
    private Option<VkaError> checkOpen(Reason reason) {
        return Option.when(
                ledger.phase() != Ledger.OPEN,
                () -> new VkaError(reason, "this child manager was closed, and what it had is its parent's"));
    }

    private Option<VkaError> moreMemory(ObjectType type, int size) {
        return growth.growUntyped(
                Math.max(architecture().minUntypedBits(), architecture().sizeBits(type, size)));
    }

    private Option<VkaError> moreAt(ObjectType type, int size, @PhysAddr long paddr) {
        Architecture architecture = architecture();
        MemoryKind kind = options.memory().kindAt(paddr);
        if (kind == null) {
            return Option.some(new VkaError(
                    Reason.NOT_MANAGED,
                    "the parent has no memory at 0x" + Long.toHexString(paddr) + ", as far as the child is told"));
        }
        if (kind != MemoryKind.KERNEL && type != ObjectType.UNTYPED && !type.isFrame()) {
            return Option.some(new VkaError(
                    Reason.WRONG_KIND,
                    "at 0x" + Long.toHexString(paddr) + " is device memory, which holds frames and untypeds only"));
        }
        @SizeBits int bits = Math.max(architecture.minUntypedBits(), architecture.sizeBits(type, size));
        return growth.growAt(bits, paddr, kind);
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return growing(() -> vka().allocate(type, size), () -> moreMemory(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return growing(() -> vka().allocateMaybeDevice(type, size), () -> moreMemory(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return growing(() -> vka().allocateAt(type, size, paddr), () -> moreAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return growing(() -> vka().allocateInto(slot, type, size), () -> moreMemory(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        return growing(() -> vka().allocateIntoAt(slot, type, size, paddr), () -> moreAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        return growing(() -> vka().allocateSlot(), () -> moreMemory(ObjectType.SMALL_PAGE, 0));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlots(int count) {
        return growing(() -> vka().allocateSlots(count), () -> moreMemory(ObjectType.SMALL_PAGE, 0));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> closed = checkOpen(Reason.STALE_HANDLE);
        if (closed.isDefined()) {
            return closed;
        }
        Either<VkaError, Long> paddr = vka().physicalAddress(object);
        Option<VkaError> refused = vka().free(object);
        if (refused.isEmpty()) {
            paddr.forEach(growth::reclaim);
        }
        return refused;
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> closed = checkOpen(Reason.STALE_HANDLE);
        return closed.isDefined() ? Either.left(closed.get()) : vka().physicalAddress(object);
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return checkOpen(Reason.STALE_HANDLE).orElse(() -> vka().freeSlot(slot));
    }
}
