package org.allocman.untyped;

import static org.allocman.untyped.PairRecord.BASE;
import static org.allocman.untyped.PairRecord.CHILD;
import static org.allocman.untyped.PairRecord.FREE;
import static org.allocman.untyped.PairRecord.KIND;
import static org.allocman.untyped.PairRecord.OBJECT_SLOT;
import static org.allocman.untyped.PairRecord.PARENT;
import static org.allocman.untyped.PairRecord.SERIAL;
import static org.allocman.untyped.PairRecord.SIZE_BITS;
import static org.allocman.untyped.PairRecord.SPLIT;

import org.allocman.events.BlockMergeEvent;
import org.allocman.events.BlockSplitEvent;
import org.allocman.qual.CPtr;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/** Halves blocks, and makes halves whole blocks again. */
final class SplitTree {
    /*
     * An allocation builds the chain of pairs below a free node, the top, while the top is still in its list: records and
     * slots first, where a refusal is undone by plain stores, then the kernel, from the top inwards. Only when all of it is
     * done does the chain become part of the tree.
     *
     * A refusal of the kernel in the middle is undone by one revoke of the top. If the kernel refuses that as well, the
     * chain becomes part of the tree with all its halves free, and the state remembers the top: nothing is allocated before
     * the revoke has been made good. So there is at most one such chain, and every pair but its own has a half in use.
     */
    private static final long BOTH = 2;

    private final Kernel kernel;
    private final Memory memory;
    private final RecordStore records;
    private final SlotRuns slots;
    private final FreeLists lists;
    private final long state;
    private final boolean single;
    private final int untypedType;

    SplitTree(
            Kernel kernel,
            Memory memory,
            RecordStore records,
            SlotRuns slots,
            FreeLists lists,
            long state,
            boolean single) {
        this.kernel = kernel;
        this.memory = memory;
        this.records = records;
        this.slots = slots;
        this.lists = lists;
        this.state = state;
        this.single = single;
        this.untypedType = kernel.architecture().number(ObjectType.UNTYPED);
    }

    /**
     * Builds the chain from a free node to a block in it.
     *
     * @param top the free node
     * @param paddr the block's address
     * @param bits its size, at most the node's
     * @return the block's node, or a refusal with nothing changed
     */
    long chain(long top, long paddr, int bits, Requester requester) {
        long at = top;
        for (int size = PairRecord.sizeBits(memory, top) - 1; size >= bits; size--) {
            long pair = records.take(PairRecord.PAIR, requester);
            if (pair == 0) {
                dropChain(top, at);
                return Refusal.OUT_OF_BOOK_KEEPING;
            }
            if (!takeSlots(pair, requester)) {
                records.giveBack(PairRecord.PAIR, pair);
                dropChain(top, at);
                return Refusal.OUT_OF_SLOTS;
            }
            BASE.set(memory, pair, PairRecord.base(memory, at));
            SIZE_BITS.set(memory, pair, size);
            KIND.set(memory, pair, PairRecord.kind(memory, at));
            PARENT.set(memory, pair, Reference.to(at));
            if (at != top) {
                CHILD.set(memory, at, Reference.to(pair));
            }
            at = PairRecord.halfWith(memory, pair, paddr);
        }
        return at;
    }

    private boolean takeSlots(long pair, Requester requester) {
        long left = single ? 0 : slots.takeRun((int) BOTH, requester);
        long right = left + 1;
        if (left == 0) {
            left = slots.takeRun(1, requester);
            right = left == 0 ? 0 : slots.takeRun(1, requester);
            if (right == 0) {
                if (left != 0) {
                    slots.giveBackRun(left, 1);
                }
                return false;
            }
        }
        PairRecord.setSlot(memory, pair, left);
        PairRecord.setSlot(memory, PairRecord.sibling(pair), right);
        return true;
    }

    /** Gives back the records and slots of a chain of which the kernel knows nothing. */
    void dropChain(long top, long end) {
        long at = end;
        while (at != top) {
            long parent = PairRecord.parent(memory, at);
            drop(PairRecord.record(at));
            at = parent;
        }
    }

    private void drop(long pair) {
        slots.giveBackRun(PairRecord.slot(memory, pair), 1);
        slots.giveBackRun(PairRecord.slot(memory, PairRecord.sibling(pair)), 1);
        records.giveBack(PairRecord.PAIR, pair);
    }

    /** The pair of a chain that is right below its top. */
    private long outermost(long top, long end) {
        long pair = PairRecord.record(end);
        for (long at = PairRecord.parent(memory, end); at != top; at = PairRecord.parent(memory, at)) {
            pair = PairRecord.record(at);
        }
        return pair;
    }

    /**
     * Has the kernel make the untypeds of a chain, and then the object in its end.
     *
     * @return 0; or the kernel's refusal, with the chain undone
     */
    long make(long top, long end, int type, int size, @CPtr long destination) {
        KernelError error = KernelError.NO_ERROR;
        boolean made = false;
        if (end != top) {
            long pair = outermost(top, end);
            int levels = PairRecord.sizeBits(memory, top) - PairRecord.sizeBits(memory, end);
            for (int level = 0; level < levels && !error.failed(); level++) {
                long untyped = PairRecord.slot(memory, PairRecord.parent(memory, pair));
                int bits = PairRecord.sizeBits(memory, pair);
                long left = PairRecord.slot(memory, pair);
                long right = PairRecord.slot(memory, PairRecord.sibling(pair));
                boolean atOnce = !single && areNeighbours(left, right);
                error = retype(untyped, untypedType, bits, left, atOnce ? (int) BOTH : 1);
                if (!error.failed() && !atOnce) {
                    made = true;
                    error = retype(untyped, untypedType, bits, right, 1);
                }
                made |= !error.failed();
                pair = level + 1 < levels ? inner(pair) : pair;
            }
        }
        if (!error.failed()) {
            error = retype(PairRecord.slot(memory, end), type, size, destination, 1);
        }
        if (!error.failed()) {
            return 0;
        }
        if (!made
                || !kernel.revoke(slots.root(), PairRecord.slot(memory, top), slots.depth())
                        .failed()) {
            dropChain(top, end);
        } else {
            settleInTree(top, end, FREE);
            ManagerState.UNDONE.set(memory, state, Reference.to(top));
        }
        return Refusal.kernel(InvocationKind.RETYPE, error);
    }

    /** The next pair of a chain: only one half of each has another below it. */
    private long inner(long pair) {
        long left = PairRecord.child(memory, pair);
        return left != 0 ? left : PairRecord.child(memory, PairRecord.sibling(pair));
    }

    private boolean areNeighbours(long left, long right) {
        return right == left + 1
                && slots.nodeIndex(left) == slots.nodeIndex(right)
                && slots.nodeOffset(right) == slots.nodeOffset(left) + 1;
    }

    private KernelError retype(long untyped, int type, int size, long slot, int count) {
        return kernel.retype(
                untyped,
                type,
                size,
                slots.root(),
                slots.nodeIndex(slot),
                slots.nodeDepth(slot),
                slots.nodeOffset(slot),
                count);
    }

    /** Makes a chain part of the tree: its end gets a state, the halves beside it become free. */
    void settleInTree(long top, long end, int endState) {
        lists.remove(top);
        long pair = end == top ? 0 : outermost(top, end);
        long at = top;
        while (at != end) {
            PairRecord.setState(memory, at, SPLIT);
            CHILD.set(memory, at, Reference.to(pair));
            int bits = PairRecord.sizeBits(memory, pair);
            BlockSplitEvent.tell(BASE.get(memory, pair), bits + 1, bits);
            long next = inner(pair);
            long on = next != 0 ? PairRecord.parent(memory, next) : end;
            setFree(PairRecord.sibling(on));
            pair = next;
            at = on;
        }
        if (endState == FREE) {
            setFree(end);
        } else {
            PairRecord.setState(memory, end, endState);
        }
    }

    /**
     * Undoes the halving that is still to be undone, if there is one.
     *
     * @return 0, or the kernel's refusal
     */
    long makeGood() {
        long reference = ManagerState.UNDONE.get(memory, state);
        if (reference == 0) {
            return 0;
        }
        long at = Reference.target(reference);
        while (PairRecord.state(memory, at) == SPLIT) {
            long pair = PairRecord.child(memory, at);
            at = PairRecord.state(memory, pair) == SPLIT ? pair : PairRecord.sibling(pair);
        }
        long refusal = merge(at);
        if (refusal == 0) {
            ManagerState.UNDONE.set(memory, state, 0);
        }
        return refusal;
    }

    /**
     * Makes a block free, as large as can be: one revoke, of the greatest block that is free with it, deletes the object,
     * its copies, and the untypeds that are no longer wanted.
     *
     * @return 0, or the kernel's refusal, with nothing changed
     */
    long merge(long node) {
        long top = node;
        while (PairRecord.state(memory, PairRecord.sibling(top)) == FREE) {
            top = PairRecord.parent(memory, top);
        }
        KernelError error = kernel.revoke(slots.root(), PairRecord.slot(memory, top), slots.depth());
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.REVOKE, error);
        }
        if (PairRecord.state(memory, node) == FREE) {
            lists.remove(node);
        }
        SERIAL.set(memory, node, 0);
        OBJECT_SLOT.set(memory, node, 0);
        long at = node;
        while (at != top) {
            lists.remove(PairRecord.sibling(at));
            long parent = PairRecord.parent(memory, at);
            int bits = PairRecord.sizeBits(memory, at);
            BlockMergeEvent.tell(BASE.get(memory, PairRecord.record(at)), bits + 1, bits);
            drop(PairRecord.record(at));
            at = parent;
        }
        setFree(top);
        return 0;
    }

    /** Makes a half, or an untyped that was handed over, free. */
    void setFree(long node) {
        PairRecord.setState(memory, node, FREE);
        lists.push(node);
    }
}
