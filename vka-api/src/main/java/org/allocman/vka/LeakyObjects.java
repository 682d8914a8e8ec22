package org.allocman.vka;

import io.vavr.control.Either;

/** An allocator whose objects are never given back. */
record LeakyObjects(Vka vka) implements VkaObjects<CapPath> {
    @Override
    public Architecture architecture() {
        return vka.architecture();
    }

    @Override
    public Either<VkaError, CapPath> allocate(ObjectType type, int size) {
        return place(vka.allocate(type, size));
    }

    @Override
    public Either<VkaError, CapPath> allocateAt(ObjectType type, int size, long paddr) {
        return place(vka.allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, CapPath> allocateMaybeDevice(ObjectType type, int size) {
        return place(vka.allocateMaybeDevice(type, size));
    }

    private Either<VkaError, CapPath> place(Either<VkaError, VkaObject> answer) {
        return answer.map(object -> vka.path(object.cptr()));
    }
}
