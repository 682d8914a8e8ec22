package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Objects;
import org.allocman.qual.CPtr;
import org.allocman.qual.CheckReturnValue;
import org.allocman.qual.PhysAddr;

/**
 * The friendly face of an allocator of kernel objects and capability slots. Every operation is all or nothing, and every
 * refusal is a {@link VkaError} that explains itself. Where a refusal is not expected, {@link VkaException#orThrow} makes an
 * exception of it.
 */
@CheckReturnValue
public interface Vka extends VkaObjects<VkaObject> {
    /**
     * Makes an object whose capability goes into a slot of the caller's. Freeing the object empties the slot; the slot itself
     * stays the caller's.
     *
     * @param slot an empty slot that {@link #allocateSlot} answered
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(type, "type");
        return Either.left(
                new VkaError(VkaError.Reason.UNSUPPORTED, "this allocator chooses the slots of objects itself"));
    }

    /**
     * Makes an object at a physical address, and puts its capability into a slot of the caller's.
     *
     * @param slot an empty slot that {@link #allocateSlot} answered
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param paddr where, a multiple of the object's size
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, @PhysAddr long paddr) {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(type, "type");
        return Either.left(
                new VkaError(VkaError.Reason.UNSUPPORTED, "this allocator chooses the slots of objects itself"));
    }

    /**
     * Gives an object back. Every copy of its capability goes with it.
     *
     * @param object what {@code allocate} answered
     * @return nothing, or why it was refused
     */
    Option<VkaError> free(VkaObject object);

    /**
     * Gives an object back, as {@link #free}, where a refusal is not expected.
     *
     * @param object what {@code allocate} answered
     * @throws VkaException if the allocator refuses
     */
    default void freeOrThrow(VkaObject object) {
        Objects.requireNonNull(object, "object");
        VkaException.orThrow(free(object));
    }

    /**
     * Tells where an object is.
     *
     * @param object what {@code allocate} answered
     * @return its physical address, or why the handle is not good
     */
    Either<VkaError, @PhysAddr Long> physicalAddress(VkaObject object);

    /**
     * Takes an empty capability slot.
     *
     * @return its place, or why there is none
     */
    Either<VkaError, CapPath> allocateSlot();

    /**
     * Takes consecutive empty slots of one CNode, all or nothing. Each is given back for itself, by {@link #freeSlot}. An
     * allocator need not have such runs: then it refuses more than one.
     *
     * @param count how many, 1 or more
     * @return the place of the first, whose index grows by one from slot to slot; or why there is no such run, {@link
     *     VkaError.Reason#UNSUPPORTED} if this allocator gives one slot at a time
     */
    default Either<VkaError, CapPath> allocateSlots(int count) {
        return count == 1
                ? allocateSlot()
                : Either.left(new VkaError(
                        VkaError.Reason.UNSUPPORTED, "this allocator gives one slot at a time, not " + count));
    }

    /**
     * Gives a slot back; whatever is in it must have been deleted.
     *
     * @param slot what {@code allocateSlot} answered
     * @return nothing, or why it was refused
     */
    Option<VkaError> freeSlot(CapPath slot);

    /**
     * Gives a slot back, as {@link #freeSlot}, where a refusal is not expected.
     *
     * @param slot what {@code allocateSlot} answered
     * @throws VkaException if the allocator refuses
     */
    default void freeSlotOrThrow(CapPath slot) {
        Objects.requireNonNull(slot, "slot");
        VkaException.orThrow(freeSlot(slot));
    }

    /**
     * The full place of a capability in the CSpace that is managed, as invocations on slots want it.
     *
     * @param cptr an object's cptr
     * @return its place
     */
    CapPath path(@CPtr long cptr);

    /**
     * The same allocator for objects that are never given back: all methods, but they answer only where the capability is,
     * and the handle is forgotten.
     *
     * @return a view of this allocator
     */
    default VkaObjects<CapPath> leaky() {
        return new LeakyObjects(this);
    }

    /**
     * Makes an object for the length of a try block.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return the lease, to be closed
     * @throws VkaException if there is none
     */
    default VkaLease lease(ObjectType type, int size) {
        Objects.requireNonNull(type, "type");
        return new VkaLease(this, VkaException.orThrow(allocate(type, size)));
    }

    /**
     * Makes an object at a physical address for the length of a try block.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param paddr where, a multiple of the object's size
     * @return the lease, to be closed
     * @throws VkaException if there is none
     */
    default VkaLease leaseAt(ObjectType type, int size, @PhysAddr long paddr) {
        Objects.requireNonNull(type, "type");
        return new VkaLease(this, VkaException.orThrow(allocateAt(type, size, paddr)));
    }
}
