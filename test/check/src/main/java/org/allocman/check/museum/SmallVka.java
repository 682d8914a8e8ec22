package org.allocman.check.museum;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.cspace.CSpace;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** A friendly face over any untyped manager and any CSpace. What is protected is what some exhibit gets wrong. */
class SmallVka implements Vka {
    final Kernel kernel;
    final UntypedManager manager;
    final CSpace cspace;

    SmallVka(Kernel kernel, UntypedManager manager, CSpace cspace) {
        this.kernel = kernel;
        this.manager = manager;
        this.cspace = cspace;
    }

    /** The size of an object's memory. */
    protected int sizeBits(ObjectType type, int size) {
        return architecture().sizeBits(type, size);
    }

    /** What an allocation that may use device RAM does when there is none. */
    protected long withoutDeviceRam(ObjectType type, int size) {
        return request(MemoryKind.KERNEL, type, size);
    }

    @Override
    public Architecture architecture() {
        return kernel.architecture();
    }

    private Option<VkaError> check(ObjectType type, int size) {
        if (!architecture().has(type)) {
            return Option.some(new VkaError(Reason.UNKNOWN_TYPE, "there is no " + type.text()));
        }
        int least = type == ObjectType.UNTYPED ? Architecture.MIN_UNTYPED_BITS : 1;
        int most = architecture().maxUntypedBits()
                - (type == ObjectType.CNODE ? architecture().slotBits() : 0);
        return type.isSizedByCaller() && (size < least || size > most)
                ? Option.some(new VkaError(Reason.ILLEGAL_SIZE, type.text() + " has no size " + size))
                : Option.none();
    }

    final long request(MemoryKind kind, ObjectType type, int size) {
        return manager.allocate(kind, architecture().number(type), size, sizeBits(type, size), 0, Requester.CLIENT);
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        Option<VkaError> bad = check(type, size);
        return bad.isDefined() ? Either.left(bad.get()) : answer(type, request(MemoryKind.KERNEL, type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        Option<VkaError> bad = check(type, size);
        return bad.isDefined()
                ? Either.left(bad.get())
                : answer(
                        type,
                        manager.allocateAt(
                                architecture().number(type), size, sizeBits(type, size), paddr, 0, Requester.CLIENT));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        Option<VkaError> bad = check(type, size);
        if (bad.isDefined()) {
            return Either.left(bad.get());
        }
        long handle = request(MemoryKind.DEVICE_RAM, type, size);
        return answer(type, handle > 0 ? handle : withoutDeviceRam(type, size));
    }

    private Either<VkaError, VkaObject> answer(ObjectType type, long answer) {
        return answer > 0
                ? Either.right(new VkaObject(type, manager.sizeBits(answer), manager.slot(answer), answer))
                : Either.left(error(answer));
    }

    private static VkaError error(long refusal) {
        if (Refusal.isKernel(refusal)) {
            return new VkaError(Reason.KERNEL_REFUSED, Refusal.text(refusal));
        }
        Reason reason = switch ((int) refusal) {
            case (int) Refusal.OUT_OF_UNTYPED -> Reason.OUT_OF_UNTYPED;
            case (int) Refusal.OUT_OF_SLOTS -> Reason.OUT_OF_SLOTS;
            case (int) Refusal.OUT_OF_BOOK_KEEPING -> Reason.OUT_OF_BOOK_KEEPING;
            case (int) Refusal.NOT_MANAGED -> Reason.NOT_MANAGED;
            case (int) Refusal.IN_USE -> Reason.IN_USE;
            case (int) Refusal.UNALIGNED -> Reason.UNALIGNED;
            case (int) Refusal.WRONG_KIND -> Reason.WRONG_KIND;
            case (int) Refusal.ALLOCATE_ONLY -> Reason.ALLOCATE_ONLY;
            case (int) Refusal.STALE_HANDLE -> Reason.STALE_HANDLE;
            default -> Reason.FOREIGN_HANDLE;
        };
        return new VkaError(reason, Refusal.text(refusal));
    }

    private Option<VkaError> check(VkaObject object) {
        long refusal = manager.check(object.handle());
        if (refusal == 0 && manager.slot(object.handle()) != object.cptr()) {
            refusal = Refusal.FOREIGN_HANDLE;
        }
        return refusal == 0 ? Option.none() : Option.some(error(refusal));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> bad = check(object);
        if (bad.isDefined()) {
            return bad;
        }
        long answer = manager.free(object.handle());
        return answer == 0 ? Option.none() : Option.some(error(answer));
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> bad = check(object);
        return bad.isDefined() ? Either.left(bad.get()) : Either.right(manager.physicalAddress(object.handle()));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        long slot = cspace.take();
        return slot == 0 ? Either.left(new VkaError(Reason.OUT_OF_SLOTS, "no slot is left")) : Either.right(path(slot));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        if (!slot.equals(path(slot.index())) || !cspace.isTaken(slot.index())) {
            return Option.some(new VkaError(Reason.STALE_HANDLE, "nobody holds that"));
        }
        cspace.giveBack(slot.index());
        return Option.none();
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(cspace.root(), cptr, cspace.depth());
    }
}
