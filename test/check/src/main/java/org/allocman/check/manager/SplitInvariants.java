package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.SplitView;
import org.allocman.untyped.SplitView.What;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What must hold of the split manager between two operations. Each check answers sentences that name the block or slot that
 * breaks it; an empty list is good.
 */
public final class SplitInvariants {
    private static final int SIZES = 64;
    private static final long RIGHT = 16;

    private final SplitUntypeds manager;
    private final LongPredicate isFreeSlot;
    private final Slots slots;
    private final LongUnaryOperator places;

    /**
     * Prepares to check.
     *
     * @param manager the manager
     * @param isFreeSlot whether a slot may be taken
     * @param slots reads the kernel's slots
     * @param places tells at which physical address a slot is
     */
    public SplitInvariants(SplitUntypeds manager, LongPredicate isFreeSlot, Slots slots, LongUnaryOperator places) {
        this.manager = manager;
        this.isFreeSlot = isFreeSlot;
        this.slots = slots;
        this.places = places;
    }

    /**
     * Checks all. While the kernel refuses to undo an allocation, the blocks it halved are looked at less closely.
     *
     * @return what is broken
     */
    public List<String> check() {
        List<String> broken = new ArrayList<>();
        List<SplitView> blocks = manager.inspect();
        rootsAreApart(blocks, broken);
        halvesAreWhereTheyBelong(blocks, broken);
        if (!manager.hasHalvingToUndo()) {
            nothingFreeIsLeftHalved(blocks, broken);
            slotsAgree(blocks, broken);
        }
        listsAgree(blocks, broken);
        long live = blocks.stream().filter(SplitInvariants::isLive).count();
        if (live != manager.liveObjects()) {
            broken.add("live objects: " + manager.liveObjects() + " are counted, " + live + " are in blocks");
        }
        return broken;
    }

    private static boolean isLive(SplitView block) {
        return block.what() == What.USER || block.what() == What.OWN;
    }

    private static void rootsAreApart(List<SplitView> blocks, List<String> broken) {
        List<SplitView> roots =
                blocks.stream().filter(block -> block.depth() == 0).toList();
        for (int i = 1; i < roots.size(); i++) {
            if (roots.get(i).base() - roots.get(i - 1).base()
                            >>> roots.get(i - 1).sizeBits()
                    == 0) {
                broken.add("roots: " + name(roots.get(i - 1)) + " overlaps " + name(roots.get(i)));
            }
        }
    }

    private static void halvesAreWhereTheyBelong(List<SplitView> blocks, List<String> broken) {
        for (int i = 0; i < blocks.size(); i++) {
            SplitView block = blocks.get(i);
            if (block.what() == What.SPLIT) {
                SplitView left = blocks.get(i + 1);
                if (left.base() != block.base()
                        || left.sizeBits() != block.sizeBits() - 1
                        || left.kind() != block.kind()
                        || (left.node() & RIGHT) != 0) {
                    broken.add("halves: " + name(left) + " is no left half of " + name(block));
                }
            }
        }
    }

    private static void nothingFreeIsLeftHalved(List<SplitView> blocks, List<String> broken) {
        Set<Long> free = new HashSet<>();
        for (SplitView block : blocks) {
            if (block.what() == What.FREE && block.depth() > 0) {
                free.add(block.node());
                if (free.contains(block.node() ^ RIGHT)) {
                    broken.add("merging: both halves are free, one of them " + name(block));
                }
            }
        }
    }

    private void listsAgree(List<SplitView> blocks, List<String> broken) {
        Set<SplitView> listed = new HashSet<>();
        for (MemoryKind kind : MemoryKind.values()) {
            for (int bits = 0; bits < SIZES; bits++) {
                for (SplitView block : manager.freeList(kind, bits)) {
                    if (block.kind() != kind || block.sizeBits() != bits || !listed.add(block)) {
                        broken.add("lists: " + name(block) + " is in a wrong list or in two");
                    }
                }
            }
        }
        for (SplitView block : blocks) {
            if ((block.what() == What.FREE) != listed.remove(block)) {
                broken.add("lists: " + name(block) + " is " + block.what() + " and not listed so");
            }
        }
        listed.forEach(block -> broken.add("lists: " + name(block) + " is listed and in no untyped"));
    }

    private void slotsAgree(List<SplitView> blocks, List<String> broken) {
        Set<Long> used = new HashSet<>();
        for (SplitView block : blocks) {
            holds(used, broken, block, block.slot(), CapabilityType.UNTYPED);
            if (block.objectSlot() != 0) {
                holds(used, broken, block, block.objectSlot(), null);
            }
            long at = places.applyAsLong(block.slot());
            long expected = block.what() == What.SPLIT || isLive(block) ? 1L << block.sizeBits() : 0;
            if (slots.type(at) == CapabilityType.UNTYPED
                    && (slots.untypedBits(at) != block.sizeBits()
                            || expected != 0 && slots.freeIndex(at) != expected)) {
                broken.add("watermarks: of " + name(block) + " the kernel has given away " + slots.freeIndex(at));
            }
        }
    }

    private void holds(Set<Long> used, List<String> broken, SplitView block, long slot, @Nullable CapabilityType type) {
        long at = places.applyAsLong(slot);
        if (!used.add(slot)) {
            broken.add("slots: slot " + slot + " is used twice, the second time by " + name(block));
        }
        if (isFreeSlot.test(slot)) {
            broken.add("slots: slot " + slot + " of " + name(block) + " is called free");
        }
        if (slots.isEmpty(at) || slots.object(at) != block.base() || type != null && slots.type(at) != type) {
            broken.add("slots: slot " + slot + " of " + name(block) + " does not hold it");
        }
    }

    private static String name(SplitView block) {
        return "the block of 2^" + block.sizeBits() + " bytes at 0x" + Long.toHexString(block.base());
    }
}
