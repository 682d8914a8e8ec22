package org.allocman.uvisor;

import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/** What is known of a thread. */
final class ThreadRecord {
    /*
     *   table     0        8                                  record   0        4        8          12
     *            +--------+--------+                                  +--------+--------+----------+-------------+
     *            | active | 0      |  then 16 records of 64 bytes     | live   | box    | priority | own stack   |
     *            +--------+--------+                                  +--------+--------+----------+-------------+
     *              0: none, else the thread and 1                  16 | heap            | its memory, bytes      |
     *                                                              32 | stack, bytes    | thread-local           |
     *                                                                 +-----------------+------------------------+
     */
    /** The most threads, as in uVisor. */
    static final int MOST = 16;

    static final Word ACTIVE = new Word("active thread", 0);
    static final HalfWord LIVE = new HalfWord("live", 0);
    static final HalfWord BOX = new HalfWord("box", 4);
    static final HalfWord PRIORITY = new HalfWord("priority", 8);
    static final HalfWord OWN_STACK = new HalfWord("stack was allocated for it", 12);
    static final Word HEAP = new Word("heap", 16);
    static final HalfWord HEAP_START = new HalfWord("memory of the heap", 24);
    static final HalfWord HEAP_BYTES = new HalfWord("bytes of the heap", 28);
    static final HalfWord STACK = new HalfWord("stack", 32);
    static final HalfWord STACK_BYTES = new HalfWord("bytes of the stack", 36);
    static final Word THREAD_LOCAL = new Word("thread-local storage", 40);

    static final int RECORD = 64;
    static final int TABLE_BYTES = RECORD + MOST * RECORD;

    private ThreadRecord() {}

    static long at(long table, int thread) {
        return table + RECORD + (long) thread * RECORD;
    }
}
