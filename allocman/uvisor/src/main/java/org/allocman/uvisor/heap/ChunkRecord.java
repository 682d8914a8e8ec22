package org.allocman.uvisor.heap;

import org.allocman.uvisor.rules.UserWord;

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
    static final UserWord BYTES = new UserWord("bytes", 0);
    static final UserWord USED = new UserWord("bytes in use", 4);
    static final UserWord FREE = new UserWord("first free chunk", 8);
    static final UserWord LAST = new UserWord("last chunk", 12);
    static final UserWord COUNT = new UserWord("chunks in use", 16);
    static final int HEADER = 24;

    static final UserWord SIZE = new UserWord("size and use", 0);
    static final UserWord BEFORE = new UserWord("size of the chunk before", 4);
    static final UserWord NEXT = new UserWord("next free chunk", 8);
    static final UserWord PREVIOUS = new UserWord("previous free chunk", 12);
    static final int CHUNK_HEADER = 8;
    static final int SMALLEST = 16;
    static final long IN_USE = 1;

    private ChunkRecord() {}
}
