package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** Lets several threads share an allocator: one operation at a time. */
public final class SynchronizedVka implements Vka {
    private final Vka vka;
    private final Object lock = new Object();

    /**
     * Stands before an allocator, which nobody may use directly any more.
     *
     * @param vka who does the work
     */
    public SynchronizedVka(Vka vka) {
        this.vka = vka;
    }

    @Override
    public Architecture architecture() {
        return vka.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        synchronized (lock) {
            return vka.allocate(type, size);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        synchronized (lock) {
            return vka.allocateAt(type, size, paddr);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        synchronized (lock) {
            return vka.allocateMaybeDevice(type, size);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        synchronized (lock) {
            return vka.allocateInto(slot, type, size);
        }
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        synchronized (lock) {
            return vka.free(object);
        }
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        synchronized (lock) {
            return vka.physicalAddress(object);
        }
    }

    @Override
    public CapPath path(long cptr) {
        return vka.path(cptr);
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        synchronized (lock) {
            return vka.allocateSlot();
        }
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        synchronized (lock) {
            return vka.freeSlot(slot);
        }
    }
}
