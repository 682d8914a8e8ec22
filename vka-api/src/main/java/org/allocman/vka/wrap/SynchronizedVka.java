package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Objects;
import java.util.function.Supplier;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/**
 * Lets several threads share an allocator: one operation at a time. What is no operation of a {@link Vka}, such as trimming the
 * manager behind it, reading its statistics, filling its reserves or invoking capabilities that it handed out, is done
 * {@link #exclusively}.
 */
public final class SynchronizedVka extends ForwardingVka {
    private final Object lock = new Object();

    /**
     * Stands before an allocator, which nobody may use directly any more.
     *
     * @param vka who does the work
     */
    public SynchronizedVka(Vka vka) {
        super(vka);
    }

    /**
     * Does something while no thread is in an operation of this allocator, and none enters one. The work may use this allocator.
     *
     * @param <T> what the work returns
     * @param work what is to be done, for instance {@code allocman::statistics}
     * @return what the work returns
     */
    public <T> T exclusively(Supplier<T> work) {
        Objects.requireNonNull(work, "work");
        synchronized (lock) {
            return work.get();
        }
    }

    /**
     * Does something while no thread is in an operation of this allocator, and none enters one. The work may use this allocator.
     *
     * @param work what is to be done, for instance {@code allocman::trim}
     */
    public void exclusively(Runnable work) {
        Objects.requireNonNull(work, "work");
        synchronized (lock) {
            work.run();
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        synchronized (lock) {
            return vka().allocate(type, size);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        synchronized (lock) {
            return vka().allocateAt(type, size, paddr);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        synchronized (lock) {
            return vka().allocateMaybeDevice(type, size);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        synchronized (lock) {
            return vka().allocateInto(slot, type, size);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        synchronized (lock) {
            return vka().allocateIntoAt(slot, type, size, paddr);
        }
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        synchronized (lock) {
            return vka().free(object);
        }
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        synchronized (lock) {
            return vka().physicalAddress(object);
        }
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        synchronized (lock) {
            return vka().allocateSlot();
        }
    }

    @Override
    public Either<VkaError, CapPath> allocateSlots(int count) {
        synchronized (lock) {
            return vka().allocateSlots(count);
        }
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        synchronized (lock) {
            return vka().freeSlot(slot);
        }
    }
}
