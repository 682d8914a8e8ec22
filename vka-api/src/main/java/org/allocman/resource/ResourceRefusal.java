package org.allocman.resource;

import org.allocman.vka.RefusalCode;

/**
 * Why a {@link ResourceType} refused: a negative number in place of a unit, so that neither success nor refusal makes an
 * object. Nothing has changed when one is answered.
 */
public enum ResourceRefusal {
    /** The address is not the first of a unit. */
    UNALIGNED,
    /** No unit lies at the address, or there is no unit of that number. */
    NOT_LISTED,
    /** Somebody else owns the unit. */
    IN_USE,
    /** No unit is free. */
    EXHAUSTED,
    /** The owner has as many units as it may have. */
    OVER_QUOTA,
    /** There is no owner of that number. */
    NO_SUCH_OWNER,
    /** The allocator beneath, or the kernel, did not give or take the memory. */
    MEMORY_REFUSED,
    /** No run has so many units: fewer than 1, or more than there are. */
    ILLEGAL_COUNT;

    private static final ResourceRefusal[] ALL = values();

    /**
     * The number that is answered.
     *
     * @return a negative number
     */
    public long code() {
        return RefusalCode.of(this);
    }

    /**
     * The refusal behind a number.
     *
     * @param code what a {@link ResourceType} answered, a negative number
     * @return the refusal
     * @throws IllegalArgumentException if no refusal has that number
     */
    public static ResourceRefusal of(long code) {
        return RefusalCode.reason(ALL, code);
    }
}
