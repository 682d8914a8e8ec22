package org.allocman.uvisor.heap;

import org.allocman.vka.layout.HalfWord;

/** The words of a stretch of memory that is cut into chunks. */
final class ChunkRecord {
    /*
     *   stretch   0          4          8          12         16         20
     *            +----------+----------+----------+----------+----------+----------+
     *            | bytes    | used     | free     | last     | chunks   | 0        |   offsets are from the stretch's start
     *            +----------+----------+----------+----------+----------+----------+
     *   chunk     0          4          8          12
     *            +----------+----------+----------+----------+
     *            | size, 1  | size     | next     | previous |   bit 0: in use; size of the chunk before, 0 for the first;
     *            | bit used | before   | free     | free     |   the links only while it is free, else the caller's bytes
     *            +----------+----------+----------+----------+
     */
    static final HalfWord BYTES = new HalfWord("bytes", 0);
    static final HalfWord USED = new HalfWord("bytes in use", 4);
    static final HalfWord FREE = new HalfWord("first free chunk", 8);
    static final HalfWord LAST = new HalfWord("last chunk", 12);
    static final HalfWord COUNT = new HalfWord("chunks in use", 16);
    static final int HEADER = 24;

    static final HalfWord SIZE = new HalfWord("size and use", 0);
    static final HalfWord BEFORE = new HalfWord("size of the chunk before", 4);
    static final HalfWord NEXT = new HalfWord("next free chunk", 8);
    static final HalfWord PREVIOUS = new HalfWord("previous free chunk", 12);
    static final int CHUNK_HEADER = 8;
    static final int SMALLEST = 16;
    static final long IN_USE = 1;

    private ChunkRecord() {}
}
