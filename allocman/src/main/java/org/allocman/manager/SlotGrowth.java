package org.allocman.manager;

import org.allocman.cspace.SecondLevels;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes CNodes of the second level when slots run low, and frees those that are not used. A CSpace of one level neither grows
 * nor shrinks.
 */
final class SlotGrowth {
    private final @Nullable SecondLevelMaker maker;
    private final boolean canFree;
    private final GrowthListener listener;

    SlotGrowth(
            Kernel kernel,
            UntypedManager untypeds,
            @Nullable SecondLevels levels,
            boolean canFree,
            GrowthListener listener) {
        this.maker = levels == null
                ? null
                : new SecondLevelMaker(levels, new InPlace(untypeds, levels, kernel.architecture()));
        this.canFree = canFree;
        this.listener = listener;
    }

    /**
     * CNodes of the manager's own CSpace. One comes from the untyped manager like any other object, and is made in its place in
     * the root CNode at once, so it takes no slot itself. What arenas on the way to it take of slots and records is in the
     * reserve. The arena it comes from serves the CNodes to come, so making CNodes until the reserve is full comes to an end.
     */
    private record InPlace(UntypedManager untypeds, SecondLevels levels, Architecture architecture)
            implements SecondLevelMaker.Source {
        @Override
        public long make(int node) {
            int radix = levels.secondBits();
            return untypeds.allocate(
                    MemoryKind.KERNEL,
                    architecture.number(ObjectType.CNODE),
                    radix,
                    architecture.sizeBits(ObjectType.CNODE, radix),
                    levels.placeOf(node),
                    Requester.POOLS);
        }

        @Override
        public long free(long handle) {
            return untypeds.free(handle);
        }
    }

    /** Whether there is no CNode left to make. */
    boolean isFull() {
        return maker == null || maker.levels().firstMissing() < 0;
    }

    boolean isOneLevel() {
        return maker == null;
    }

    /** CNodes that were made. */
    long made() {
        return maker == null ? 0 : maker.levels().made();
    }

    /**
     * Makes one more CNode; 0, or why that is not possible, with nothing changed: {@link Refusal#OUT_OF_SLOTS} if all are
     * there, {@link Refusal#OUT_OF_BOOK_KEEPING}, {@link Refusal#NO_BLOCK_FOR_SLOTS}, or the kernel's refusal.
     */
    long grow() {
        if (maker == null) {
            return Refusal.OUT_OF_SLOTS;
        }
        int node = maker.levels().firstMissing();
        return node < 0 ? Refusal.OUT_OF_SLOTS : make(maker, node);
    }

    /** Makes the CNode in which a slot would be; 0 if it is there then, or why it is not. */
    long growAt(long slot) {
        if (maker == null) {
            return 0;
        }
        int node = maker.levels().nodeOf(slot);
        return maker.levels().isThere(node) ? 0 : make(maker, node);
    }

    private long make(SecondLevelMaker by, int node) {
        long refusal = by.make(node);
        if (refusal == 0) {
            listener.secondLevelMade(node, 1L << by.levels().secondBits());
        }
        return refusal == Refusal.OUT_OF_UNTYPED ? Refusal.NO_BLOCK_FOR_SLOTS : refusal;
    }

    /** After something was freed: frees CNodes that are neither used nor reserved, but for one. */
    void reclaim() {
        if (maker == null || !canFree) {
            return;
        }
        int kept = maker.firstUnused();
        int node = maker.surplus(kept);
        while (node >= 0 && maker.levels().hasReserveWithoutOne() && free(maker, node)) {
            node = maker.surplus(kept);
        }
    }

    /** Frees every CNode that is not used, the reserve notwithstanding. */
    void releaseUnused() {
        if (maker == null || !canFree) {
            return;
        }
        int node = maker.firstUnused();
        while (node >= 0 && free(maker, node)) {
            node = maker.firstUnused();
        }
    }

    private boolean free(SecondLevelMaker by, int node) {
        if (by.free(node) != 0) {
            return false;
        }
        listener.secondLevelGivenBack(node);
        return true;
    }
}
