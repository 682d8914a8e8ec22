package org.allocman.bootstrap;

/**
 * Why there is no manager. Nothing has changed: the boot capabilities are as they were and the static pool is zero.
 *
 * @param reason what kind of failure
 * @param message a sentence with what was needed, what there is, and what is missing
 * @param missingBytes bytes by which the static pool is too small; 0 for another failure
 */
public record BootstrapFailure(Reason reason, String message, long missingBytes) {
    /** The kinds of failure. */
    public enum Reason {
        /** The static pool is too small. */
        STATIC_POOL_TOO_SMALL,
        /** The root CNode has too few empty slots. */
        TOO_FEW_SLOTS,
        /** The boot info hands over no normal memory, or nothing at all. */
        NO_UNTYPED,
        /** The first page of the virtual pool could not be made. */
        NO_VIRTUAL_POOL
    }

    @Override
    public String toString() {
        return message;
    }
}
