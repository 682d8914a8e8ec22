package org.allocman.vka;

/**
 * Why a CSpace look-up, or a walk through page tables, failed (seL4 manual, "Lookup failure").
 *
 * @param kind which of the four
 * @param bitsLeft bits of the cptr or virtual address not yet resolved; 0 for an invalid root
 * @param guardFound the guard that did not match; 0 unless it is a guard mismatch
 * @param bitsFound bits the last CNode wanted (depth mismatch) or the guard has (guard mismatch); otherwise 0
 */
public record LookupFault(Kind kind, int bitsLeft, long guardFound, int bitsFound) {
    /** The kinds of fault; seL4's number is the ordinal + 1. */
    public enum Kind {
        /** 1: the root is no CNode, or no VSpace with an ASID. */
        INVALID_ROOT,
        /** 2: a slot, or a page-table entry, on the way is empty. */
        MISSING_CAPABILITY,
        /** 3: the depth does not end where a CNode does. */
        DEPTH_MISMATCH,
        /** 4: a CNode's guard differs from the bits of the cptr. */
        GUARD_MISMATCH
    }

    /**
     * The root cannot be looked up in.
     *
     * @return the fault
     */
    public static LookupFault invalidRoot() {
        return new LookupFault(Kind.INVALID_ROOT, 0, 0, 0);
    }

    /**
     * Something on the way is missing.
     *
     * @param bitsLeft bits not yet resolved
     * @return the fault
     */
    public static LookupFault missingCapability(int bitsLeft) {
        return new LookupFault(Kind.MISSING_CAPABILITY, bitsLeft, 0, 0);
    }

    /**
     * The depth does not fit.
     *
     * @param bitsLeft bits not yet resolved
     * @param bitsFound bits the CNode reached would resolve
     * @return the fault
     */
    public static LookupFault depthMismatch(int bitsLeft, int bitsFound) {
        return new LookupFault(Kind.DEPTH_MISMATCH, bitsLeft, 0, bitsFound);
    }

    /**
     * The guard does not match.
     *
     * @param bitsLeft bits not yet resolved
     * @param guardFound the CNode capability's guard
     * @param bitsFound the guard's size in bits
     * @return the fault
     */
    public static LookupFault guardMismatch(int bitsLeft, long guardFound, int bitsFound) {
        return new LookupFault(Kind.GUARD_MISMATCH, bitsLeft, guardFound, bitsFound);
    }

    /**
     * The fault as seL4 puts it into message registers.
     *
     * @return the kind's number, then what belongs to the kind
     */
    public long[] words() {
        return switch (kind) {
            case INVALID_ROOT -> new long[] {1};
            case MISSING_CAPABILITY -> new long[] {2, bitsLeft};
            case DEPTH_MISMATCH -> new long[] {3, bitsLeft, bitsFound};
            case GUARD_MISMATCH -> new long[] {4, bitsLeft, guardFound, bitsFound};
        };
    }

    static LookupFault of(long[] words) {
        return switch ((int) words[0]) {
            case 1 -> invalidRoot();
            case 2 -> missingCapability((int) words[1]);
            case 3 -> depthMismatch((int) words[1], (int) words[2]);
            default -> guardMismatch((int) words[1], words[2], (int) words[3]);
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case INVALID_ROOT -> "InvalidRoot";
            case MISSING_CAPABILITY -> "MissingCapability, " + bitsLeft + " bits left";
            case DEPTH_MISMATCH -> "DepthMismatch, " + bitsLeft + " bits left, " + bitsFound + " found";
            case GUARD_MISMATCH ->
                "GuardMismatch, " + bitsLeft + " bits left, guard 0x" + Long.toHexString(guardFound) + " of "
                        + bitsFound + " bits";
        };
    }
}
