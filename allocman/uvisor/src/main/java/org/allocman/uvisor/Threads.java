package org.allocman.uvisor;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.heap.SecureHeaps;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/**
 * Threads, and what goes with them: when a thread ends, its blocks are freed, with its stack and its thread-local storage; what
 * it allocated from the process heap stays. A block in which several threads have memory goes with the last of them.
 */
public final class Threads {
    /** In place of a thread: the process itself. */
    public static final int NONE = -1;

    private static final HalfWord BLOCK_THREAD = new HalfWord("thread and 1", 0);
    private static final long ALIGNMENT = 8;

    private final Memory memory;
    private final BlockPool pool;
    private final SecureHeaps heaps;
    private final ProcessHeaps processes;
    private final @PhysAddr long table;
    private final @PhysAddr long blockThreads;

    Threads(Memory memory, BlockPool pool, SecureHeaps heaps, ProcessHeaps processes, UvisorMetadata metadata) {
        this.memory = memory;
        this.pool = pool;
        this.heaps = heaps;
        this.processes = processes;
        this.table = metadata.threads();
        this.blockThreads = metadata.blockThreads();
    }

    /**
     * Whether there is a thread of a number.
     *
     * @param thread any number
     * @return true if it lives
     */
    public boolean isLive(int thread) {
        return thread >= 0 && thread < ThreadRecord.MOST && ThreadRecord.LIVE.get(memory, at(thread)) != 0;
    }

    /**
     * The box that a thread is in.
     *
     * @param thread a live one
     * @return the box's number
     */
    public int box(int thread) {
        return (int) ThreadRecord.BOX.get(memory, at(thread));
    }

    /**
     * How urgent a thread is.
     *
     * @param thread a live one
     * @return what its creator said
     */
    public long priority(int thread) {
        return ThreadRecord.PRIORITY.get(memory, at(thread));
    }

    /**
     * The heap that a thread allocates from.
     *
     * @param thread a live one
     * @return its own, or 0 if that is the process heap
     */
    public long heap(int thread) {
        return ThreadRecord.HEAP.get(memory, at(thread));
    }

    /**
     * Where a thread's stack is.
     *
     * @param thread a live one
     * @return its first byte
     */
    public long stack(int thread) {
        return ThreadRecord.STACK.get(memory, at(thread));
    }

    /**
     * Where a thread's thread-local storage is.
     *
     * @param thread a live one
     * @return its first byte; 0 if the box has none
     */
    public long threadLocal(int thread) {
        return ThreadRecord.THREAD_LOCAL.get(memory, at(thread));
    }

    /**
     * The thread that runs.
     *
     * @return its number, or {@link #NONE}
     */
    public int active() {
        return (int) ThreadRecord.ACTIVE.get(memory, table) - 1;
    }

    void setActive(int thread) {
        ThreadRecord.ACTIVE.set(memory, table, thread + 1L);
    }

    /**
     * The thread that a block goes with.
     *
     * @param block its number
     * @return the thread, or {@link #NONE}
     */
    public int threadOf(int block) {
        return (int) BLOCK_THREAD.get(memory, mark(block)) - 1;
    }

    /**
     * Whether a thread's heap is made of blocks of its own and a block is one of them.
     *
     * @param thread a live one
     * @param block the block's number
     * @return true if it is
     */
    public boolean hasBlock(int thread, int block) {
        long heap = heap(thread);
        if (heap == 0 || heaps.isStatic(heap)) {
            return false;
        }
        long address = pool.geometry().addressOf(block);
        for (long i = 0; i < heaps.stretches(heap); i++) {
            if (heaps.stretch(heap, i) == address) {
                return true;
            }
        }
        return false;
    }

    void setThreadOf(int block, int thread) {
        BLOCK_THREAD.set(memory, mark(block), thread + 1L);
    }

    /** Makes a thread; heap and stack may be none, and then come from the process. */
    int create(int box, long priority, long heap, @Bytes long heapBytes, long stack, @Bytes long stackBytes) {
        boolean hasHeap = heap != 0 && heapBytes != 0;
        boolean hasStack = stack != 0 && stackBytes != 0;
        int thread = free();
        if (thread == NONE) {
            return (int) ThreadRefusal.TOO_MANY.code();
        }
        if (hasHeap && !owns(box, heap, heapBytes)) {
            return (int) ThreadRefusal.HEAP_NOT_OWNED.code();
        }
        if (hasHeap && usable(heap, heapBytes) < SecureHeaps.OVERHEAD + ALIGNMENT) {
            return (int) ThreadRefusal.HEAP_TOO_SMALL.code();
        }
        if (hasStack && !owns(box, stack, stackBytes)) {
            return (int) ThreadRefusal.STACK_NOT_OWNED.code();
        }
        boolean overlaps = hasHeap && isTaken(heap, heapBytes)
                || hasStack && isTaken(stack, stackBytes)
                || hasHeap && hasStack && meet(heap, heapBytes, stack, stackBytes);
        if (overlaps) {
            return (int) ThreadRefusal.OVERLAPS.code();
        }
        if (!begin(thread, box, stack, hasStack ? stackBytes : 0, stackBytes)) {
            return (int) ThreadRefusal.NO_MEMORY.code();
        }
        long record = at(thread);
        if (hasHeap) {
            ThreadRecord.HEAP.set(memory, record, heaps.createInMemory(heap, heapBytes));
            ThreadRecord.HEAP_START.set(memory, record, heap);
            ThreadRecord.HEAP_BYTES.set(memory, record, heapBytes);
            claim(thread, heap, heapBytes);
        }
        if (hasStack) {
            claim(thread, stack, stackBytes);
        }
        ThreadRecord.PRIORITY.set(memory, record, priority);
        return thread;
    }

    /** Makes a thread on a heap of blocks, which several threads may share. */
    int createOn(int box, long priority, long heap, long stack, @Bytes long stackBytes) {
        boolean hasStack = stack != 0 && stackBytes != 0;
        int thread = free();
        if (thread == NONE) {
            return (int) ThreadRefusal.TOO_MANY.code();
        }
        if (!isHeapOfBlocks(box, heap)) {
            return (int) ThreadRefusal.HEAP_NOT_OWNED.code();
        }
        if (hasStack && !owns(box, stack, stackBytes)) {
            return (int) ThreadRefusal.STACK_NOT_OWNED.code();
        }
        if (hasStack && isTaken(stack, stackBytes)) {
            return (int) ThreadRefusal.OVERLAPS.code();
        }
        if (!begin(thread, box, stack, hasStack ? stackBytes : 0, stackBytes)) {
            return (int) ThreadRefusal.NO_MEMORY.code();
        }
        ThreadRecord.HEAP.set(memory, at(thread), heap);
        ThreadRecord.PRIORITY.set(memory, at(thread), priority);
        if (hasStack) {
            claim(thread, stack, stackBytes);
        }
        return thread;
    }

    /** Gets stack and thread-local storage and fills the record; false, with nothing changed, if there is too little memory. */
    private boolean begin(int thread, int box, long stack, long given, long wanted) {
        long own = given != 0 ? 0 : processes.malloc(heaps, box, Math.max(wanted, BoxSizes.LEAST_STACK), ALIGNMENT);
        if (given == 0 && HeapRefusal.isRefusal(own)) {
            return false;
        }
        long localBytes = processes.threadLocal(box);
        long local = localBytes == 0 ? 0 : processes.malloc(heaps, box, localBytes, ALIGNMENT);
        if (HeapRefusal.isRefusal(local)) {
            if (own != 0) {
                processes.free(heaps, box, own);
            }
            return false;
        }
        long record = at(thread);
        ThreadRecord.LIVE.set(memory, record, 1);
        ThreadRecord.BOX.set(memory, record, box);
        ThreadRecord.OWN_STACK.set(memory, record, given == 0 ? 1 : 0);
        ThreadRecord.STACK.set(memory, record, given == 0 ? own : stack);
        ThreadRecord.STACK_BYTES.set(memory, record, given);
        ThreadRecord.THREAD_LOCAL.set(memory, record, local);
        return true;
    }

    /** Ends a live thread. */
    void end(int thread) {
        long record = at(thread);
        int box = box(thread);
        long heap = heap(thread);
        boolean isOfBlocks = heap != 0 && ThreadRecord.HEAP_BYTES.get(memory, record) == 0;
        long stack = ThreadRecord.OWN_STACK.get(memory, record) != 0 ? stack(thread) : 0;
        long local = threadLocal(thread);
        if (active() == thread) {
            setActive(NONE);
        }
        memory.clear(record, ThreadRecord.RECORD);
        if (isOfBlocks && !isHeapOfAnother(heap)) {
            // a box that has spoilt the heap's table keeps the blocks, and can give them back one by one
            destroy(box, heap);
        }
        if (local != 0) {
            processes.free(heaps, box, local);
        }
        if (stack != 0) {
            processes.free(heaps, box, stack);
        }
        for (int block = pool.first(); block < pool.end(); block++) {
            if (threadOf(block) == thread) {
                int heir = userOf(block);
                setThreadOf(block, heir);
                if (heir == NONE) {
                    pool.giveBack(box, pool.geometry().addressOf(block));
                }
            }
        }
    }

    HeapAnswer destroy(int box, long heap) {
        return heaps.destroy(box, heap, processes.heap(box));
    }

    /** Whether a live thread has memory in a block. */
    boolean isUsed(int block) {
        return userOf(block) != NONE;
    }

    private int free() {
        for (int thread = 0; thread < ThreadRecord.MOST; thread++) {
            if (!isLive(thread)) {
                return thread;
            }
        }
        return NONE;
    }

    /** Whether memory is in blocks of the box, or in its process heap. */
    private boolean owns(int box, long start, long bytes) {
        if (start < 0 || bytes < 0 || bytes > pool.geometry().end()) {
            return false;
        }
        int first = pool.geometry().blockAt(start);
        int last = pool.geometry().blockAt(start + bytes - 1);
        boolean inPool = pool.isInside(first) && pool.isInside(last);
        for (int block = first; inPool && block <= last; block++) {
            inPool = pool.owner(block) == box;
        }
        if (inPool) {
            return true;
        }
        long heap = processes.heap(box);
        return heap != 0 && heaps.contains(heap, start) && heaps.contains(heap, start + bytes - 1);
    }

    /** Whether an address is that of a heap whose table is in the box's process heap and whose blocks are the box's. */
    boolean isHeapOfBlocks(int box, long heap) {
        long process = processes.heap(box);
        if (process == 0 || !heaps.isAllocated(process, heap) || heaps.isStatic(heap)) {
            return false;
        }
        long count = heaps.stretches(heap);
        boolean owned = count <= pool.owned(box);
        for (long i = 0; owned && i < count; i++) {
            int block = pool.geometry().blockAt(heaps.stretch(heap, i));
            owned = pool.isInside(block) && pool.owner(block) == box;
        }
        return owned;
    }

    /** Whether a live thread has a heap. */
    boolean isHeapOfAnother(long heap) {
        for (int thread = 0; thread < ThreadRecord.MOST; thread++) {
            if (isLive(thread) && heap(thread) == heap) {
                return true;
            }
        }
        return false;
    }

    private static long usable(long start, long bytes) {
        long from = (start + ALIGNMENT - 1) & -ALIGNMENT;
        return (start + bytes - from) & -ALIGNMENT;
    }

    private boolean isTaken(long start, long bytes) {
        for (int thread = 0; thread < ThreadRecord.MOST; thread++) {
            if (isLive(thread) && meets(thread, start, bytes)) {
                return true;
            }
        }
        return false;
    }

    /** The thread, other than one that has ended, with memory in a block. */
    private int userOf(int block) {
        long start = pool.geometry().addressOf(block);
        for (int thread = 0; thread < ThreadRecord.MOST; thread++) {
            if (isLive(thread) && meets(thread, start, pool.geometry().blockBytes())) {
                return thread;
            }
        }
        return NONE;
    }

    private boolean meets(int thread, long start, long bytes) {
        long record = at(thread);
        return meet(
                        ThreadRecord.HEAP_START.get(memory, record),
                        ThreadRecord.HEAP_BYTES.get(memory, record),
                        start,
                        bytes)
                || meet(
                        ThreadRecord.STACK.get(memory, record),
                        ThreadRecord.STACK_BYTES.get(memory, record),
                        start,
                        bytes);
    }

    private static boolean meet(long start, long bytes, long otherStart, long otherBytes) {
        return start < otherStart + otherBytes && otherStart < start + bytes && bytes != 0 && otherBytes != 0;
    }

    /** The blocks of a range go with a thread from now on. */
    private void claim(int thread, long start, long bytes) {
        int first = pool.geometry().blockAt(start);
        int last = pool.geometry().blockAt(start + bytes - 1);
        for (int block = first; pool.isInside(block) && block <= last; block++) {
            setThreadOf(block, thread);
        }
    }

    private long at(int thread) {
        return ThreadRecord.at(table, thread);
    }

    private long mark(int block) {
        return blockThreads + (long) block * Integer.BYTES;
    }
}
