package org.allocman.uvisor;

import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.heap.SecureHeaps;
import org.allocman.vka.Memory;

/**
 * The heaps of processes. A box's lies in its static memory; that of box 0 is the arena, which grows by blocks when it is full
 * and gives blocks back when its end is free.
 */
final class ProcessHeaps {
    private static final int PUBLIC_BOX = 0;
    // what a chunk and a free one before it can need beside what is asked for
    private static final long SLACK = 64;

    static final long ALIGNMENT = 8;

    private final Memory memory;
    private final TopLevel top;
    private final long blockBytes;
    private final long table;

    ProcessHeaps(Memory memory, TopLevel top, long blockBytes, long table) {
        this.memory = memory;
        this.top = top;
        this.blockBytes = blockBytes;
        this.table = table;
    }

    long heap(int box) {
        return BoxRecord.heap(memory, table, box);
    }

    void setHeap(int box, long heap) {
        BoxRecord.setHeap(memory, table, box, heap);
    }

    long threadLocal(int box) {
        return BoxRecord.threadLocal(memory, table, box);
    }

    void setThreadLocal(int box, long bytes) {
        BoxRecord.setThreadLocal(memory, table, box, bytes);
    }

    long malloc(SecureHeaps heaps, int box, long bytes, long alignment) {
        long heap = heap(box);
        long address =
                heap == SecureHeaps.NONE ? without(box, alignment, bytes) : heaps.alignedAlloc(heap, alignment, bytes);
        boolean isFull = address == HeapRefusal.NO_MEMORY.code();
        if (!isFull || box != PUBLIC_BOX || !grow(heaps, bytes, alignment)) {
            return address;
        }
        address = heaps.alignedAlloc(heap(box), alignment, bytes);
        if (HeapRefusal.isRefusal(address)) {
            reclaim(heaps);
        }
        return address;
    }

    /** Makes what is in a box's heap larger or smaller, there or elsewhere in it; a refusal changes nothing. */
    long realloc(SecureHeaps heaps, int box, long address, long bytes) {
        long heap = heap(box);
        if (heap == SecureHeaps.NONE || !heaps.isAllocated(heap, address)) {
            return HeapRefusal.NOT_ALLOCATED.code();
        }
        long moved = heaps.realloc(heap, address, bytes);
        if (!HeapRefusal.isRefusal(moved)) {
            return moved;
        }
        moved = malloc(heaps, box, bytes, ALIGNMENT);
        if (!HeapRefusal.isRefusal(moved)) {
            heaps.copy(address, moved);
            free(heaps, box, address);
        }
        return moved;
    }

    /** Makes a heap of blocks, whose table is in the box's own heap; box 0's begins for it if it must. */
    long createHeap(SecureHeaps heaps, int box, long bytes, long most) {
        if (heap(box) != SecureHeaps.NONE) {
            return heaps.createOfBlocks(box, bytes, most, heap(box));
        }
        if (box != PUBLIC_BOX) {
            return HeapRefusal.NO_HEAP.code();
        }
        long first = malloc(heaps, box, 0, ALIGNMENT);
        if (HeapRefusal.isRefusal(first)) {
            return HeapRefusal.NO_TABLE.code();
        }
        long heap = heaps.createOfBlocks(box, bytes, most, heap(box));
        free(heaps, box, first);
        return heap;
    }

    /** What a box without a heap is told; box 0's begins when it is first wanted. */
    private static long without(int box, long alignment, long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            return HeapRefusal.TOO_LARGE.code();
        }
        if (Long.bitCount(alignment) != 1 || alignment < 0) {
            return HeapRefusal.BAD_ALIGNMENT.code();
        }
        return (box == PUBLIC_BOX ? HeapRefusal.NO_MEMORY : HeapRefusal.NO_HEAP).code();
    }

    private boolean grow(SecureHeaps heaps, long bytes, long alignment) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE || alignment < 0 || alignment > Integer.MAX_VALUE) {
            return false;
        }
        long heap = heap(PUBLIC_BOX);
        long end = top.end();
        long wanted = bytes + alignment + SLACK;
        if (heap == SecureHeaps.NONE) {
            long more = up(end + wanted + SecureHeaps.OVERHEAD) - end;
            if (top.sbrk(more) == TopLevel.REFUSED) {
                return false;
            }
            setHeap(PUBLIC_BOX, heaps.createInMemory(end, more));
            return true;
        }
        boolean isLast = end == heap + heaps.bytes(heap);
        long more = up(wanted);
        if (!isLast || top.sbrk(more) == TopLevel.REFUSED) {
            return false;
        }
        heaps.extend(heap, more);
        return true;
    }

    private long up(long bytes) {
        return (bytes + blockBytes - 1) / blockBytes * blockBytes;
    }

    HeapAnswer free(SecureHeaps heaps, int box, long address) {
        long heap = heap(box);
        if (heap == SecureHeaps.NONE) {
            return HeapAnswer.NOT_IN_HEAP;
        }
        HeapAnswer answer = heaps.free(heap, address);
        if (answer == HeapAnswer.OK && box == PUBLIC_BOX) {
            reclaim(heaps);
        }
        return answer;
    }

    /** Gives the blocks back that are free at the arena's end. */
    private void reclaim(SecureHeaps heaps) {
        long heap = heap(PUBLIC_BOX);
        if (top.end() != heap + heaps.bytes(heap)) {
            return;
        }
        if (heaps.used(heap) == 0) {
            setHeap(PUBLIC_BOX, SecureHeaps.NONE);
            top.sbrk(-heaps.bytes(heap));
            return;
        }
        top.sbrk(-heaps.shrink(heap, blockBytes));
    }
}
