package org.allocman.untyped;

import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * What the split manager keeps beside its records.
 *
 * <pre>
 *   +0   kernel memory:  a bit for each size of which a block is free
 *   +8   device memory:  the same
 *  +16   device RAM:     the same
 *  +24   live objects
 *  +32   serial number of the last allocation  |  node whose halving is still to be undone
 *  +40   the {@link RootTable} and its length
 *  +64   for each kind, for each size 0..63: reference to the first free node, 4 bytes each
 * </pre>
 */
final class SplitState {
    static final Word LIVE = new Word("live objects", 24);
    static final HalfWord UNDONE = new HalfWord("halving to be undone", 32);
    static final HalfWord SERIAL = new HalfWord("serial", 36);

    private static final int HEADS = 64;
    private static final int SIZES = 64;

    static final int BYTES = HEADS + MemoryKind.values().length * SIZES * Integer.BYTES;

    private SplitState() {}

    static int mask(int kind) {
        return kind * Long.BYTES;
    }

    static int head(int kind, int bits) {
        return HEADS + (kind * SIZES + bits) * Integer.BYTES;
    }
}
