package org.allocman.untyped;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The record of the two halves of a block. A half is named by its node: the record's address, plus 16 for the right half.
 *
 * <pre>
 *        63                 32 31                  0
 *   +0  |       physical address of the left half      |
 *   +8  |        0            | R | L | k |    bits    |
 *  +16  | right untyped slot  |   left untyped slot    |
 *  +24  |         -           |      parent node       |
 *  +32  | left: next | child  |    left: previous      |
 *  +40  | left: serial        |    left: object slot   |
 *  +48  | right: next | child |    right: previous     |
 *  +56  | right: serial       |    right: object slot  |
 * </pre>
 *
 * {@code L} and {@code R} are what became of
 * the halves. The untyped that was handed over is the left half of a record without parent and without right half.
 */
final class PairRecord {
    /*
     * 64 bytes for two nodes, of which a page holds 63 pairs beside its header. What belongs to a half is at the same
     * offsets in each, HALF bytes apart, so one field serves both, counted from the node.
     */
    static final Word BASE = RootRecord.BASE;
    static final Bits SIZE_BITS = RootRecord.SIZE_BITS;
    static final Bits KIND = RootRecord.KIND;
    private static final Bits LEFT_STATE = new Bits("state of the left half", 8, 14, 3);
    private static final Bits RIGHT_STATE = new Bits("state of the right half", 8, 17, 3);
    private static final HalfWord LEFT_SLOT = new HalfWord("left untyped slot", 16);
    private static final HalfWord RIGHT_SLOT = new HalfWord("right untyped slot", 20);
    static final HalfWord PARENT = new HalfWord("parent", 24);
    static final HalfWord CHILD = FreeLists.NEXT;
    static final HalfWord OBJECT_SLOT = new HalfWord("object slot", 40);
    static final HalfWord SERIAL = new HalfWord("serial", 44);
    private static final int HALF = 16;

    /** The kind of record. */
    static final RecordKind PAIR = RecordKind.forUntypeds(0, "pair", 64);

    /** There is no such half. */
    static final int ABSENT = 0;

    /** The half is in the free list of its size. */
    static final int FREE = 1;

    /** The half was halved itself; the next field refers to the record of its halves. */
    static final int SPLIT = 2;

    /** The half holds a user's object. */
    static final int LIVE = 3;

    /** The half holds an object of the pools' own. */
    static final int OWN = 4;

    private PairRecord() {}

    static long record(long node) {
        return FreeLists.record(node);
    }

    static long sibling(long node) {
        return node ^ HALF;
    }

    /** Whether a number can name a half of the record it lies in. */
    static boolean isNode(long number) {
        return number == record(number) || number == sibling(record(number));
    }

    static boolean isLeft(long node) {
        return (node & HALF) == 0;
    }

    /** The half of a pair in which an address lies. */
    static long halfWith(Memory memory, long pair, long paddr) {
        // not all untypeds are aligned to their size, but their halves are where the first byte says
        return pair + (paddr - BASE.get(memory, pair) >>> SIZE_BITS.get(memory, pair) & 1) * HALF;
    }

    static int state(Memory memory, long node) {
        return (int) stateField(node).get(memory, record(node));
    }

    static void setState(Memory memory, long node, int state) {
        stateField(node).set(memory, record(node), state);
    }

    private static Bits stateField(long node) {
        return isLeft(node) ? LEFT_STATE : RIGHT_STATE;
    }

    static long slot(Memory memory, long node) {
        return (isLeft(node) ? LEFT_SLOT : RIGHT_SLOT).get(memory, record(node));
    }

    static void setSlot(Memory memory, long node, long slot) {
        (isLeft(node) ? LEFT_SLOT : RIGHT_SLOT).set(memory, record(node), slot);
    }

    static long base(Memory memory, long node) {
        long base = BASE.get(memory, record(node));
        return isLeft(node) ? base : base + (1L << SIZE_BITS.get(memory, record(node)));
    }

    static int sizeBits(Memory memory, long node) {
        return (int) SIZE_BITS.get(memory, record(node));
    }

    static int kind(Memory memory, long node) {
        return (int) KIND.get(memory, record(node));
    }

    /** The node whose halves these are, or 0. */
    static long parent(Memory memory, long node) {
        return Reference.target(PARENT.get(memory, record(node)));
    }

    /** The record of a node's halves; its state is {@link #SPLIT}. */
    static long child(Memory memory, long node) {
        return Reference.target(CHILD.get(memory, node));
    }
}
