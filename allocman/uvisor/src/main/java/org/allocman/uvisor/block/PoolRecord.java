package org.allocman.uvisor.block;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** The pool's own words. */
final class PoolRecord {
    /*
     *    0        4        8        12       16       20
     *   +--------+--------+--------+--------+--------+--------+
     *   | first  | end    | free   | bottom | top    | 0      |   blocks: the pool's own are first to end - 1; below
     *   +--------+--------+--------+--------+--------+--------+   bottom is the arena's, from top on the stack's
     *   | owned  | quota  |  8 bytes a box
     *   +--------+--------+--
     */
    static final HalfWord FIRST = new HalfWord("first block of the pool", 0);
    static final HalfWord END = new HalfWord("end of the pool", 4);
    static final HalfWord FREE = new HalfWord("free blocks of the pool", 8);
    static final HalfWord BOTTOM = new HalfWord("end of the growing arena", 12);
    static final HalfWord TOP = new HalfWord("start of the stack", 16);

    private static final HalfWord OWNED = new HalfWord("blocks of a box", 0);
    private static final HalfWord QUOTA = new HalfWord("most blocks of a box", 4);
    private static final int BOXES = 24;
    private static final int BOX = 8;

    private PoolRecord() {}

    static int bytes(int boxes) {
        return BOXES + boxes * BOX;
    }

    static long owned(Memory memory, long state, int box) {
        return OWNED.get(memory, state + BOXES + (long) box * BOX);
    }

    static void addOwned(Memory memory, long state, int box, int delta) {
        OWNED.add(memory, state + BOXES + (long) box * BOX, delta);
    }

    static long quota(Memory memory, long state, int box) {
        return QUOTA.get(memory, state + BOXES + (long) box * BOX);
    }

    static void setQuota(Memory memory, long state, int box, long blocks) {
        QUOTA.set(memory, state + BOXES + (long) box * BOX, blocks);
    }
}
