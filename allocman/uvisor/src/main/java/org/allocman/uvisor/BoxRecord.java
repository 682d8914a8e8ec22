package org.allocman.uvisor;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/** What is known of a box. */
final class BoxRecord {
    /*
     *    0       8               12
     *   +-------+---------------+------+
     *   | heap  | thread-local  | 0    |
     *   +-------+---------------+------+
     */
    private static final Word HEAP = new Word("process heap", 0);
    private static final HalfWord THREAD_LOCAL = new HalfWord("thread-local bytes", 8);
    private static final int RECORD = 16;

    private BoxRecord() {}

    static long bytes(int boxes) {
        return (long) boxes * RECORD;
    }

    /** The table of a box's process heap; 0 if it has none yet. */
    static long heap(Memory memory, long table, int box) {
        return HEAP.get(memory, table + (long) box * RECORD);
    }

    static void setHeap(Memory memory, long table, int box, long heap) {
        HEAP.set(memory, table + (long) box * RECORD, heap);
    }

    static long threadLocal(Memory memory, long table, int box) {
        return THREAD_LOCAL.get(memory, table + (long) box * RECORD);
    }

    static void setThreadLocal(Memory memory, long table, int box, long bytes) {
        THREAD_LOCAL.set(memory, table + (long) box * RECORD, bytes);
    }
}
