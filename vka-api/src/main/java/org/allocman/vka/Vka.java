package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * The friendly face of an allocator of kernel objects and capability slots. Every operation is all or nothing, and every
 * refusal is a {@link VkaError} that explains itself.
 *
 * <p>The size argument of the general methods is what a retype takes: the size bits of an untyped, the radix of a CNode,
 * ignored for every other type.
 */
public interface Vka {
    /**
     * The kernel's architecture.
     *
     * @return the architecture, which fixes types and sizes
     */
    Architecture architecture();

    /**
     * Makes an object from normal memory.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return the object, or why there is none
     */
    Either<VkaError, VkaObject> allocate(ObjectType type, int size);

    /**
     * Makes an object at a physical address. Device memory can be had in this way, as frames and untypeds.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param paddr where, a multiple of the object's size
     * @return the object, or why there is none
     */
    Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, @PhysAddr long paddr);

    /**
     * Makes a frame or an untyped from device RAM if there is some, else from normal memory. Device RAM is not zeroed.
     *
     * @param type its kind
     * @param size size bits of an untyped, otherwise ignored
     * @return the object, or why there is none
     */
    Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size);

    /**
     * Gives an object back. Every copy of its capability goes with it.
     *
     * @param object what {@code allocate} answered
     * @return nothing, or why it was refused
     */
    Option<VkaError> free(VkaObject object);

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
     * Gives a slot back; whatever is in it must have been deleted.
     *
     * @param slot what {@code allocateSlot} answered
     * @return nothing, or why it was refused
     */
    Option<VkaError> freeSlot(CapPath slot);

    /**
     * The full place of a capability in the CSpace that is managed, as invocations on slots want it.
     *
     * @param cptr an object's cptr
     * @return its place
     */
    CapPath path(@CPtr long cptr);

    /**
     * Makes an object that is never given back: only its place is answered, and the handle is forgotten.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return where its capability is, or why there is none
     */
    default Either<VkaError, CapPath> allocateLeaky(ObjectType type, int size) {
        return allocate(type, size).map(object -> path(object.cptr()));
    }

    /**
     * Makes an endpoint.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> endpoint() {
        return allocate(ObjectType.ENDPOINT, 0);
    }

    /**
     * Makes a notification.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> notification() {
        return allocate(ObjectType.NOTIFICATION, 0);
    }

    /**
     * Makes a thread control block.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> tcb() {
        return allocate(ObjectType.TCB, 0);
    }

    /**
     * Makes a CNode.
     *
     * @param radix binary logarithm of its number of slots, 1 or more
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> cnode(@SizeBits int radix) {
        return allocate(ObjectType.CNODE, radix);
    }

    /**
     * Makes an untyped.
     *
     * @param sizeBits its size in bits, 4 or more
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> untyped(@SizeBits int sizeBits) {
        return allocate(ObjectType.UNTYPED, sizeBits);
    }

    /**
     * Makes a frame.
     *
     * @param sizeBits its size in bits; the architecture's {@link Architecture#frames()} tells which there are
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> frame(@SizeBits int sizeBits) {
        ObjectType type = architecture().frame(sizeBits);
        return type == null
                ? Either.left(new VkaError(
                        VkaError.Reason.ILLEGAL_SIZE,
                        architecture().text() + " has no frame of 2^" + sizeBits + " bytes"))
                : allocate(type, 0);
    }

    /**
     * Makes a frame at a physical address.
     *
     * @param sizeBits its size in bits
     * @param paddr where, a multiple of its size
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> frameAt(@SizeBits int sizeBits, @PhysAddr long paddr) {
        ObjectType type = architecture().frame(sizeBits);
        return type == null
                ? Either.left(new VkaError(
                        VkaError.Reason.ILLEGAL_SIZE,
                        architecture().text() + " has no frame of 2^" + sizeBits + " bytes"))
                : allocateAt(type, 0, paddr);
    }

    /**
     * Makes a page table.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, VkaObject> pageTable() {
        return allocate(ObjectType.PAGE_TABLE, 0);
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
        return new VkaLease(this, allocate(type, size).getOrElseThrow(VkaException::new));
    }
}
