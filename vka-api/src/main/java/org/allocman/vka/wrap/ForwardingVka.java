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

/**
 * Stands before another allocator and passes everything on: a base for allocators that change or watch some of the
 * operations. A subclass overrides what it changes.
 */
public abstract class ForwardingVka implements Vka {
    private final Vka vka;

    /**
     * Stands before an allocator.
     *
     * @param vka who does the work
     */
    protected ForwardingVka(Vka vka) {
        Objects.requireNonNull(vka, "vka");
        this.vka = vka;
    }

    /**
     * The allocator behind this one.
     *
     * @return who does the work
     */
    protected final Vka vka() {
        return vka;
    }

    @Override
    public Architecture architecture() {
        return vka.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return vka.allocate(type, size);
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return vka.allocateAt(type, size, paddr);
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return vka.allocateMaybeDevice(type, size);
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return vka.allocateInto(slot, type, size);
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        return vka.allocateIntoAt(slot, type, size, paddr);
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        return vka.free(object);
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        return vka.physicalAddress(object);
    }

    @Override
    public CapPath path(long cptr) {
        return vka.path(cptr);
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        return vka.allocateSlot();
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return vka.freeSlot(slot);
    }
}
