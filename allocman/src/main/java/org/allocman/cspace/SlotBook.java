package org.allocman.cspace;

import org.allocman.untyped.RecordKind;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The book of up to 1024 neighbouring slots of one CNode of the second level.
 *
 * <pre>
 *        63            48 47            32 31            16 15             0
 *   +0  |                                |  wholly free   | with free slots|   words of 64 slots, a bit each
 *   +8  |              handle of the CNode, in its first book              |
 *  +16  |  free in the CNode (first book) |     number of the book         |
 *  +24  |                                 |                                |
 *  +32  |          free slots: a bit each, 16 words                        |
 * +160  |          slots that users hold: a bit each, 16 words             |
 * </pre>
 */
final class SlotBook {
    static final Bits WITH_FREE = new Bits("words with free slots", 0, 0, 16);
    static final Bits WHOLE = new Bits("words wholly free", 0, 16, 16);
    static final Word HANDLE = new Word("handle of the CNode", 8);
    static final HalfWord NUMBER = new HalfWord("number of the book", 16);
    static final HalfWord FREE_IN_NODE = new HalfWord("free in the CNode", 20);

    /** Binary logarithm of the most slots in a book. */
    static final int BITS = 10;

    private static final int FREE = 32;
    private static final int TAKEN = 160;

    /** The kind of record. */
    static final RecordKind RECORD = RecordKind.forSlots(0, "book of slots", 320);

    private SlotBook() {}

    static long free(Memory memory, long book, int word) {
        return memory.load64(book, FREE + word * Long.BYTES);
    }

    static void setFree(Memory memory, long book, int word, long bits) {
        memory.store64(book, FREE + word * Long.BYTES, bits);
    }

    static long taken(Memory memory, long book, int word) {
        return memory.load64(book, TAKEN + word * Long.BYTES);
    }

    static void setTaken(Memory memory, long book, int word, long bits) {
        memory.store64(book, TAKEN + word * Long.BYTES, bits);
    }
}
