package org.allocman.manager;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Objects;
import org.allocman.cspace.CSpace;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** The friendly face of an {@link Allocman}: refusals are explained, handles carry their type and cptr. */
public final class AllocmanVka implements Vka {
    private final Allocman allocman;
    private final UntypedManager untypeds;
    private final CSpace cspace;
    private final Explanation explanation;

    /**
     * Puts a friendly face on a manager.
     *
     * @param allocman the manager
     */
    public AllocmanVka(Allocman allocman) {
        Objects.requireNonNull(allocman, "allocman");
        this.allocman = allocman;
        this.untypeds = allocman.untypeds().manager();
        this.cspace = allocman.slots().cspace();
        this.explanation = new Explanation(allocman);
    }

    /**
     * The object behind a native handle, for instance one taken out of {@link ClientReserves}.
     *
     * @param handle a handle of an object in a slot of the manager's choice
     * @param type the object's type
     * @return the object; or {@link VkaError.Reason#STALE_HANDLE} or {@link VkaError.Reason#FOREIGN_HANDLE}, the latter also if
     *     no object of the type has the size of what is behind the handle
     */
    public Either<VkaError, VkaObject> object(long handle, ObjectType type) {
        Objects.requireNonNull(type, "type");
        long slot = allocman.slot(handle);
        if (slot < 0) {
            return Either.left(explanation.ofNative(slot, handle));
        }
        VkaObject object = new VkaObject(type, untypeds.sizeBits(handle), slot, handle);
        Option<VkaError> bad = check(object);
        return bad.isDefined() ? Either.left(bad.get()) : Either.right(object);
    }

    @Override
    public Architecture architecture() {
        return allocman.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        Objects.requireNonNull(type, "type");
        return object(allocman.allocate(type, size, 0), MemoryKind.KERNEL, type, size, 0);
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        Objects.requireNonNull(type, "type");
        return object(allocman.allocateAt(type, size, paddr, 0), MemoryKind.KERNEL, type, size, paddr);
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        Objects.requireNonNull(type, "type");
        return object(allocman.allocateMaybeDevice(type, size, 0), MemoryKind.DEVICE_RAM, type, size, 0);
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(type, "type");
        long bad = checkTaken(slot);
        if (bad != 0) {
            return Either.left(explanation.ofSlot(bad, slot));
        }
        long answer = allocman.allocate(type, size, slot.index());
        return object(answer, slot.index(), MemoryKind.KERNEL, type, size, 0).map(AllocmanVka::inCallersSlot);
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(type, "type");
        long bad = checkTaken(slot);
        if (bad != 0) {
            return Either.left(explanation.ofSlot(bad, slot));
        }
        long answer = allocman.allocateAt(type, size, paddr, slot.index());
        return object(answer, slot.index(), MemoryKind.KERNEL, type, size, paddr)
                .map(AllocmanVka::inCallersSlot);
    }

    private long checkTaken(CapPath slot) {
        if (!isOurs(slot)) {
            return Refusal.FOREIGN_HANDLE;
        }
        return cspace.isTaken(slot.index()) ? 0 : Refusal.STALE_HANDLE;
    }

    /** A handle says by its sign whose choice the slot was; a native one is positive. */
    private static VkaObject inCallersSlot(VkaObject object) {
        return new VkaObject(object.type(), object.sizeBits(), object.cptr(), -object.handle());
    }

    private static long handle(VkaObject object) {
        return Math.abs(object.handle());
    }

    private Either<VkaError, VkaObject> object(long answer, MemoryKind kind, ObjectType type, int size, long paddr) {
        return object(answer, answer > 0 ? untypeds.slot(answer) : 0, kind, type, size, paddr);
    }

    private Either<VkaError, VkaObject> object(
            long answer, long slot, MemoryKind kind, ObjectType type, int size, long paddr) {
        return answer > 0
                ? Either.right(new VkaObject(type, architecture().sizeBits(type, size), slot, answer))
                : Either.left(explanation.ofAllocation(answer, kind, type, size, paddr));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Objects.requireNonNull(object, "object");
        Option<VkaError> bad = check(object);
        if (bad.isDefined()) {
            return bad;
        }
        long answer = allocman.free(handle(object));
        return answer == 0 ? Option.none() : Option.some(explanation.ofHandle(answer, object));
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Objects.requireNonNull(object, "object");
        Option<VkaError> bad = check(object);
        return bad.isDefined() ? Either.left(bad.get()) : Either.right(untypeds.physicalAddress(handle(object)));
    }

    private Option<VkaError> check(VkaObject object) {
        long answer = untypeds.check(handle(object));
        if (answer == 0 && !isPossible(object)) {
            answer = Refusal.FOREIGN_HANDLE;
        }
        return answer == 0 ? Option.none() : Option.some(explanation.ofHandle(answer, object));
    }

    /**
     * Whether type, size and slot can belong to a good handle. A slot of the caller's need not be the caller's any more: whoever
     * gave it back has lost the capability, and must not lose the memory. It is none of the manager's own.
     */
    private boolean isPossible(VkaObject object) {
        boolean slot = object.handle() > 0
                ? untypeds.slot(object.handle()) == object.cptr()
                : cspace.isTaken(object.cptr()) || cspace.isFree(object.cptr());
        return slot
                && untypeds.sizeBits(handle(object)) == object.sizeBits()
                && architecture().has(object.type())
                && (object.type().isSizedByCaller() || architecture().sizeBits(object.type(), 0) == object.sizeBits());
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(cspace.root(), cptr, cspace.depth());
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        long answer = allocman.slots().take();
        return answer > 0 ? Either.right(path(answer)) : Either.left(explanation.ofSlots(answer));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlots(int count) {
        long answer = allocman.slots().takeSeveral(count);
        return answer > 0 ? Either.right(path(answer)) : Either.left(explanation.ofRun(answer, count));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        Objects.requireNonNull(slot, "slot");
        long answer = isOurs(slot) ? allocman.slots().free(slot.index()) : Refusal.FOREIGN_HANDLE;
        return answer == 0 ? Option.none() : Option.some(explanation.ofSlot(answer, slot));
    }

    private boolean isOurs(CapPath slot) {
        return slot.root() == cspace.root() && slot.depth() == cspace.depth();
    }
}
