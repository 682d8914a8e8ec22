package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Objects;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** An allocator that has nothing: every request is refused. For code that must not allocate. */
public final class NullVka implements Vka {
    private final Architecture architecture;

    /**
     * Makes one.
     *
     * @param architecture what {@link #architecture} answers
     */
    public NullVka(Architecture architecture) {
        Objects.requireNonNull(architecture, "architecture");
        this.architecture = architecture;
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return Either.left(nothing(VkaError.Reason.OUT_OF_UNTYPED));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return Either.left(nothing(VkaError.Reason.NOT_MANAGED));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return Either.left(nothing(VkaError.Reason.OUT_OF_UNTYPED));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return Either.left(nothing(VkaError.Reason.OUT_OF_UNTYPED));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        return Either.left(nothing(VkaError.Reason.NOT_MANAGED));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        return Option.some(nothing(VkaError.Reason.FOREIGN_HANDLE));
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        return Either.left(nothing(VkaError.Reason.FOREIGN_HANDLE));
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(0, cptr, architecture.wordBits());
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        return Either.left(nothing(VkaError.Reason.OUT_OF_SLOTS));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return Option.some(nothing(VkaError.Reason.FOREIGN_HANDLE));
    }

    private static VkaError nothing(VkaError.Reason reason) {
        return new VkaError(reason, "this is the null allocator, which has nothing to give");
    }
}
