package org.allocman.manager;

import org.allocman.cspace.SecondLevels;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes CNodes of the second level when slots run low, and gives back those that are not used. A CSpace of one level neither
 * grows nor shrinks.
 */
final class SlotGrowth {
    /*
     * A CNode comes from the untyped manager like any other object, and goes into its place in the root CNode at once, so it
     * takes no slot itself. What arenas on the way to it take of slots and records is in the reserve. The arena it comes from
     * serves the CNodes to come, so making CNodes until the reserve is full comes to an end.
     */
    private static final int KEPT_UNUSED = 1;

    private final Kernel kernel;
    private final UntypedManager untypeds;
    private final @Nullable SecondLevels cspace;
    private final boolean givesBack;
    private final GrowthListener listener;

    SlotGrowth(
            Kernel kernel,
            UntypedManager untypeds,
            @Nullable SecondLevels cspace,
            boolean givesBack,
            GrowthListener listener) {
        this.kernel = kernel;
        this.untypeds = untypeds;
        this.cspace = cspace;
        this.givesBack = givesBack;
        this.listener = listener;
    }

    /** Whether there is no CNode left to make. */
    boolean isFull() {
        return cspace == null || cspace.firstMissing() < 0;
    }

    boolean isOneLevel() {
        return cspace == null;
    }

    /** CNodes that were made. */
    long made() {
        return cspace == null ? 0 : cspace.made();
    }

    /** Makes one more CNode; false, with nothing changed, if that is not possible. */
    boolean grow() {
        int node = cspace == null ? -1 : cspace.firstMissing();
        return node >= 0 && grow(node);
    }

    /** Makes the CNode in which a slot would be; true if it is there then. */
    boolean growAt(long slot) {
        if (cspace == null) {
            return true;
        }
        int node = cspace.nodeOf(slot);
        return cspace.isThere(node) || grow(node);
    }

    private boolean grow(int node) {
        SecondLevels into = cspace;
        if (into == null || !into.prepare(node)) {
            return false;
        }
        Architecture architecture = kernel.architecture();
        int radix = into.secondBits();
        long handle = untypeds.allocate(
                MemoryKind.KERNEL,
                architecture.number(ObjectType.CNODE),
                radix,
                architecture.sizeBits(ObjectType.CNODE, radix),
                into.placeOf(node),
                true);
        if (handle < 0) {
            into.cancel(node);
            return false;
        }
        into.open(node, handle);
        listener.secondLevelMade(node, 1L << radix);
        return true;
    }

    /** After something was freed: gives back CNodes that are neither used nor reserved, but for one. */
    void settle() {
        if (cspace == null || !givesBack) {
            return;
        }
        int kept = cspace.nextUnused(0);
        while (kept >= 0 && cspace.nextUnused(kept + KEPT_UNUSED) >= 0 && cspace.hasReserveWithoutOne()) {
            if (!giveBack(cspace, cspace.nextUnused(kept + KEPT_UNUSED))) {
                return;
            }
        }
    }

    /** Gives back every CNode that is not used, the reserve notwithstanding. */
    void giveBackAll() {
        if (cspace == null || !givesBack) {
            return;
        }
        int node = cspace.nextUnused(0);
        while (node >= 0 && giveBack(cspace, node)) {
            node = cspace.nextUnused(0);
        }
    }

    private boolean giveBack(SecondLevels from, int node) {
        long handle = from.handle(node);
        from.close(node);
        if (untypeds.free(handle) != 0) {
            from.open(node, handle);
            return false;
        }
        from.cancel(node);
        listener.secondLevelGivenBack(node);
        return true;
    }
}
