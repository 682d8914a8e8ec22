package org.allocman.untyped;

import org.allocman.vka.KernelError;

/**
 * Why the native interface refused: a negative number in place of a handle, so that neither success nor refusal makes an
 * object. Nothing has changed when one is answered.
 */
public final class Refusal {
    /** No block of the kind is large enough. */
    public static final long OUT_OF_UNTYPED = -1;
    /** No run of slots is ready. */
    public static final long OUT_OF_SLOTS = -2;
    /** No record is ready, the reserve left alone. */
    public static final long OUT_OF_BOOK_KEEPING = -3;
    /** No untyped of ours holds the address. */
    public static final long NOT_MANAGED = -4;
    /** Part of the memory at the address is in use. */
    public static final long IN_USE = -5;
    /** The handle was never given out by this manager. */
    public static final long FOREIGN_HANDLE = -6;
    /** The handle was given back before. */
    public static final long STALE_HANDLE = -7;
    /** The architecture does not have the object type. */
    public static final long UNKNOWN_TYPE = -8;
    /** No object of the type has that size. */
    public static final long ILLEGAL_SIZE = -9;
    /** The physical address is no multiple of the object's size. */
    public static final long UNALIGNED = -10;
    /** Objects of the type cannot be made from device memory. */
    public static final long WRONG_KIND = -11;
    /** The manager allocates only: it does not know what could be given back. */
    public static final long ALLOCATE_ONLY = -12;
    /** The manager allocates only, in address order, and the address is not the next. */
    public static final long NOT_NEXT = -13;
    /** The untyped overlaps one that is managed already. */
    public static final long ALREADY_MANAGED = -14;
    /** The table of untypeds has no room for one more. */
    public static final long TABLE_FULL = -15;
    /** The untyped lies higher than the handles that were given out have room for. */
    public static final long OUT_OF_REACH = -16;
    /** The reserve that was asked has nothing ready, or was never configured. */
    public static final long RESERVE_EMPTY = -17;

    private static final long KERNEL = -100;

    private Refusal() {}

    /**
     * The kernel refused an invocation.
     *
     * @param error what it answered, not success
     * @return the refusal
     */
    public static long kernel(KernelError error) {
        return KERNEL - error.number();
    }

    /**
     * Whether it was the kernel that refused.
     *
     * @param refusal a negative answer
     * @return true if {@link #kernelCode} has a meaning
     */
    public static boolean isKernel(long refusal) {
        return refusal <= KERNEL;
    }

    /**
     * Which error the kernel answered.
     *
     * @param refusal a refusal of the kernel's
     * @return its code
     */
    public static KernelError.Code kernelCode(long refusal) {
        return KernelError.Code.values()[(int) (KERNEL - refusal)];
    }
}
