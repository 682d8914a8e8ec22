package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HierarchicalBitmap;

/**
 * Equal blocks and who owns them. {@link PageCalls} are uVisor's own calls on it.
 *
 * <p>The object is a view; all it knows lies in memory. The pool's own blocks are a stretch of the geometry's, which grows
 * when more are wanted; see {@link TopLevel} for what is below and above.
 */
public final class BlockPool {
    /** In place of a block or a box: there is none. */
    public static final int NONE = -1;

    /** The box whose blocks every box may read. */
    public static final int PUBLIC_BOX = 0;

    /** A quota that is none. */
    public static final long NO_QUOTA = 0xffff_ffffL;

    /** The most boxes; an owner is a byte. */
    public static final int MOST_BOXES = 64;

    private final Memory memory;
    private final BlockGeometry geometry;
    private final BlockSource source;
    private final int boxes;
    private final @PhysAddr long state;
    private final HierarchicalBitmap free;
    private final Extent extent;
    private final BlockOwners owners;
    private final FaultCounters faults;
    private final OwnedBlocks blocks;
    private final BlockRunAllocator runs;

    /**
     * A view of the pool whose book-keeping is at an address.
     *
     * @param memory the memory of the book-keeping and of the blocks, as privileged code sees it
     * @param geometry where the blocks are
     * @param source where their memory comes from
     * @param boxes how many boxes there can be, 1 to {@link #MOST_BOXES}
     * @param state address of {@link #stateBytes} bytes, a multiple of 8
     */
    public BlockPool(Memory memory, BlockGeometry geometry, BlockSource source, int boxes, @PhysAddr long state) {
        this.memory = memory;
        this.geometry = geometry;
        this.source = source;
        this.boxes = boxes;
        this.state = state;
        long at = state + PoolRecord.bytes(boxes);
        this.free = new HierarchicalBitmap(memory, at, Math.max(1, geometry.count()));
        at += HierarchicalBitmap.bytesFor(Math.max(1, geometry.count()));
        this.owners = new BlockOwners(memory, geometry, boxes, at);
        at += BlockOwners.bytes(geometry, boxes);
        this.faults = new FaultCounters(memory, at, geometry.count());
        this.extent = new Extent(memory, state, free);
        this.blocks = new OwnedBlocks(memory, geometry, source, state, owners, faults, extent);
        this.runs = new BlockRunAllocator(free, extent, blocks);
    }

    /**
     * The memory the book-keeping takes.
     *
     * @param geometry where the blocks are
     * @param boxes how many boxes there can be
     * @return bytes, a multiple of 8
     */
    public static @Bytes long stateBytes(BlockGeometry geometry, int boxes) {
        return PoolRecord.bytes(boxes)
                + HierarchicalBitmap.bytesFor(Math.max(1, geometry.count()))
                + BlockOwners.bytes(geometry, boxes)
                + FaultCounters.bytes(geometry.count());
    }

    /** Makes all blocks the pool's, and free. Once only, when the book-keeping is all zero. */
    public void initialiseWhole() {
        initialise(0, geometry.count());
    }

    /** Begins in the middle, with a pool that has no blocks yet. Once only, when the book-keeping is all zero. */
    public void initialiseEmpty() {
        initialise(geometry.count() / 2, geometry.count() / 2);
    }

    private void initialise(int first, int end) {
        extent.initialise(first, end, geometry.count());
        for (int box = 0; box < boxes; box++) {
            PoolRecord.setQuota(memory, state, box, NO_QUOTA);
        }
    }

    /** {@return where the blocks are} */
    public BlockGeometry geometry() {
        return geometry;
    }

    /**
     * How many boxes there can be.
     *
     * @return the number, box 0 counted
     */
    public int boxes() {
        return boxes;
    }

    /**
     * How many blocks nobody uses, those counted that the pool would have to grow by.
     *
     * @return a number of blocks
     */
    public long available() {
        return extent.freeBlocks() + extent.room();
    }

    /** {@return the number of the pool's lowest block} */
    public int first() {
        return extent.first();
    }

    /** {@return the end of the pool: one more than the number of its highest block, equal to {@link #first} if the pool has no blocks} */
    public int end() {
        return extent.end();
    }

    /**
     * How many of the pool's blocks a box owns.
     *
     * @param box which
     * @return a number of blocks
     */
    public long owned(int box) {
        return PoolRecord.owned(memory, state, box);
    }

    /**
     * The most blocks that a box may own.
     *
     * @param box which
     * @return a number of blocks, {@link #NO_QUOTA} for any
     */
    public long quota(int box) {
        return PoolRecord.quota(memory, state, box);
    }

    /**
     * Limits the blocks of a box. What it has it keeps.
     *
     * @param box which
     * @param blocks the most it may own, {@link #NO_QUOTA} for any
     */
    public void setQuota(int box, long blocks) {
        PoolRecord.setQuota(memory, state, box, blocks);
    }

    /**
     * Who owns a block. The arena's and the stack's blocks are box 0's.
     *
     * @param block its number
     * @return the box, or {@link #NONE}
     */
    public int owner(int block) {
        return owners.owner(block);
    }

    /**
     * Whether a block is one of the pool's and nobody's.
     *
     * @param block its number
     * @return true if so
     */
    public boolean isFree(int block) {
        return free.contains(block);
    }

    /**
     * Whether a block is one of the pool's, free or not.
     *
     * @param block its number
     * @return true if so
     */
    public boolean isInside(int block) {
        return extent.isInside(block);
    }

    /** Why a box may not have so many blocks more, if it may not. */
    PageError mayHave(int box, long count) {
        if (count > available()) {
            return PageError.OUT_OF_MEMORY;
        }
        return count > quota(box) - owned(box) ? PageError.QUOTA_EXCEEDED : PageError.OK;
    }

    /** Why a box may not free a block, if it may not. */
    PageError mayFree(int box, int block) {
        if (block == NONE) {
            return PageError.INVALID_PAGE_ORIGIN;
        }
        return owners.owner(block) == box && extent.isInside(block) ? PageError.OK : PageError.INVALID_PAGE_OWNER;
    }

    /**
     * Hands out one block, all zero.
     *
     * @param box who wants it
     * @return its number, or {@link #NONE} if there is none or the box may have no more
     */
    public int take(int box) {
        return mayHave(box, 1) == PageError.OK ? takeNext(box, 0) : NONE;
    }

    /**
     * Hands out a certain block, all zero.
     *
     * @param box who wants it
     * @param block its number, 0 to count - 1
     * @return false if it is in use, or the box may have no more
     */
    public boolean takeAt(int box, int block) {
        if (block < extent.bottom() || block >= extent.top() || mayHave(box, 1) != PageError.OK) {
            return false;
        }
        int first = first();
        int end = end();
        extent.include(block);
        if (free.contains(block) && blocks.give(block, box)) {
            return true;
        }
        extent.restore(first, end);
        return false;
    }

    /**
     * Hands out blocks that lie one behind the other, all zero.
     *
     * @param box who wants them
     * @param count how many, 1 or more
     * @return the number of the first, or {@link #NONE} if there is no such run or the box may not have so many
     */
    public int takeRun(int box, int count) {
        return mayHave(box, count) == PageError.OK ? runs.take(box, count) : NONE;
    }

    /** Hands out certain blocks that lie one behind the other and are nobody's; false, with nothing changed, if one cannot be had. */
    boolean takeRunAt(int box, int run, int count) {
        return mayHave(box, count) == PageError.OK && runs.takeAt(box, run, count);
    }

    /**
     * Takes a block back and clears it.
     *
     * @param box whose it is
     * @param address any address within the block
     * @return {@link PageError#OK}, or why nothing was done
     */
    public PageError giveBack(int box, @PhysAddr long address) {
        int block = geometry.blockAt(address);
        PageError refusal = mayFree(box, block);
        if (refusal == PageError.OK) {
            blocks.release(block, box);
        }
        return refusal;
    }

    /** Makes the pool as small as the blocks in use allow, and gives back memory that a kernel did not let go of before. */
    public void trim() {
        extent.trim();
        for (int block = 0; block < geometry.count(); block++) {
            if (owners.owner(block) == NONE) {
                source.settle(block);
            }
        }
    }

    /** Gives the lowest free block from one on, or else one that the pool grows by; or {@link #NONE}. */
    int takeNext(int box, int from) {
        long block = free.leastFrom(from);
        while (block >= 0 && !blocks.give((int) block, box)) {
            block = free.leastFrom(block + 1);
        }
        while (block < 0 && extent.room() > 0) {
            int fresh = extent.expand();
            block = blocks.give(fresh, box) ? fresh : NONE;
        }
        return (int) block;
    }

    /**
     * Counts a fault in a block.
     *
     * @param block its number; others are passed over
     */
    public void registerFault(int block) {
        faults.count(block);
    }

    /**
     * The faults in a block since it was handed out.
     *
     * @param block its number
     * @return how many; 0 for a number that is no block's
     */
    public long faults(int block) {
        return faults.get(block);
    }

    /**
     * Begins to count a block's faults anew.
     *
     * @param block its number; others are passed over
     */
    public void resetFaults(int block) {
        faults.reset(block);
    }

    OwnedBlocks blocks() {
        return blocks;
    }

    BlockOwners owners() {
        return owners;
    }

    Extent extent() {
        return extent;
    }
}
