package org.allocman.untyped;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel's refusal in one number: what was invoked, and the error with its details.
 *
 * <pre>
 *  base - number, where the number has
 *    0..3   the error's code
 *    4..9   the invocation
 *   10      whether the details are all there
 *   11..61  the details:
 *             argument, capability, bytes left   51 bits
 *             range                              8 bits least, 43 bits greatest
 *             look-up                            1 bit source, 3 bits kind, 7 bits left, 7 bits found, 33 bits guard
 * </pre>
 *
 * Details that do not fit are left out as a whole; a guard of more than 33 bits is the only one a kernel is likely to have.
 */
final class KernelRefusal {
    private static final int INVOCATION = 4;
    private static final int COMPLETE = 10;
    private static final int DETAILS = 11;
    private static final int CODE_BITS = 4;
    private static final int INVOCATION_BITS = 6;

    private static final int WIDE = 51;
    private static final int LEAST = 8;
    private static final int GREATEST = 43;
    private static final int SOURCE = 1;
    private static final int FAULT = 3;
    private static final int BITS = 7;
    private static final int GUARD = 33;

    private static final InvocationKind[] INVOCATIONS = InvocationKind.values();
    private static final KernelError.Code[] CODES = KernelError.Code.values();
    private static final LookupFault.Kind[] FAULTS = LookupFault.Kind.values();

    private KernelRefusal() {}

    /** The number of a refusal, 1 to 2^62 - 1. */
    static long of(InvocationKind invocation, KernelError error) {
        long head = error.number() | (long) invocation.ordinal() << INVOCATION;
        long details = details(error);
        return details < 0 ? head : head | 1L << COMPLETE | details << DETAILS;
    }

    static InvocationKind invocation(long number) {
        return INVOCATIONS[(int) field(number, INVOCATION, INVOCATION_BITS)];
    }

    static KernelError.Code code(long number) {
        return CODES[(int) field(number, 0, CODE_BITS)];
    }

    /** The error as it was; null if its details were left out. */
    static @Nullable KernelError error(long number) {
        if (field(number, COMPLETE, 1) == 0) {
            return null;
        }
        long value = field(number, DETAILS, WIDE);
        return switch (code(number)) {
            case NO_ERROR -> KernelError.NO_ERROR;
            case INVALID_ARGUMENT -> KernelError.invalidArgument((int) value);
            case INVALID_CAPABILITY -> KernelError.invalidCapability((int) value);
            case ILLEGAL_OPERATION -> KernelError.illegalOperation();
            case RANGE_ERROR -> KernelError.rangeError(field(value, 0, LEAST), field(value, LEAST, GREATEST));
            case ALIGNMENT_ERROR -> KernelError.alignmentError();
            case FAILED_LOOKUP -> KernelError.failedLookup(field(value, 0, SOURCE) == 1, fault(value));
            case TRUNCATED_MESSAGE -> KernelError.truncatedMessage();
            case DELETE_FIRST -> KernelError.deleteFirst();
            case REVOKE_FIRST -> KernelError.revokeFirst();
            case NOT_ENOUGH_MEMORY -> KernelError.notEnoughMemory(value);
        };
    }

    /** What is told of an error beside its code; negative if that does not fit. */
    private static long details(KernelError error) {
        LookupFault fault = error.lookupFault();
        if (fault != null) {
            boolean fits = fits(fault.bitsLeft(), BITS) && fits(fault.bitsFound(), BITS);
            return fits && fits(fault.guardFound(), GUARD)
                    ? error.detail(0)
                            | (long) fault.kind().ordinal() << SOURCE
                            | (long) fault.bitsLeft() << SOURCE + FAULT
                            | (long) fault.bitsFound() << SOURCE + FAULT + BITS
                            | fault.guardFound() << SOURCE + FAULT + 2 * BITS
                    : -1;
        }
        return switch (error.code()) {
            case INVALID_ARGUMENT, INVALID_CAPABILITY, NOT_ENOUGH_MEMORY ->
                fits(error.detail(0), WIDE) ? error.detail(0) : -1;
            case RANGE_ERROR ->
                fits(error.detail(0), LEAST) && fits(error.detail(1), GREATEST)
                        ? error.detail(0) | error.detail(1) << LEAST
                        : -1;
            default -> 0;
        };
    }

    private static LookupFault fault(long value) {
        return new LookupFault(
                FAULTS[(int) field(value, SOURCE, FAULT)],
                (int) field(value, SOURCE + FAULT, BITS),
                field(value, SOURCE + FAULT + 2 * BITS, GUARD),
                (int) field(value, SOURCE + FAULT + BITS, BITS));
    }

    private static boolean fits(long value, int bits) {
        return value >>> bits == 0;
    }

    private static long field(long value, int from, int bits) {
        return value >>> from & (1L << bits) - 1;
    }
}
