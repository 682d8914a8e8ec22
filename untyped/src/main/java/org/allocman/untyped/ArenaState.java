package org.allocman.untyped;

import org.allocman.vka.layout.Word;

/**
 * What the arena manager keeps beside its records.
 *
 * <pre>
 *   +0   kernel memory:  a bit for each child size that has a free child
 *   +8   device memory:  the same
 *  +16   device RAM:     the same
 *  +24   live objects
 *  +32   arenas ever made since everything was last free: seeds their generations
 *  +40   the {@link RootTable} and its length
 *  +64   for each kind, for each child size 0..63: reference to the first arena with a free child, 4 bytes each
 * </pre>
 */
final class ArenaState {
    static final Word LIVE = new Word("live objects", 24);
    static final Word BIRTHS = new Word("arenas made", 32);

    private static final int HEADS = 64;
    private static final int SIZES = 64;

    static final int BYTES = HEADS + MemoryKind.values().length * SIZES * Integer.BYTES;

    private ArenaState() {}

    static int mask(int kind) {
        return kind * Long.BYTES;
    }

    static int head(int kind, int bits) {
        return HEADS + (kind * SIZES + bits) * Integer.BYTES;
    }
}
