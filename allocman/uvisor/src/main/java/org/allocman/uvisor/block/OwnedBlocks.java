package org.allocman.uvisor.block;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;

/** Blocks as they change hands, one at a time: memory from where it comes, owner, number owned, faults; what nobody owns is zero. */
final class OwnedBlocks {
    private final Memory memory;
    private final BlockGeometry geometry;
    private final BlockSource source;
    private final @PhysAddr long state;
    private final BlockOwners owners;
    private final FaultCounters faults;
    private final Extent extent;

    OwnedBlocks(
            Memory memory,
            BlockGeometry geometry,
            BlockSource source,
            @PhysAddr long state,
            BlockOwners owners,
            FaultCounters faults,
            Extent extent) {
        this.memory = memory;
        this.geometry = geometry;
        this.source = source;
        this.state = state;
        this.owners = owners;
        this.faults = faults;
        this.extent = extent;
    }

    /** Gives a free block of the pool's to a box, all zero; false, with nothing changed, if its memory cannot be had. */
    boolean give(int block, int box) {
        if (!source.obtain(block)) {
            return false;
        }
        extent.removeFree(block);
        owners.give(block, box);
        addOwned(box, 1);
        faults.reset(block);
        clear(block);
        return true;
    }

    /** Takes a block of the pool's back from a box. */
    void release(int block, int box) {
        owners.take(block, box);
        extent.addFree(block);
        addOwned(box, -1);
        releaseObject(block);
    }

    /** Gives a block that is not the pool's to box 0, which no quota counts; false, with nothing changed, if its memory cannot be had. */
    boolean claim(int block) {
        if (!source.obtain(block)) {
            return false;
        }
        owners.give(block, BlockPool.PUBLIC_BOX);
        faults.reset(block);
        clear(block);
        return true;
    }

    /** Takes back what was claimed. */
    void unclaim(int block) {
        owners.take(block, BlockPool.PUBLIC_BOX);
        releaseObject(block);
    }

    /** What is free is zero, and whoever the memory comes from has it. */
    void releaseObject(int block) {
        clear(block);
        source.giveBack(block);
    }

    void addOwned(int box, int delta) {
        PoolRecord.addOwned(memory, state, box, delta);
    }

    private void clear(int block) {
        memory.clear(geometry.addressOf(block), geometry.blockBytes());
    }
}
