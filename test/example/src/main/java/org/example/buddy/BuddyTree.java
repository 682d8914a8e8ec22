package org.example.buddy;

import org.allocman.untyped.Requester;
import static org.example.buddy.Block.BASE;
import static org.example.buddy.Block.FREE;
import static org.example.buddy.Block.FREE_SIZES;
import static org.example.buddy.Block.HALVED;
import static org.example.buddy.Block.LEFT;
import static org.example.buddy.Block.MEMORY_KIND;
import static org.example.buddy.Block.PARENT;
import static org.example.buddy.Block.RIGHT;
import static org.example.buddy.Block.SIZE_BITS;
import static org.example.buddy.Block.SLOT;
import static org.example.buddy.Block.STATE;

import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/** Blocks within blocks. Records and slots are settled first, then the kernel is invoked, from the outermost block inwards. */
final class BuddyTree {
    private static final int REFERENCE_SHIFT = 4;

    private final Kernel kernel;
    private final Memory memory;
    private final RecordStore records;
    private final SlotRuns slots;

    BuddyTree(Kernel kernel, Memory memory, RecordStore records, SlotRuns slots) {
        this.kernel = kernel;
        this.memory = memory;
        this.records = records;
        this.slots = slots;
    }

    long parent(long block) {
        return PARENT.get(memory, block) << REFERENCE_SHIFT;
    }

    long left(long block) {
        return LEFT.get(memory, block) << REFERENCE_SHIFT;
    }

    long right(long block) {
        return RIGHT.get(memory, block) << REFERENCE_SHIFT;
    }

    int bits(long block) {
        return (int) SIZE_BITS.get(memory, block);
    }

    boolean is(long block, int state) {
        return STATE.get(memory, block) == state;
    }

    /** The block behind one, the outer before the inner; 0 behind the last of an untyped. */
    long next(long block) {
        if (left(block) != 0) {
            return left(block);
        }
        long at = block;
        while (parent(at) != 0 && right(parent(at)) == at) {
            at = parent(at);
        }
        return parent(at) == 0 ? 0 : right(parent(at));
    }

    /** The free block of a size in a block that has one. */
    long freeBlock(long block, int bits) {
        long at = block;
        while (is(at, HALVED)) {
            at = (FREE_SIZES.get(memory, left(at)) >>> bits & 1) != 0 ? left(at) : right(at);
        }
        return at;
    }

    /** The block that holds an address, no smaller than a size if that can be. */
    long blockAt(long root, long paddr, int bits) {
        long at = root;
        while (is(at, HALVED) && bits(at) > bits) {
            at = half(at, paddr);
        }
        return at;
    }

    private long half(long block, long paddr) {
        return paddr < BASE.get(memory, right(block)) ? left(block) : right(block);
    }

    /** Sets a block's state, and says to those around it what is free in it. */
    void setState(long block, int state) {
        STATE.set(memory, block, state);
        FREE_SIZES.set(memory, block, state == FREE ? 1L << bits(block) : 0);
        for (long at = parent(block); at != 0; at = parent(at)) {
            FREE_SIZES.set(memory, at, FREE_SIZES.get(memory, left(at)) | FREE_SIZES.get(memory, right(at)));
        }
    }

    /** Halves a block in the books, down to a size at an address; the block of that size, or a refusal and nothing changed. */
    long cut(long block, int bits, long paddr, Requester requester) {
        long at = block;
        while (bits(at) > bits) {
            long refusal = halve(at, requester);
            if (refusal != 0) {
                drop(block);
                setState(block, FREE);
                return refusal;
            }
            at = half(at, paddr);
        }
        return at;
    }

    private long halve(long block, Requester requester) {
        long leftHalf = records.take(Block.KIND, requester);
        long rightHalf = leftHalf == 0 ? 0 : records.take(Block.KIND, requester);
        long run = rightHalf == 0 ? 0 : slots.takeRun(2, requester);
        if (run == 0) {
            if (rightHalf != 0) {
                records.giveBack(Block.KIND, rightHalf);
            }
            if (leftHalf != 0) {
                records.giveBack(Block.KIND, leftHalf);
            }
            return rightHalf == 0 ? Refusal.OUT_OF_BOOK_KEEPING : Refusal.OUT_OF_SLOTS;
        }
        LEFT.set(memory, block, leftHalf >>> REFERENCE_SHIFT);
        RIGHT.set(memory, block, rightHalf >>> REFERENCE_SHIFT);
        STATE.set(memory, block, HALVED);
        fill(leftHalf, block, BASE.get(memory, block), run);
        fill(rightHalf, block, BASE.get(memory, block) + (1L << bits(block) - 1), run + 1);
        return 0;
    }

    private void fill(long half, long block, long base, long slot) {
        BASE.set(memory, half, base);
        SIZE_BITS.set(memory, half, bits(block) - 1);
        MEMORY_KIND.set(memory, half, MEMORY_KIND.get(memory, block));
        PARENT.set(memory, half, block >>> REFERENCE_SHIFT);
        SLOT.set(memory, half, slot);
        setState(half, FREE);
    }

    /** Makes the untypeds of what was cut, from a block down to one within it; 0 or a refusal. */
    long make(long block, long target) {
        for (long at = block; at != target; at = half(at, BASE.get(memory, target))) {
            int type = kernel.architecture().number(ObjectType.UNTYPED);
            KernelError error = retype(at, type, bits(at) - 1, SLOT.get(memory, left(at)), 2);
            if (error.failed()) {
                return Refusal.kernel(InvocationKind.RETYPE, error);
            }
        }
        return 0;
    }

    KernelError retype(long block, int type, int size, long slot, int count) {
        return kernel.retype(
                SLOT.get(memory, block),
                type,
                size,
                slots.root(),
                slots.nodeIndex(slot),
                slots.nodeDepth(slot),
                slots.nodeOffset(slot),
                count);
    }

    /** Makes a block free, and one with its other half if that is free, and so on: one revoke. 0 or a refusal. */
    long release(long block) {
        long top = block;
        while (parent(top) != 0 && is(left(parent(top)) == top ? right(parent(top)) : left(parent(top)), FREE)) {
            top = parent(top);
        }
        KernelError error = kernel.revoke(slots.root(), SLOT.get(memory, top), slots.depth());
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.REVOKE, error);
        }
        drop(top);
        setState(top, FREE);
        return 0;
    }

    /** Forgets all halves in a block. */
    private void drop(long block) {
        long at = block;
        while (left(block) != 0) {
            if (left(left(at)) != 0) {
                at = left(at);
            } else if (left(right(at)) != 0) {
                at = right(at);
            } else {
                slots.giveBackRun(SLOT.get(memory, left(at)), 2);
                records.giveBack(Block.KIND, left(at));
                records.giveBack(Block.KIND, right(at));
                LEFT.set(memory, at, 0);
                RIGHT.set(memory, at, 0);
                at = at == block ? block : parent(at);
            }
        }
    }
}
