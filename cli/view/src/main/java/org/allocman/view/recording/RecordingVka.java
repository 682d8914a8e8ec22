package org.allocman.view.recording;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Records what is asked; the steps it takes come from the kernel behind it. */
final class RecordingVka extends ForwardingVka {
    private final RunRecorder recorder;

    RecordingVka(Vka vka, RunRecorder recorder) {
        super(vka);
        this.recorder = recorder;
    }

    private <T> T during(
            Operation.Kind kind, @Nullable ObjectType type, int size, @Nullable String address, Supplier<T> work) {
        Architecture architecture = vka().architecture();
        int bits = type == null || !architecture.has(type) ? 0 : architecture.sizeBits(type, size);
        int operation = recorder.begin(kind, type == null ? null : type.text(), bits, address);
        try {
            return work.get();
        } finally {
            recorder.end(operation);
        }
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return during(Operation.Kind.ALLOCATE, type, size, null, () -> vka().allocate(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        String address = Long.toHexString(paddr);
        return during(Operation.Kind.ALLOCATE_AT, type, size, address, () -> vka().allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return during(
                Operation.Kind.ALLOCATE_MAYBE_DEVICE, type, size, null, () -> vka().allocateMaybeDevice(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return during(Operation.Kind.ALLOCATE, type, size, null, () -> vka().allocateInto(slot, type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        String address = Long.toHexString(paddr);
        return during(
                Operation.Kind.ALLOCATE_AT, type, size, address, () -> vka().allocateIntoAt(slot, type, size, paddr));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        int operation = recorder.begin(
                Operation.Kind.FREE, object.type().text(), object.sizeBits(), Long.toHexString(object.cptr()));
        try {
            return vka().free(object);
        } finally {
            recorder.end(operation);
        }
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        return during(Operation.Kind.SLOT, null, 0, null, vka()::allocateSlot);
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return during(Operation.Kind.SLOT, null, 0, null, () -> vka().freeSlot(slot));
    }
}
