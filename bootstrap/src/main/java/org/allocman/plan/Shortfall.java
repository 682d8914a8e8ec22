package org.allocman.plan;

import org.allocman.cspace.CSpaceGeometry;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Why a workload does not fit, and what would help.
 *
 * @param resource what runs out first
 * @param demand the demand that cannot be met; null if there is not even a manager
 * @param met how many of that demand were met
 * @param unmet how many things in all are left over
 * @param unmetBytes untyped memory that the objects among them take
 * @param why a sentence with the refusal
 * @param remedy what would be enough; null if nothing of what was tried is
 */
public record Shortfall(
        Resource resource,
        @Nullable Demand demand,
        long met,
        long unmet,
        @Bytes long unmetBytes,
        String why,
        @Nullable Remedy remedy) {
    /** The end of {@link #why} for an object at an address that no untyped holds; who knows the machine knows why. */
    public static final String NO_UNTYPED = "no untyped holds all of it";

    /** What can run out. */
    public enum Resource {
        /** Untyped memory, or blocks of it that are large enough. */
        MEMORY,
        /** Capability slots. */
        SLOTS,
        /** Room for book-keeping: the pools have their greatest size. */
        BOOK_KEEPING
    }

    /**
     * What would be enough: all of it together, and no less of any, the rest being as planned.
     *
     * @param untypedBits size bits of one more untyped; 0 if memory is enough
     * @param rootCNodeBits radix of a larger root CNode; 0 if slots are enough, or a new CSpace was asked for
     * @param cspace a larger new CSpace; {@link CSpaceGeometry#CURRENT} if slots are enough, or no new one was asked for
     * @param slotsMissing how many more slots the workload takes then than there are now; 0 if slots are enough
     */
    public record Remedy(
            @SizeBits int untypedBits, @SizeBits int rootCNodeBits, CSpaceGeometry cspace, long slotsMissing) {}
}
