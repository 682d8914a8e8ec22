package org.allocman.untyped;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The record of the two halves of a block. A half is named by its node: the record's address, plus 1 for the right half.
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
 * References to nodes are addresses divided by 16, plus 1 for the right half. {@code L} and {@code R} are what became of
 * the halves. The untyped that was handed over is the left half of a record without parent and without right half.
 */
final class PairRecord {
    /*
     * 64 bytes for two nodes, of which a page holds 63 pairs beside its header. What belongs to a half is at the same
     * offsets in each, HALF bytes apart, so one field serves both: its record is then the record plus half times HALF.
     */
    static final Word BASE = RootTable.BASE;
    static final Bits SIZE_BITS = RootTable.SIZE_BITS;
    static final Bits KIND = RootTable.KIND;
    private static final Bits LEFT_STATE = new Bits("state of the left half", 8, 14, 3);
    private static final Bits RIGHT_STATE = new Bits("state of the right half", 8, 17, 3);
    private static final HalfWord LEFT_SLOT = new HalfWord("left untyped slot", 16);
    private static final HalfWord RIGHT_SLOT = new HalfWord("right untyped slot", 20);
    static final HalfWord PARENT = new HalfWord("parent", 24);
    static final HalfWord PREVIOUS = new HalfWord("previous", 32);
    static final HalfWord NEXT = new HalfWord("next", 36);
    static final HalfWord OBJECT_SLOT = new HalfWord("object slot", 40);
    static final HalfWord SERIAL = new HalfWord("serial", 44);
    private static final int HALF = 16;

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

    private static final int REFERENCE_SHIFT = 4;

    private PairRecord() {}

    static long record(long node) {
        return node & -2;
    }

    static long sibling(long node) {
        return node ^ 1;
    }

    /** Where a half's own fields lie. */
    static long half(long node) {
        return record(node) + (node & 1) * HALF;
    }

    static int state(Memory memory, long node) {
        return (int) stateField(node).get(memory, record(node));
    }

    static void setState(Memory memory, long node, int state) {
        stateField(node).set(memory, record(node), state);
    }

    private static Bits stateField(long node) {
        return (node & 1) == 0 ? LEFT_STATE : RIGHT_STATE;
    }

    static long slot(Memory memory, long node) {
        return ((node & 1) == 0 ? LEFT_SLOT : RIGHT_SLOT).get(memory, record(node));
    }

    static void setSlot(Memory memory, long node, long slot) {
        ((node & 1) == 0 ? LEFT_SLOT : RIGHT_SLOT).set(memory, record(node), slot);
    }

    static long base(Memory memory, long node) {
        return BASE.get(memory, record(node)) + ((node & 1) << SIZE_BITS.get(memory, record(node)));
    }

    static int sizeBits(Memory memory, long node) {
        return (int) SIZE_BITS.get(memory, record(node));
    }

    static int kind(Memory memory, long node) {
        return (int) KIND.get(memory, record(node));
    }

    /** The node whose halves these are, or 0. */
    static long parent(Memory memory, long node) {
        return node(PARENT.get(memory, record(node)));
    }

    /** The record of a node's halves; its state is {@link #SPLIT}. */
    static long child(Memory memory, long node) {
        return node(NEXT.get(memory, half(node)));
    }

    static long reference(long node) {
        return record(node) >>> REFERENCE_SHIFT | node & 1;
    }

    static long node(long reference) {
        return record(reference) << REFERENCE_SHIFT | reference & 1;
    }
}
