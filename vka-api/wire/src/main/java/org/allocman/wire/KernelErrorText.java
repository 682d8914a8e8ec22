package org.allocman.wire;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;

/** The kernel's errors as numbers with details, and back. */
final class KernelErrorText {
    private static final int MOST_BITS = 1 << 16;
    private static final int MOST_ARGUMENT = 1 << 16;

    private KernelErrorText() {}

    static List<String> details(KernelError error) {
        List<String> words = new ArrayList<>();
        for (long detail : error.details()) {
            words.add(WireNumbers.text(detail));
        }
        return words;
    }

    /** The error with a number, 1 to 10. */
    static KernelError of(int number, List<String> words) {
        KernelError.Code code = KernelError.Code.values()[number];
        return switch (code) {
            case NO_ERROR -> KernelError.NO_ERROR;
            case INVALID_ARGUMENT -> KernelError.invalidArgument(small(code, words, 0, MOST_ARGUMENT));
            case INVALID_CAPABILITY -> KernelError.invalidCapability(small(code, words, 0, MOST_ARGUMENT));
            case ILLEGAL_OPERATION -> KernelError.illegalOperation();
            case RANGE_ERROR -> KernelError.rangeError(value(code, words, 0), value(code, words, 1));
            case ALIGNMENT_ERROR -> KernelError.alignmentError();
            case FAILED_LOOKUP -> KernelError.failedLookup(small(code, words, 0, 1) == 1, fault(code, words));
            case TRUNCATED_MESSAGE -> KernelError.truncatedMessage();
            case DELETE_FIRST -> KernelError.deleteFirst();
            case REVOKE_FIRST -> KernelError.revokeFirst();
            case NOT_ENOUGH_MEMORY -> KernelError.notEnoughMemory(value(code, words, 0));
        };
    }

    private static LookupFault fault(KernelError.Code code, List<String> words) {
        int kind = small(code, words, 1, LookupFault.Kind.values().length);
        return switch (kind) {
            case 1 -> LookupFault.invalidRoot();
            case 2 -> LookupFault.missingCapability(small(code, words, 2, MOST_BITS));
            case 3 -> LookupFault.depthMismatch(small(code, words, 2, MOST_BITS), small(code, words, 3, MOST_BITS));
            case 4 ->
                LookupFault.guardMismatch(
                        small(code, words, 2, MOST_BITS), value(code, words, 3), small(code, words, 4, MOST_BITS));
            default -> throw new WireException("the kind of a failed look-up is 1 to 4, not " + kind);
        };
    }

    private static int small(KernelError.Code code, List<String> words, int index, int most) {
        return WireNumbers.small(word(code, words, index), most);
    }

    private static long value(KernelError.Code code, List<String> words, int index) {
        return WireNumbers.parse(word(code, words, index));
    }

    private static String word(KernelError.Code code, List<String> words, int index) {
        if (index >= words.size()) {
            throw new WireException("the error " + code.text() + " has " + words.size() + " details, and too few");
        }
        return words.get(index);
    }
}
