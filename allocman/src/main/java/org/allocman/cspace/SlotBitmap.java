package org.allocman.cspace;

import org.allocman.untyped.RecordKind;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The bitmap of up to 1024 neighbouring slots of one CNode of the second level.
 *
 * <pre>
 *        63            48 47            32 31            16 15             0
 *   +0  |                                |  wholly free   | with free slots|   words of 64 slots, a bit each
 *   +8  |             handle of the CNode, in its first bitmap             |
 *  +16  | free in the CNode (first bitmap)|      number of the bitmap      |
 *  +24  |                                 |                                |
 *  +32  |          free slots: a bit each, 16 words                        |
 * +160  |          slots that users hold: a bit each, 16 words             |
 * </pre>
 */
final class SlotBitmap {
    static final Bits WITH_FREE = new Bits("words with free slots", 0, 0, 16);
    static final Bits WHOLE = new Bits("words wholly free", 0, 16, 16);
    static final Word HANDLE = new Word("handle of the CNode", 8);
    static final HalfWord NUMBER = new HalfWord("number of the bitmap", 16);
    static final HalfWord FREE_IN_NODE = new HalfWord("free in the CNode", 20);

    /** Binary logarithm of the most slots in a bitmap. */
    static final int BITS = 10;

    private static final int FREE = 32;
    private static final int TAKEN = 160;

    /** The kind of record. */
    static final RecordKind RECORD = RecordKind.forSlots(0, "bitmap of slots", 320);

    private SlotBitmap() {}

    static long free(Memory memory, long bitmap, int word) {
        return memory.load64(bitmap, FREE + word * Long.BYTES);
    }

    static void setFree(Memory memory, long bitmap, int word, long bits) {
        memory.store64(bitmap, FREE + word * Long.BYTES, bits);
    }

    static long taken(Memory memory, long bitmap, int word) {
        return memory.load64(bitmap, TAKEN + word * Long.BYTES);
    }

    static void setTaken(Memory memory, long bitmap, int word, long bits) {
        memory.store64(bitmap, TAKEN + word * Long.BYTES, bits);
    }
}
