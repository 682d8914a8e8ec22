package org.allocman.bootstrap;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Why there is no manager. Nothing has changed: the boot capabilities are as they were and the static pool is zero. Only the
 * watermarks of untypeds that have no children may have moved, if the kernel refused half-way; and if it refused to undo what
 * was done as well, the message says so.
 *
 * @param reason what kind of failure
 * @param message a sentence with what was needed, what there is, and what is missing
 * @param missingBytes bytes by which the static pool is too small; 0 for another failure
 * @param invocation what the kernel refused to do, if it was the kernel that refused
 * @param kernel the kernel's own error, with its details, if it was the kernel that refused
 */
public record BootstrapFailure(
        Reason reason,
        String message,
        long missingBytes,
        @Nullable InvocationKind invocation,
        @Nullable KernelError kernel) {
    /** The kinds of failure. */
    public enum Reason {
        /** The static pool is too small. */
        STATIC_POOL_TOO_SMALL,
        /** The CSpace has too few slots. */
        TOO_FEW_SLOTS,
        /** The boot info hands over no normal memory, or nothing at all. */
        NO_UNTYPED,
        /** The untypeds overlap one another, are not at multiples of their sizes, or are in slots that are free. */
        BAD_UNTYPEDS,
        /** The static pool is not all zero: it is in use, or was not cleared. */
        POOL_NOT_ZERO,
        /** No untyped is large enough for a CNode of the new CSpace. */
        NO_MEMORY_FOR_CSPACE,
        /** The kernel refused an invocation on the way to the CSpace or to the pieces of untypeds. */
        KERNEL_REFUSED,
        /** The first page of the virtual pool could not be made. */
        NO_VIRTUAL_POOL
    }

    /**
     * A failure that is not the kernel's.
     *
     * @param reason what kind of failure
     * @param message a sentence for people
     * @param missingBytes bytes by which the static pool is too small; 0 for another failure
     */
    public BootstrapFailure(Reason reason, String message, long missingBytes) {
        this(reason, message, missingBytes, null, null);
    }

    @Override
    public String toString() {
        return message;
    }
}
