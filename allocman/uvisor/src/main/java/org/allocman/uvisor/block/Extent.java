package org.allocman.uvisor.block;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HierarchicalBitmap;

/**
 * Which blocks are the pool's: a stretch that grows towards the side with more room, and shrinks when its edge is free. Below
 * it is the arena, above it the stack, and between them blocks that are nobody's yet.
 */
final class Extent {
    private final Memory memory;
    private final long state;
    private final HierarchicalBitmap free;

    Extent(Memory memory, long state, HierarchicalBitmap free) {
        this.memory = memory;
        this.state = state;
        this.free = free;
    }

    void initialise(int first, int end, int top) {
        PoolRecord.FIRST.set(memory, state, first);
        PoolRecord.END.set(memory, state, end);
        PoolRecord.FREE.set(memory, state, end - first);
        PoolRecord.TOP.set(memory, state, top);
        for (int block = first; block < end; block++) {
            free.add(block);
        }
    }

    int first() {
        return (int) PoolRecord.FIRST.get(memory, state);
    }

    int end() {
        return (int) PoolRecord.END.get(memory, state);
    }

    /** How many blocks the arena below has. */
    int bottom() {
        return (int) PoolRecord.BOTTOM.get(memory, state);
    }

    void setBottom(int block) {
        PoolRecord.BOTTOM.set(memory, state, block);
    }

    /** The lowest block of the stack above. */
    int top() {
        return (int) PoolRecord.TOP.get(memory, state);
    }

    void setTop(int block) {
        PoolRecord.TOP.set(memory, state, block);
    }

    boolean isInside(int block) {
        return block >= first() && block < end();
    }

    int below() {
        return first() - bottom();
    }

    int above() {
        return top() - end();
    }

    /** How many blocks the pool can grow by. */
    int room() {
        return below() + above();
    }

    long freeBlocks() {
        return PoolRecord.FREE.get(memory, state);
    }

    void addFree(int block) {
        free.add(block);
        PoolRecord.FREE.add(memory, state, 1);
    }

    void removeFree(int block) {
        free.remove(block);
        PoolRecord.FREE.add(memory, state, -1);
    }

    /** Makes the pool a block larger, towards the side with more room; there is some. The block is answered. */
    int expand() {
        if (above() >= below()) {
            expandAbove();
            return end() - 1;
        }
        expandBelow();
        return first();
    }

    void expandAbove() {
        int block = end();
        PoolRecord.END.set(memory, state, block + 1L);
        addFree(block);
    }

    void expandBelow() {
        int block = first() - 1;
        PoolRecord.FIRST.set(memory, state, block);
        addFree(block);
    }

    /** Grows until a block between arena and stack is inside. */
    void include(int block) {
        if (first() == end()) {
            moveTo(block);
        }
        while (block < first()) {
            expandBelow();
        }
        while (block >= end()) {
            expandAbove();
        }
    }

    /** Makes the pool what it was before; blocks that come or go are free. */
    void restore(int first, int end) {
        if (first == end) {
            shrinkTo(end(), end());
            moveTo(first);
            return;
        }
        if (first() == end()) {
            moveTo(first);
        }
        while (first() > first) {
            expandBelow();
        }
        while (end() < end) {
            expandAbove();
        }
        shrinkTo(first, end);
    }

    /** Shrinks as far as blocks in use allow; an empty pool begins anew in the middle. */
    void trim() {
        int first = first();
        int end = end();
        while (first < end && free.contains(first)) {
            first++;
        }
        while (end > first && free.contains(end - 1L)) {
            end--;
        }
        shrinkTo(first, end);
        if (first == end) {
            moveTo(bottom() + (top() - bottom()) / 2);
        }
    }

    /** Gives the arena the block at its end, which is free or nobody's. */
    void releaseLowest() {
        int block = bottom();
        if (first() == end()) {
            // an empty pool steps aside
            moveTo(Math.max(first(), block + 1));
        } else if (block == first()) {
            shrinkTo(block + 1, end());
        }
        setBottom(block + 1);
    }

    /** Gives the stack the block below it, which is free or nobody's. */
    void releaseHighest() {
        int block = top() - 1;
        if (first() == end()) {
            moveTo(Math.min(first(), block));
        } else if (block == end() - 1) {
            shrinkTo(first(), block);
        }
        setTop(block);
    }

    private void shrinkTo(int first, int end) {
        while (first() < first) {
            int block = first();
            removeFree(block);
            PoolRecord.FIRST.set(memory, state, block + 1L);
        }
        while (end() > end) {
            int block = end() - 1;
            removeFree(block);
            PoolRecord.END.set(memory, state, block);
        }
    }

    private void moveTo(int block) {
        PoolRecord.FIRST.set(memory, state, block);
        PoolRecord.END.set(memory, state, block);
    }
}
