package org.example.buddy;

import java.util.ArrayList;
import java.util.List;
import org.allocman.untyped.SlotProbe;
import org.allocman.vka.Memory;

/** What must hold of blocks between two operations. */
final class BuddyAudit {
    private final Memory memory;
    private final BuddyTree tree;
    private final boolean isUndoing;
    private final SlotProbe slots;
    private final List<String> broken = new ArrayList<>();

    BuddyAudit(Memory memory, BuddyTree tree, boolean isUndoing, SlotProbe slots) {
        this.memory = memory;
        this.tree = tree;
        this.isUndoing = isUndoing;
        this.slots = slots;
    }

    List<String> check(List<Long> blocks, long liveObjects) {
        long used = 0;
        for (long block : blocks) {
            used += tree.is(block, Block.USED) ? 1 : 0;
            freeSizesAgree(block);
            if (!isUndoing) {
                halvesAreOneIfBothAreFree(block);
                slotsAgree(block);
            }
        }
        if (used != liveObjects) {
            broken.add("live objects: " + liveObjects + " are counted, " + used + " are in blocks");
        }
        return broken;
    }

    private void freeSizesAgree(long block) {
        long expected = tree.is(block, Block.FREE) ? 1L << tree.bits(block) : 0;
        if (tree.is(block, Block.HALVED)) {
            expected = Block.FREE_SIZES.get(memory, tree.left(block)) | Block.FREE_SIZES.get(memory, tree.right(block));
        }
        if (Block.FREE_SIZES.get(memory, block) != expected) {
            broken.add("free sizes: " + name(block) + " has other ones than it says");
        }
    }

    private void halvesAreOneIfBothAreFree(long block) {
        if (tree.is(block, Block.HALVED)
                && tree.is(tree.left(block), Block.FREE)
                && tree.is(tree.right(block), Block.FREE)) {
            broken.add("merging: both halves are free of " + name(block));
        }
    }

    private void slotsAgree(long block) {
        holds(block, Block.SLOT.get(memory, block));
        long object = Block.OBJECT.get(memory, block);
        if (tree.is(block, Block.USED) && object != 0) {
            holds(block, object);
        }
        long slot = Block.SLOT.get(memory, block);
        if (!tree.is(block, Block.FREE)
                && (slots.untypedBits(slot) != tree.bits(block) || slots.watermark(slot) != 1L << tree.bits(block))) {
            broken.add("watermarks: the kernel has not given away all of " + name(block));
        }
    }

    private void holds(long block, long slot) {
        if (!slots.isThere(slot) || slots.isFree(slot)) {
            broken.add("slots: slot " + slot + " of " + name(block) + " is free or not there");
        } else if (slots.isEmpty(slot) || slots.object(slot) != Block.BASE.get(memory, block)) {
            broken.add("slots: slot " + slot + " of " + name(block) + " does not hold it");
        }
    }

    private String name(long block) {
        return "the block of 2^" + tree.bits(block) + " bytes at 0x" + Long.toHexString(Block.BASE.get(memory, block));
    }
}
