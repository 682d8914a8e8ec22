package org.allocman.untyped;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.checkerframework.checker.nullness.qual.Nullable;

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
    /** No range of addresses was reserved that is just so. */
    public static final long NOT_RESERVED = -18;
    /** The manager of untypeds cannot reserve ranges of addresses. */
    public static final long CANNOT_RESERVE = -19;
    /** No run of slots is ready, and no block of memory is large enough for a CNode with more. */
    public static final long NO_BLOCK_FOR_SLOTS = -20;
    /** No record is ready, and no block of memory is large enough for one more page of the pools. */
    public static final long NO_BLOCK_FOR_PAGE = -21;

    /** The kernel refused an invocation: this number or less, which says which invocation and with what error. */
    public static final long KERNEL = -100;

    private static final String[] NAMES = {
        "",
        "OUT_OF_UNTYPED",
        "OUT_OF_SLOTS",
        "OUT_OF_BOOK_KEEPING",
        "NOT_MANAGED",
        "IN_USE",
        "FOREIGN_HANDLE",
        "STALE_HANDLE",
        "UNKNOWN_TYPE",
        "ILLEGAL_SIZE",
        "UNALIGNED",
        "WRONG_KIND",
        "ALLOCATE_ONLY",
        "NOT_NEXT",
        "ALREADY_MANAGED",
        "TABLE_FULL",
        "OUT_OF_REACH",
        "RESERVE_EMPTY",
        "NOT_RESERVED",
        "CANNOT_RESERVE",
        "NO_BLOCK_FOR_SLOTS",
        "NO_BLOCK_FOR_PAGE"
    };

    private Refusal() {}

    /**
     * The kernel refused an invocation.
     *
     * @param invocation what was invoked
     * @param error what the kernel returned, not success
     * @return the refusal, -100 or less
     */
    public static long kernel(InvocationKind invocation, KernelError error) {
        return KERNEL - KernelRefusal.of(invocation, error);
    }

    /**
     * Which refusal it is, for a {@code switch}: all refusals by the kernel are one.
     *
     * @param answer what an operation returned
     * @return 0 for success; the refusal's number; {@link #KERNEL} for every refusal by the kernel
     */
    public static int which(long answer) {
        return (int) Math.max(KERNEL, Math.min(0, answer));
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
     * Which invocation the kernel refused.
     *
     * @param refusal a refusal of the kernel's
     * @return the invocation
     */
    public static InvocationKind invocation(long refusal) {
        return KernelRefusal.invocation(KERNEL - refusal);
    }

    /**
     * Which error the kernel returned.
     *
     * @param refusal a refusal of the kernel's
     * @return its code
     */
    public static KernelError.Code kernelCode(long refusal) {
        return KernelRefusal.code(KERNEL - refusal);
    }

    /**
     * The error that the kernel returned, with its details.
     *
     * @param refusal a refusal of the kernel's
     * @return the error; null if its details have more bits than a refusal has room for, as a guard of more than 34 bits
     */
    public static @Nullable KernelError kernelError(long refusal) {
        return KernelRefusal.error(KERNEL - refusal);
    }

    /**
     * A refusal in words, for logs and messages.
     *
     * @param answer what an operation returned, a refusal or not
     * @return for instance {@code OUT_OF_UNTYPED}, or {@code retype refused with NotEnoughMemory (0 bytes left)}; empty if the
     *     operation succeeded
     */
    public static String text(long answer) {
        if (answer >= 0) {
            return "";
        }
        if (isKernel(answer)) {
            KernelError error = kernelError(answer);
            return invocation(answer).text() + " refused with "
                    + (error == null ? kernelCode(answer).text() : error.toString());
        }
        return answer > -NAMES.length ? NAMES[(int) -answer] : "refusal " + answer;
    }
}
