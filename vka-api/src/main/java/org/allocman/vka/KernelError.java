package org.allocman.vka;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the kernel answers to an invocation: seL4's error number and the details that seL4 leaves in the message
 * registers (seL4 manual, "System call and invocation errors").
 */
public final class KernelError {
    /** Success. The one answer that is shared, so that a successful invocation makes no object. */
    public static final KernelError NO_ERROR = new KernelError(Code.NO_ERROR);

    private final Code code;
    private final long[] details;

    /** The errors, in the order of their numbers. */
    public enum Code {
        /** 0: the invocation was carried out. */
        NO_ERROR("NoError"),
        /** 1: an argument is out of order; detail: its number. */
        INVALID_ARGUMENT("InvalidArgument"),
        /** 2: a capability is of the wrong kind or stale; detail: its number, 0 being the one invoked. */
        INVALID_CAPABILITY("InvalidCapability"),
        /** 3: the operation does not exist for this capability or in this state. */
        ILLEGAL_OPERATION("IllegalOperation"),
        /** 4: an argument is out of range; details: least and greatest allowed value. */
        RANGE_ERROR("RangeError"),
        /** 5: an address is not aligned. */
        ALIGNMENT_ERROR("AlignmentError"),
        /** 6: a look-up failed; details: 1 if it was the source's, then the {@link LookupFault}. */
        FAILED_LOOKUP("FailedLookup"),
        /** 7: the message has too few words or capabilities. */
        TRUNCATED_MESSAGE("TruncatedMessage"),
        /** 8: something is in the way and has to be deleted first. */
        DELETE_FIRST("DeleteFirst"),
        /** 9: the capability has children, which have to be revoked first. */
        REVOKE_FIRST("RevokeFirst"),
        /** 10: the untyped has too little left; detail: how many bytes. */
        NOT_ENOUGH_MEMORY("NotEnoughMemory");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        /**
         * The error's name as seL4 has it.
         *
         * @return for instance {@code FailedLookup}
         */
        public String text() {
            return text;
        }
    }

    private KernelError(Code code, long... details) {
        this.code = code;
        this.details = details;
    }

    /**
     * An argument is out of order.
     *
     * @param argument its number, from 0
     * @return the error
     */
    public static KernelError invalidArgument(int argument) {
        return new KernelError(Code.INVALID_ARGUMENT, argument);
    }

    /**
     * A capability is of the wrong kind.
     *
     * @param capability its number: 0 the one invoked, 1 the first extra one
     * @return the error
     */
    public static KernelError invalidCapability(int capability) {
        return new KernelError(Code.INVALID_CAPABILITY, capability);
    }

    /**
     * The operation is not to be had here.
     *
     * @return the error
     */
    public static KernelError illegalOperation() {
        return new KernelError(Code.ILLEGAL_OPERATION);
    }

    /**
     * An argument is out of range.
     *
     * @param least least allowed value, unsigned
     * @param greatest greatest allowed value, unsigned
     * @return the error
     */
    public static KernelError rangeError(long least, long greatest) {
        return new KernelError(Code.RANGE_ERROR, least, greatest);
    }

    /**
     * An address is misaligned.
     *
     * @return the error
     */
    public static KernelError alignmentError() {
        return new KernelError(Code.ALIGNMENT_ERROR);
    }

    /**
     * A look-up failed.
     *
     * @param source true if it was the look-up of the source
     * @param fault why
     * @return the error
     */
    public static KernelError failedLookup(boolean source, LookupFault fault) {
        long[] words = fault.words();
        long[] details = new long[words.length + 1];
        details[0] = source ? 1 : 0;
        System.arraycopy(words, 0, details, 1, words.length);
        return new KernelError(Code.FAILED_LOOKUP, details);
    }

    /**
     * The message is too short.
     *
     * @return the error
     */
    public static KernelError truncatedMessage() {
        return new KernelError(Code.TRUNCATED_MESSAGE);
    }

    /**
     * Something is in the way.
     *
     * @return the error
     */
    public static KernelError deleteFirst() {
        return new KernelError(Code.DELETE_FIRST);
    }

    /**
     * There are children.
     *
     * @return the error
     */
    public static KernelError revokeFirst() {
        return new KernelError(Code.REVOKE_FIRST);
    }

    /**
     * The untyped is too full.
     *
     * @param bytesLeft what it has left, in bytes, before any alignment
     * @return the error
     */
    public static KernelError notEnoughMemory(long bytesLeft) {
        return new KernelError(Code.NOT_ENOUGH_MEMORY, bytesLeft);
    }

    /**
     * Whether the invocation was refused.
     *
     * @return false for {@link Code#NO_ERROR} alone
     */
    public boolean failed() {
        return code != Code.NO_ERROR;
    }

    /**
     * Which error it is.
     *
     * @return the code
     */
    public Code code() {
        return code;
    }

    /**
     * seL4's number of the error.
     *
     * @return 0 to 10
     */
    public int number() {
        return code.ordinal();
    }

    /**
     * How many details there are.
     *
     * @return 0 to 5
     */
    public int detailCount() {
        return details.length;
    }

    /**
     * A detail.
     *
     * @param index which, from 0
     * @return its value
     * @throws ArrayIndexOutOfBoundsException if there is no such detail
     */
    public long detail(int index) {
        return details[index];
    }

    /**
     * All details.
     *
     * @return a copy
     */
    public long[] details() {
        return details.clone();
    }

    /**
     * The failed look-up, if it was one.
     *
     * @return the fault, or null for another error
     */
    public @Nullable LookupFault lookupFault() {
        return code == Code.FAILED_LOOKUP ? LookupFault.of(Arrays.copyOfRange(details, 1, details.length)) : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KernelError that && code == that.code && Arrays.equals(details, that.details);
    }

    @Override
    public int hashCode() {
        return 31 * code.hashCode() + Arrays.hashCode(details);
    }

    @Override
    public String toString() {
        LookupFault fault = lookupFault();
        if (fault != null) {
            return code.text + " (" + (details[0] == 1 ? "source" : "target") + ": " + fault + ")";
        }
        return switch (code) {
            case INVALID_ARGUMENT -> code.text + " (argument " + details[0] + ")";
            case INVALID_CAPABILITY -> code.text + " (capability " + details[0] + ")";
            case RANGE_ERROR ->
                code.text + " (" + Long.toUnsignedString(details[0]) + " to " + Long.toUnsignedString(details[1]) + ")";
            case NOT_ENOUGH_MEMORY -> code.text + " (" + Long.toUnsignedString(details[0]) + " bytes left)";
            default -> code.text;
        };
    }
}
