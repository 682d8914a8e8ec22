package org.allocman.uvisor.block;

/** The two edges between arena, pool and stack. Each moves by a block that nobody uses, which becomes box 0's or stops being so. */
final class PoolEdges {
    private final BlockPool pool;
    private final Extent extent;
    private final OwnedBlocks blocks;

    PoolEdges(BlockPool pool) {
        this.pool = pool;
        this.extent = pool.extent();
        this.blocks = pool.blocks();
    }

    /** How many blocks the arena below has. */
    int bottom() {
        return extent.bottom();
    }

    /** The lowest block of the stack above. */
    int top() {
        return extent.top();
    }

    /** Moves the lowest block that nobody uses to the arena; false, with nothing changed, if there is none next to it. */
    boolean growBottom() {
        if (!claim(bottom())) {
            return false;
        }
        extent.releaseLowest();
        return true;
    }

    /** Gives the arena's highest block back, cleared. */
    void shrinkBottom() {
        int block = bottom() - 1;
        extent.setBottom(block);
        blocks.unclaim(block);
    }

    /** Moves the highest block that nobody uses to the stack; false, with nothing changed, if there is none next to it. */
    boolean growTop() {
        if (!claim(top() - 1)) {
            return false;
        }
        extent.releaseHighest();
        return true;
    }

    /** Takes the stack's lowest block away again, which was just claimed and never used. */
    void undoGrowTop() {
        int block = top();
        extent.setTop(block + 1);
        blocks.unclaim(block);
    }

    private boolean claim(int block) {
        boolean isUsed = bottom() == top() || extent.isInside(block) && !pool.isFree(block);
        return !isUsed && blocks.claim(block);
    }
}
