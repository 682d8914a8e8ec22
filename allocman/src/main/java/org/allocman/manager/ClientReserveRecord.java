package org.allocman.manager;

import org.allocman.qual.Bytes;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The record of a reserve that a user has configured, and of what is in it: a stack, in chunks.
 *
 * <pre>
 *        63                    32 31                    15     8 7      0
 *   +0  |               the reserve that was configured next             |
 *   +8  |          size         |                      | type + 1 | what |
 *  +16  |   how many are ready  |        how many are to be kept         |
 *  +24  |               the topmost chunk                                |
 *
 *   +0  |               the chunk below                                  |
 *   +8  |               handles, slots or addresses: 71 of them          |
 * </pre>
 */
final class ClientReserveRecord {
    /** Bytes of state: the first reserve, and how many objects are in reserves. */
    static final @Bytes int STATE_BYTES = 16;

    static final Word FIRST = new Word("first reserve", 0);
    static final Word HELD = new Word("objects in reserves", 8);

    /** What is in a reserve. */
    static final int SLOTS = 0;

    static final int OBJECTS = 1;
    static final int MEMORY = 2;

    static final @Bytes int BYTES = 64;
    static final Word NEXT = new Word("next", 0);
    static final Bits WHAT = new Bits("what", 8, 0, 8);
    static final Bits TYPE = new Bits("type + 1", 8, 8, 8);
    static final HalfWord SIZE = new HalfWord("size", 12);
    static final HalfWord WANTED = new HalfWord("wanted", 16);
    static final HalfWord READY = new HalfWord("ready", 20);
    static final Word TOP = new Word("topmost chunk", 24);

    static final @Bytes int CHUNK_BYTES = 576;
    static final int IN_CHUNK = 71;
    static final Word BELOW = new Word("chunk below", 0);

    private ClientReserveRecord() {}

    /** Where in a chunk a value is. */
    static int value(long index) {
        return (int) (1 + index % IN_CHUNK) * Long.BYTES;
    }
}
