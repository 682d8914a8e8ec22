package org.allocman.vka;

/** The CNode invocations on places: what {@link Kernel} takes in two times three arguments, as two paths. */
public final class CapOperations {
    private final Kernel kernel;

    /**
     * Operations of a kernel.
     *
     * @param kernel who carries them out
     */
    public CapOperations(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Copies a capability.
     *
     * @param to an empty place
     * @param from the capability
     * @param rights what the copy may keep
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        return kernel.copy(to.root(), to.index(), to.depth(), from.root(), from.index(), from.depth(), rights);
    }

    /**
     * Copies a capability with a badge or a guard.
     *
     * @param to an empty place
     * @param from the capability
     * @param rights what the copy may keep
     * @param badge a badge for an endpoint or notification, guard data for a CNode
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        return kernel.mint(to.root(), to.index(), to.depth(), from.root(), from.index(), from.depth(), rights, badge);
    }

    /**
     * Moves a capability.
     *
     * @param to an empty place
     * @param from the capability
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError move(CapPath to, CapPath from) {
        return kernel.move(to.root(), to.index(), to.depth(), from.root(), from.index(), from.depth());
    }

    /**
     * Moves a capability and replaces a CNode's guard.
     *
     * @param to an empty place
     * @param from the capability
     * @param badge guard data
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        return kernel.mutate(to.root(), to.index(), to.depth(), from.root(), from.index(), from.depth(), badge);
    }

    /**
     * Moves the pivot to the destination and the source to the pivot.
     *
     * @param to the destination; empty, or the source itself, which swaps
     * @param toBadge guard data for what arrives there
     * @param pivot the pivot
     * @param pivotBadge guard data for what arrives there
     * @param from the source
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        return kernel.rotate(
                to.root(),
                to.index(),
                to.depth(),
                toBadge,
                pivot.root(),
                pivot.index(),
                pivot.depth(),
                pivotBadge,
                from.root(),
                from.index(),
                from.depth());
    }

    /**
     * Empties a place.
     *
     * @param at the place
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError delete(CapPath at) {
        return kernel.delete(at.root(), at.index(), at.depth());
    }

    /**
     * Deletes everything derived from a capability.
     *
     * @param at its place
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError revoke(CapPath at) {
        return kernel.revoke(at.root(), at.index(), at.depth());
    }

    /**
     * Cancels sends through an endpoint's badge.
     *
     * @param at the endpoint's place
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError cancelBadgedSends(CapPath at) {
        return kernel.cancelBadgedSends(at.root(), at.index(), at.depth());
    }

    /**
     * Saves the reply capability.
     *
     * @param at an empty place
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError saveCaller(CapPath at) {
        return kernel.saveCaller(at.root(), at.index(), at.depth());
    }
}
