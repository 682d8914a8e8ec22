package org.allocman.uvisor.block;

import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.rules.PageError;

/**
 * Which blocks a box may reach: its own, and those of box 0, which every box may read. The answers are those of uVisor, but
 * its walk over eights misses the lowest one where the blocks' end is no multiple of eight blocks; this one visits all.
 */
public final class ActiveBlocks {
    private final BlockPool pool;
    private final BlockGeometry geometry;
    private final BlockOwners owners;

    /** What is done with each block. */
    @FunctionalInterface
    public interface BlockVisitor {
        /**
         * Called with a block.
         *
         * @param start its first byte
         * @param end one past its last byte
         * @param index its number, counted in the direction of the walk
         * @return false to end the walk
         */
        boolean visit(@PhysAddr long start, @PhysAddr long end, int index);
    }

    /** What is done with each eight of blocks. */
    @FunctionalInterface
    public interface MaskVisitor {
        /**
         * Called with an octet that is not empty.
         *
         * @param mask a bit for each block that the box may reach
         * @param index the octet's number, counted in the direction of the walk, empty ones too
         * @return false to end the walk
         */
        boolean visit(int mask, int index);
    }

    /**
     * Questions about a pool.
     *
     * @param pool the pool
     */
    public ActiveBlocks(BlockPool pool) {
        this.pool = pool;
        this.geometry = pool.geometry();
        this.owners = pool.owners();
    }

    /**
     * Whether a box may reach a block.
     *
     * @param box which
     * @param block the block's number
     * @return true if it is the box's own or box 0's
     */
    public boolean isActive(int box, int block) {
        int owner = pool.owner(block);
        return owner == box || owner == BlockPool.PUBLIC_BOX;
    }

    /**
     * Whether a box may touch a range.
     *
     * @param box which
     * @param start the first byte
     * @param last the last byte
     * @return {@link PageError#OK}; {@link PageError#INVALID_PAGE_OWNER} if the two are not in one block; else {@link
     *     PageError#INVALID_PAGE_ORIGIN}
     */
    public PageError checkRange(int box, @PhysAddr long start, @PhysAddr long last) {
        int block = geometry.blockAt(start);
        if (block != geometry.blockAt(last)) {
            return PageError.INVALID_PAGE_OWNER;
        }
        return block != BlockPool.NONE && isActive(box, block) ? PageError.OK : PageError.INVALID_PAGE_ORIGIN;
    }

    /**
     * Whether an address is in a block that a box may reach.
     *
     * @param box which
     * @param address any address
     * @return {@link PageError#OK}; {@link PageError#INVALID_PAGE_ORIGIN} if it is in no block; {@link
     *     PageError#INVALID_PAGE_OWNER} if the box may not reach it
     */
    public PageError check(int box, @PhysAddr long address) {
        int block = geometry.blockAt(address);
        if (block == BlockPool.NONE) {
            return PageError.INVALID_PAGE_ORIGIN;
        }
        return isActive(box, block) ? PageError.OK : PageError.INVALID_PAGE_OWNER;
    }

    /**
     * The blocks of an octet that a box may reach.
     *
     * @param box which
     * @param octet the index of eight bits in the map
     * @return a bit for each, the lowest address first
     */
    public int mask(int box, int octet) {
        return ownMask(box, octet) | ownMask(BlockPool.PUBLIC_BOX, octet);
    }

    /**
     * The blocks of an octet that a box owns.
     *
     * @param box which
     * @param octet the index of eight bits in the map
     * @return a bit for each, the lowest address first
     */
    public int ownMask(int box, int octet) {
        return owners.mask(octet, box);
    }

    /**
     * The highest octet with a block that a box owns.
     *
     * @param box which
     * @return its index in the map, or {@link BlockPool#NONE}
     */
    public int highestOctet(int box) {
        return owners.highestOctet(box, Integer.MAX_VALUE);
    }

    /**
     * Visits the blocks that a box may reach.
     *
     * @param box which
     * @param forward true to begin with the lowest address
     * @param visitor what to do with each
     * @return how many were visited
     */
    public int forEachBlock(int box, boolean forward, BlockVisitor visitor) {
        int visited = 0;
        for (int index = 0; index < geometry.count(); index++) {
            int block = forward ? index : geometry.count() - 1 - index;
            if (isActive(box, block)) {
                visited++;
                long start = geometry.addressOf(block);
                if (!visitor.visit(start, start + geometry.blockBytes(), index)) {
                    break;
                }
            }
        }
        return visited;
    }

    /**
     * Visits the octets in which a box may reach blocks.
     *
     * @param box which
     * @param forward true to begin with the lowest address
     * @param visitor what to do with each
     * @return how many were visited
     */
    public int forEachMask(int box, boolean forward, MaskVisitor visitor) {
        int visited = 0;
        for (int index = 0; index < geometry.octets(); index++) {
            int octet = geometry.firstOctet() + (forward ? index : geometry.octets() - 1 - index);
            int mask = mask(box, octet);
            if (mask != 0) {
                visited++;
                if (!visitor.visit(mask, index)) {
                    break;
                }
            }
        }
        return visited;
    }
}
