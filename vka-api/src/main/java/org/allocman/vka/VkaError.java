package org.allocman.vka;

import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Why an allocator refused. Nothing has changed when one is answered.
 *
 * @param reason what kind of refusal
 * @param message a sentence with what was asked, what ran out, what is left
 * @param invocation what the kernel refused to do, if it was the kernel that refused
 * @param kernel the kernel's own error, with its details, if it was the kernel that refused
 */
public record VkaError(
        Reason reason,
        String message,
        @Nullable InvocationKind invocation,
        @Nullable KernelError kernel) {
    /** The kinds of refusal. */
    public enum Reason {
        /** The architecture does not have the object type. */
        UNKNOWN_TYPE,
        /** No object of that kind has that size. */
        ILLEGAL_SIZE,
        /** The physical address is no multiple of the object's size. */
        UNALIGNED,
        /** No untyped that was handed over holds the physical address; or no page was mapped at the virtual address. */
        NOT_MANAGED,
        /** Part of the memory at the physical address is in use. */
        IN_USE,
        /** The object cannot be made from device memory. */
        WRONG_KIND,
        /** No untyped block is large enough. */
        OUT_OF_UNTYPED,
        /** No capability slot, or no run of slots, is free. */
        OUT_OF_SLOTS,
        /** The pools have no room for the book-keeping. */
        OUT_OF_BOOK_KEEPING,
        /** The handle was never given out, or by somebody else. */
        FOREIGN_HANDLE,
        /** The handle was given back before. */
        STALE_HANDLE,
        /** The client has as much as its quota allows. */
        OVER_QUOTA,
        /** The manager of untyped memory allocates only, so nothing can be given back. */
        ALLOCATE_ONLY,
        /** The manager of untyped memory allocates in address order, and the physical address is not the next. */
        NOT_NEXT,
        /** The kernel refused an invocation. */
        KERNEL_REFUSED,
        /** This allocator does not have the operation. */
        UNSUPPORTED
    }

    /**
     * Checks that there are a reason and a sentence.
     *
     * @param reason what kind of refusal
     * @param message a sentence with what was asked, what ran out, what is left
     * @param invocation what the kernel refused to do, if it was the kernel that refused
     * @param kernel the kernel's own error, with its details, if it was the kernel that refused
     */
    public VkaError {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /**
     * A refusal that is the allocator's own.
     *
     * @param reason what kind
     * @param message a sentence for people
     */
    public VkaError(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /**
     * A refusal that is the kernel's.
     *
     * @param what what could not be done, in words
     * @param invocation what the kernel refused
     * @param error what it returned, not success
     * @return the error, whose message ends with invocation and error
     */
    public static VkaError ofKernel(String what, InvocationKind invocation, KernelError error) {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(invocation, "invocation");
        Objects.requireNonNull(error, "error");
        String message = what + ": the kernel refused " + invocation.text() + " with " + error;
        return new VkaError(Reason.KERNEL_REFUSED, message, invocation, error);
    }

    /**
     * The same refusal, told in other words.
     *
     * @param sentence for people
     * @return an error with the same reason, and what the kernel refused, if it did
     */
    public VkaError withMessage(String sentence) {
        return new VkaError(reason, sentence, invocation, kernel);
    }

    @Override
    public String toString() {
        return message;
    }
}
