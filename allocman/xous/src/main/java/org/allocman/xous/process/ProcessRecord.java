package org.allocman.xous.process;

import org.allocman.qual.Bytes;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;
import org.allocman.xous.SparseMap;

/** What the kernel keeps of a process: one record for every number a process can have. */
final class ProcessRecord {
    /*
     *   word 0     state, page of the root page table
     *   word 1..2  the heap's size, and the size it may have
     *   word 3..4  where the last search for addresses ended: default, messages
     *   word 5     threads, a bit each; the last one that was made
     *   word 6..7  anchor of what is mapped where
     */
    static final Bits STATE = new Bits("state", 0, 0, 8);
    static final Bits ROOT = new Bits("root", 0, 8, 48);
    static final Word HEAP_SIZE = new Word("heap size", 8);
    static final Word HEAP_MOST = new Word("heap most", 16);
    static final Word LAST_DEFAULT = new Word("last default", 24);
    static final Word LAST_MESSAGE = new Word("last message", 32);
    static final Bits THREADS = new Bits("threads", 40, 0, 32);
    static final Bits LAST_THREAD = new Bits("last thread", 40, 32, 8);
    static final int MAP_ANCHOR = 48;
    static final @Bytes int BYTES = 64;

    static final int FREE = 0;
    static final int RUNNING = 1;
    static final int ENDING = 2;

    static {
        if (MAP_ANCHOR + SparseMap.ANCHOR_BYTES > BYTES) {
            throw new AssertionError("the anchor does not fit");
        }
    }

    private ProcessRecord() {}
}
