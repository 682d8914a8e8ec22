package org.allocman.untyped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.untyped.SplitView.What;

/** What must hold of halves between two operations, in themselves and against the kernel. */
final class SplitAudit {
    private static final int SIZES = 64;
    private static final long RIGHT = 16;

    private final SplitInspection inspection;
    private final SlotProbe slots;

    SplitAudit(SplitInspection inspection, SlotProbe slots) {
        this.inspection = inspection;
        this.slots = slots;
    }

    /** Checks all. While the kernel refuses to undo an allocation, the blocks it halved are looked at less closely. */
    List<String> check(boolean isUndoing, long liveObjects) {
        List<String> broken = new ArrayList<>();
        List<SplitView> blocks = inspection.all();
        rootsAreApart(blocks, broken);
        halvesAreWhereTheyBelong(blocks, broken);
        if (!isUndoing) {
            nothingFreeIsLeftHalved(blocks, broken);
            slotsAgree(blocks, broken);
        }
        listsAgree(blocks, broken);
        long live = blocks.stream().filter(SplitAudit::isLive).count();
        if (live != liveObjects) {
            broken.add("live objects: " + liveObjects + " are counted, " + live + " are in blocks");
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
                for (SplitView block : inspection.list(kind, bits)) {
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
            holds(used, broken, block, block.slot(), true);
            if (block.objectSlot() != 0) {
                holds(used, broken, block, block.objectSlot(), false);
            }
            int bits = slots.untypedBits(block.slot());
            long expected = block.what() == What.SPLIT || isLive(block) ? 1L << block.sizeBits() : 0;
            if (bits >= 0 && (bits != block.sizeBits() || expected != 0 && slots.watermark(block.slot()) != expected)) {
                broken.add("watermarks: of " + name(block) + " the kernel has given away "
                        + slots.watermark(block.slot()));
            }
        }
    }

    private void holds(Set<Long> used, List<String> broken, SplitView block, long slot, boolean isUntyped) {
        if (!used.add(slot)) {
            broken.add("slots: slot " + slot + " is used twice, the second time by " + name(block));
        }
        if (slots.isFree(slot)) {
            broken.add("slots: slot " + slot + " of " + name(block) + " is called free");
        }
        if (slots.isEmpty(slot) || slots.object(slot) != block.base() || isUntyped && slots.untypedBits(slot) < 0) {
            broken.add("slots: slot " + slot + " of " + name(block) + " does not hold it");
        }
    }

    private static String name(SplitView block) {
        return "the block of 2^" + block.sizeBits() + " bytes at 0x" + Long.toHexString(block.base());
    }
}
