package org.allocman.wire;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Locale;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An allocator on the other end of a wire. */
public final class RemoteVka implements Vka {
    private static final int MOST_BITS = 64;

    private final WireConnection connection;
    private final Architecture architecture;

    /**
     * An allocator.
     *
     * @param connection who is asked
     * @param architecture what kernel it allocates on
     */
    public RemoteVka(WireConnection connection, Architecture architecture) {
        this.connection = connection;
        this.architecture = architecture;
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return object(type, size, "");
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, @PhysAddr long paddr) {
        return object(type, size, " at " + WireNumbers.text(paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return object(type, size, " maybe-device");
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return object(type, size, " -> " + InvocationLines.place(slot));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, @PhysAddr long paddr) {
        return object(type, size, " at " + WireNumbers.text(paddr) + " -> " + InvocationLines.place(slot));
    }

    private Either<VkaError, VkaObject> object(ObjectType type, int size, String rest) {
        String line = "vka-alloc " + word(type) + " size " + WireNumbers.text(size) + rest;
        WireAnswer answer = connection.ask(line);
        VkaError error = error(line, answer);
        return error != null
                ? Either.left(error)
                : Either.right(new VkaObject(
                        type, WireNumbers.small(answer.word(0), MOST_BITS), answer.value(1), answer.value(2)));
    }

    /** The word for a kind of object in lines. */
    private static String word(ObjectType type) {
        return type.text().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String object(VkaObject object) {
        return word(object.type()) + " size " + WireNumbers.text(object.sizeBits()) + " slot "
                + WireNumbers.text(object.cptr()) + " handle " + WireNumbers.text(object.handle());
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        String line = "vka-free " + object(object);
        return refusal(line);
    }

    @Override
    public Either<VkaError, @PhysAddr Long> physicalAddress(VkaObject object) {
        String line = "vka-address " + object(object);
        WireAnswer answer = connection.ask(line);
        VkaError error = error(line, answer);
        if (error != null) {
            return Either.left(error);
        }
        @PhysAddr Long paddr = answer.value(0);
        return Either.right(paddr);
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        String line = "vka-slot";
        WireAnswer answer = connection.ask(line);
        VkaError error = error(line, answer);
        return error != null ? Either.left(error) : Either.right(path(answer));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        String line = "vka-free-slot " + InvocationLines.place(slot);
        return refusal(line);
    }

    @Override
    public CapPath path(@CPtr long cptr) {
        String line = "vka-path " + WireNumbers.text(cptr);
        WireAnswer answer = connection.ask(line);
        VkaError error = error(line, answer);
        if (error != null) {
            throw new WireException("'" + line + "' got no path: " + error);
        }
        return path(answer);
    }

    private static CapPath path(WireAnswer answer) {
        return new CapPath(answer.value(0), answer.value(1), WireNumbers.small(answer.word(2), MOST_BITS));
    }

    private Option<VkaError> refusal(String line) {
        VkaError error = error(line, connection.ask(line));
        return error == null ? Option.none() : Option.some(error);
    }

    private static @Nullable VkaError error(String line, WireAnswer answer) {
        if (answer.isOk()) {
            return null;
        }
        VkaError.Reason[] reasons = VkaError.Reason.values();
        int reason = answer.number() - WireError.FIRST_OF_VKA;
        if (reason < 0 || reason >= reasons.length) {
            throw new WireException("'" + line + "' got no answer of an allocator: " + answer.text());
        }
        if (answer.values().size() < 2) {
            return new VkaError(reasons[reason], answer.remark());
        }
        int number = WireNumbers.small(answer.word(1), KernelError.Code.values().length - 1);
        return new VkaError(
                reasons[reason],
                answer.remark(),
                invocation(answer.word(0)),
                KernelErrorText.of(
                        number, answer.values().subList(2, answer.values().size())));
    }

    private static InvocationKind invocation(String name) {
        for (InvocationKind kind : InvocationKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new WireException("'" + name + "' is no invocation");
    }
}
