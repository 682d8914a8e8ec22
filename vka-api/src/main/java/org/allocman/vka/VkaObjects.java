package org.allocman.vka;

import io.vavr.control.Either;
import java.util.function.Function;
import org.allocman.qual.CheckReturnValue;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * One method for every type of object and every size of frame, on top of three general ones.
 *
 * <p>The size argument of the general methods is what a retype takes: the size bits of an untyped, the radix of a CNode,
 * ignored for every other type. A type that the architecture does not have is answered with
 * {@link VkaError.Reason#UNKNOWN_TYPE}.
 *
 * @param <T> what is told of an object
 */
@CheckReturnValue
public interface VkaObjects<T> {
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
    Either<VkaError, T> allocate(ObjectType type, int size);

    /**
     * Makes an object at a physical address. Device memory can be had in this way, as frames and untypeds.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param paddr where, a multiple of the object's size
     * @return the object, or why there is none
     */
    Either<VkaError, T> allocateAt(ObjectType type, int size, @PhysAddr long paddr);

    /**
     * Makes a frame or an untyped from device RAM if there is some, else from normal memory. Device RAM is not zeroed.
     *
     * @param type its kind
     * @param size size bits of an untyped, otherwise ignored
     * @return the object, or why there is none
     */
    Either<VkaError, T> allocateMaybeDevice(ObjectType type, int size);

    /**
     * Makes an untyped.
     *
     * @param sizeBits its size in bits, 4 or more
     * @return the object, or why there is none
     */
    default Either<VkaError, T> untyped(@SizeBits int sizeBits) {
        return allocate(ObjectType.UNTYPED, sizeBits);
    }

    /**
     * Makes an untyped at a physical address.
     *
     * @param sizeBits its size in bits, 4 or more
     * @param paddr where, a multiple of its size
     * @return the object, or why there is none
     */
    default Either<VkaError, T> untypedAt(@SizeBits int sizeBits, @PhysAddr long paddr) {
        return allocateAt(ObjectType.UNTYPED, sizeBits, paddr);
    }

    /**
     * Makes an untyped from device RAM if there is some, else from normal memory.
     *
     * @param sizeBits its size in bits, 4 or more
     * @return the object, or why there is none
     */
    default Either<VkaError, T> untypedMaybeDevice(@SizeBits int sizeBits) {
        return allocateMaybeDevice(ObjectType.UNTYPED, sizeBits);
    }

    /**
     * Makes a CNode.
     *
     * @param radix binary logarithm of its number of slots, 1 or more
     * @return the object, or why there is none
     */
    default Either<VkaError, T> cnode(@SizeBits int radix) {
        return allocate(ObjectType.CNODE, radix);
    }

    /**
     * Makes a frame.
     *
     * @param sizeBits its size in bits; the architecture's {@link Architecture#frames()} tells which there are
     * @return the object, or why there is none
     */
    default Either<VkaError, T> frame(@SizeBits int sizeBits) {
        return frame(sizeBits, type -> allocate(type, 0));
    }

    /**
     * Makes a frame at a physical address.
     *
     * @param sizeBits its size in bits
     * @param paddr where, a multiple of its size
     * @return the object, or why there is none
     */
    default Either<VkaError, T> frameAt(@SizeBits int sizeBits, @PhysAddr long paddr) {
        return frame(sizeBits, type -> allocateAt(type, 0, paddr));
    }

    /**
     * Makes a frame from device RAM if there is some, else from normal memory. Device RAM is not zeroed.
     *
     * @param sizeBits its size in bits
     * @return the object, or why there is none
     */
    default Either<VkaError, T> frameMaybeDevice(@SizeBits int sizeBits) {
        return frame(sizeBits, type -> allocateMaybeDevice(type, 0));
    }

    private Either<VkaError, T> frame(int sizeBits, Function<ObjectType, Either<VkaError, T>> allocation) {
        ObjectType type = architecture().frame(sizeBits);
        return type == null
                ? Either.left(new VkaError(
                        VkaError.Reason.ILLEGAL_SIZE,
                        architecture().text() + " has no frame of 2^" + sizeBits + " bytes"))
                : allocation.apply(type);
    }

    /**
     * Makes the root of an address space, of the type that the architecture has for it.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> vspace() {
        return allocate(architecture().vspaceType(), 0);
    }

    /**
     * Makes an endpoint.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> endpoint() {
        return allocate(ObjectType.ENDPOINT, 0);
    }

    /**
     * Makes a notification.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> notification() {
        return allocate(ObjectType.NOTIFICATION, 0);
    }

    /**
     * Makes a thread control block.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> tcb() {
        return allocate(ObjectType.TCB, 0);
    }

    /**
     * Makes the smallest frame: 4 KiB, on the MPU profile 1 KiB.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> smallPage() {
        return allocate(ObjectType.SMALL_PAGE, 0);
    }

    /**
     * Makes the next larger frame: 2 MiB on 64-bit kernels, 64 KiB on aarch32, 4 MiB on riscv32, 4 KiB on the MPU profile.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> largePage() {
        return allocate(ObjectType.LARGE_PAGE, 0);
    }

    /**
     * Makes a frame of 1 GiB on 64-bit kernels, of 16 KiB on the MPU profile.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> hugePage() {
        return allocate(ObjectType.HUGE_PAGE, 0);
    }

    /**
     * Makes a frame of 1 MiB; aarch32 only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> section() {
        return allocate(ObjectType.SECTION, 0);
    }

    /**
     * Makes a frame of 16 MiB; aarch32 only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> superSection() {
        return allocate(ObjectType.SUPER_SECTION, 0);
    }

    /**
     * Makes a page table.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> pageTable() {
        return allocate(ObjectType.PAGE_TABLE, 0);
    }

    /**
     * Makes a page directory; x86_64 and aarch32 only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> pageDirectory() {
        return allocate(ObjectType.PAGE_DIRECTORY, 0);
    }

    /**
     * Makes a page directory pointer table; x86_64 only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> pdpt() {
        return allocate(ObjectType.PDPT, 0);
    }

    /**
     * Makes a scheduling context; kernels with MCS only.
     *
     * @param sizeBits its size in bits, 7 or more; the larger it is, the more refills it has room for
     * @return the object, or why there is none
     */
    default Either<VkaError, T> schedContext(@SizeBits int sizeBits) {
        return allocate(ObjectType.SCHED_CONTEXT, sizeBits);
    }

    /**
     * Makes a reply; kernels with MCS only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> reply() {
        return allocate(ObjectType.REPLY, 0);
    }

    /**
     * Makes a virtual CPU; hypervisor kernels and those with VT-x only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> vcpu() {
        return allocate(ObjectType.VCPU, 0);
    }

    /**
     * Makes the root of a guest's physical addresses; kernels with VT-x only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> eptPml4() {
        return allocate(ObjectType.EPT_PML4, 0);
    }

    /**
     * Makes an EPT PDPT; kernels with VT-x only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> eptPdpt() {
        return allocate(ObjectType.EPT_PDPT, 0);
    }

    /**
     * Makes an EPT page directory; kernels with VT-x only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> eptPd() {
        return allocate(ObjectType.EPT_PD, 0);
    }

    /**
     * Makes an EPT page table; kernels with VT-x only.
     *
     * @return the object, or why there is none
     */
    default Either<VkaError, T> eptPt() {
        return allocate(ObjectType.EPT_PT, 0);
    }
}
