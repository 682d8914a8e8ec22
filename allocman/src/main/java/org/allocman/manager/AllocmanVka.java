package org.allocman.manager;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** The friendly face of an {@link Allocman}: refusals are explained, handles carry their type and cptr. */
public final class AllocmanVka implements Vka {
    private final Allocman allocman;
    private final Explanation explanation;

    /**
     * Puts a friendly face on a manager.
     *
     * @param allocman the manager
     */
    public AllocmanVka(Allocman allocman) {
        this.allocman = allocman;
        this.explanation = new Explanation(allocman);
    }

    @Override
    public Architecture architecture() {
        return allocman.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return object(allocman.allocate(type, size, 0), MemoryKind.KERNEL, type, size, 0);
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return object(allocman.allocateAt(type, size, paddr, 0), MemoryKind.KERNEL, type, size, paddr);
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return object(allocman.allocateMaybeDevice(type, size, 0), MemoryKind.DEVICE_RAM, type, size, 0);
    }

    private Either<VkaError, VkaObject> object(long answer, MemoryKind kind, ObjectType type, int size, long paddr) {
        return answer > 0
                ? Either.right(new VkaObject(
                        type,
                        architecture().sizeBits(type, size),
                        allocman.handles().slot(answer),
                        answer))
                : Either.left(explanation.ofAllocation(answer, kind, type, size, paddr));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> bad = check(object);
        if (bad.isDefined()) {
            return bad;
        }
        long answer = allocman.free(object.handle());
        return answer == 0 ? Option.none() : Option.some(explanation.ofHandle(answer, object));
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> bad = check(object);
        return bad.isDefined()
                ? Either.left(bad.get())
                : Either.right(allocman.handles().physicalAddress(object.handle()));
    }

    private Option<VkaError> check(VkaObject object) {
        long answer = allocman.handles().check(object.handle());
        if (answer == 0
                && (allocman.handles().sizeBits(object.handle()) != object.sizeBits()
                        || allocman.handles().slot(object.handle()) != object.cptr())) {
            answer = Refusal.FOREIGN_HANDLE;
        }
        return answer == 0 ? Option.none() : Option.some(explanation.ofHandle(answer, object));
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(allocman.cspace().root(), cptr, allocman.cspace().depth());
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        long answer = allocman.takeSlot();
        return answer > 0 ? Either.right(path(answer)) : Either.left(explanation.ofSlots());
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        boolean ours = slot.root() == allocman.cspace().root()
                && slot.depth() == allocman.cspace().depth();
        long answer = ours ? allocman.freeSlot(slot.index()) : Refusal.FOREIGN_HANDLE;
        return answer == 0 ? Option.none() : Option.some(explanation.ofSlot(answer, slot));
    }
}
