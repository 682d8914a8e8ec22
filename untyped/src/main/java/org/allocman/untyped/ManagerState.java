package org.allocman.untyped;

import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * What a manager keeps beside its records. They all have the same places; twinkle has no lists, and ends before them.
 *
 * <pre>
 *   +0   kernel memory:  a bit for each size of which a block is free
 *   +8   device memory:  the same
 *  +16   device RAM:     the same
 *  +24   live objects
 *  +32   arena: arenas ever made since everything was last free, which seeds their generations
 *        split: node whose halving is still to be undone  |  serial number of the last allocation
 *        twinkle: bits that an address takes in a {@link TwinkleHandle}
 *  +40   for each kind, for each size 0..63: reference to the first free block, 4 bytes each
 * +808   the same for what is reserved, which is asked for by address only
 *+1064   reserved memory: a bit for each size of which a block is free
 * </pre>
 */
final class ManagerState {
    static final Word LIVE = new Word("live objects", 24);
    static final Word BIRTHS = new Word("arenas made", 32);
    static final HalfWord UNDONE = new HalfWord("halving to be undone", 32);
    static final HalfWord SERIAL = new HalfWord("serial", 36);
    static final Word ADDRESS_WIDTH = new Word("bits of an address", 32);

    private static final int HEADS = 40;
    private static final int SIZES = 64;

    static final int BYTES_WITHOUT_LISTS = HEADS;
    /** In place of a kind: memory that is reserved, whatever its kind. */
    static final int RESERVED = MemoryKind.values().length;

    private static final int RESERVED_MASK = HEADS + (RESERVED + 1) * SIZES * Integer.BYTES;

    static final int BYTES = RESERVED_MASK + Long.BYTES;

    private ManagerState() {}

    static int mask(int kind) {
        return kind < RESERVED ? kind * Long.BYTES : RESERVED_MASK;
    }

    static int head(int kind, int bits) {
        return HEADS + (kind * SIZES + bits) * Integer.BYTES;
    }
}
