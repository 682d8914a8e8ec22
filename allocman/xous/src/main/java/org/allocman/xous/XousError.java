package org.allocman.xous;

import java.util.Arrays;

/** The errors of Xous that calls on memory can answer, with their numbers (Xous, {@code xous-rs/src/definitions.rs}). */
public enum XousError {
    /** An address or a size is no multiple of the page size. */
    BAD_ALIGNMENT(1, "BadAlignment"),
    /** The address is not in the whitelist, or cannot be used for this. */
    BAD_ADDRESS(2, "BadAddress"),
    /** No memory is left, or a limit is reached. */
    OUT_OF_MEMORY(3, "OutOfMemory"),
    /** Somebody else has the memory. */
    MEMORY_IN_USE(4, "MemoryInUse"),
    /** There is no such interrupt, or the caller does not have it. */
    INTERRUPT_NOT_FOUND(5, "InterruptNotFound"),
    /** The interrupt is claimed. */
    INTERRUPT_IN_USE(6, "InterruptInUse"),
    /** It is not this server that the memory was lent to. */
    SERVER_NOT_FOUND(9, "ServerNotFound"),
    /** There is no process of that number. */
    PROCESS_NOT_FOUND(10, "ProcessNotFound"),
    /** The process is no child of the caller. */
    PROCESS_NOT_CHILD(11, "ProcessNotChild"),
    /** The kernel beneath refused what it should not refuse. */
    INTERNAL_ERROR(14, "InternalError"),
    /** No more memory can be lent before some is returned. */
    SERVER_QUEUE_FULL(15, "ServerQueueFull"),
    /** A process has as many threads as it may have. */
    THREAD_NOT_AVAILABLE(16, "ThreadNotAvailable"),
    /** There is such a call, and nothing behind it. */
    UNHANDLED_SYSCALL(17, "UnhandledSyscall"),
    /** The arguments of a call make no sense. */
    INVALID_SYSCALL(18, "InvalidSyscall"),
    /** The page is lent at the moment. */
    SHARE_VIOLATION(19, "ShareViolation"),
    /** What is to be returned is not outstanding. */
    DOUBLE_FREE(25, "DoubleFree"),
    /** There is no limit of that number. */
    INVALID_LIMIT(27, "InvalidLimit");

    private final int number;
    private final String text;

    XousError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * The error's number.
     *
     * @return 1 or more
     */
    public int number() {
        return number;
    }

    /**
     * What is answered in place of a page or an address.
     *
     * @return the number, negative
     */
    public long code() {
        return -number;
    }

    /**
     * The error behind a negative answer.
     *
     * @param code what a call answered
     * @return the error
     * @throws IllegalArgumentException if the number is none of an error
     */
    public static XousError of(long code) {
        return Arrays.stream(values())
                .filter(error -> error.code() == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code + " is no error of Xous"));
    }

    /**
     * The name Xous has for it.
     *
     * @return for instance {@code BadAddress}
     */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text + " " + number;
    }
}
