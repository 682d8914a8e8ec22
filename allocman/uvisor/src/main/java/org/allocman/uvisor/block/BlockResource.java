package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.uvisor.rules.PageError;

/** The blocks of a pool as a kind of memory; its owners are boxes. The blocks of arena and stack belong to box 0. */
public final class BlockResource implements ResourceType {
    private final BlockPool pool;
    private final BlockGeometry geometry;

    /**
     * A pool's blocks.
     *
     * @param pool the pool
     */
    public BlockResource(BlockPool pool) {
        this.pool = pool;
        this.geometry = pool.geometry();
    }

    @Override
    public String unitName() {
        return "block";
    }

    @Override
    public @Bytes long unitBytes() {
        return geometry.blockBytes();
    }

    @Override
    public long units() {
        return geometry.count();
    }

    @Override
    public String ownerName(int owner) {
        return owner == NOBODY ? "free" : "box " + owner;
    }

    @Override
    public @PhysAddr long address(long unit) {
        return geometry.addressOf((int) unit);
    }

    @Override
    public int owner(long unit) {
        int owner = pool.owner((int) unit);
        return owner == BlockPool.NONE ? NOBODY : owner;
    }

    @Override
    public long claimAt(@PhysAddr long address, int owner) {
        int block = geometry.blockAt(address);
        if (block == BlockPool.NONE) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (address != geometry.addressOf(block)) {
            return ResourceRefusal.UNALIGNED.code();
        }
        if (!isBox(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if (pool.owner(block) != BlockPool.NONE) {
            return pool.owner(block) == owner ? block : ResourceRefusal.IN_USE.code();
        }
        if (pool.owned(owner) >= pool.quota(owner)) {
            return ResourceRefusal.OVER_QUOTA.code();
        }
        return pool.takeAt(owner, block) ? block : ResourceRefusal.MEMORY_REFUSED.code();
    }

    @Override
    public long claimAny(int owner) {
        if (!isBox(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        PageError refusal = pool.mayHave(owner, 1);
        if (refusal != PageError.OK) {
            return (refusal == PageError.QUOTA_EXCEEDED ? ResourceRefusal.OVER_QUOTA : ResourceRefusal.EXHAUSTED)
                    .code();
        }
        int block = pool.take(owner);
        return block == BlockPool.NONE ? ResourceRefusal.MEMORY_REFUSED.code() : block;
    }

    /** {@inheritDoc} The lowest run that fits is taken, wherever the pool is. */
    @Override
    public long claimRun(long count, Placement placement, int owner) {
        if (count < 1 || count > geometry.count()) {
            return ResourceRefusal.ILLEGAL_COUNT.code();
        }
        if (!isBox(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if (count > pool.quota(owner) - pool.owned(owner)) {
            return ResourceRefusal.OVER_QUOTA.code();
        }
        int blocks = (int) count;
        ResourceRefusal refusal = ResourceRefusal.EXHAUSTED;
        for (int first = 0; first + blocks <= geometry.count(); first++) {
            if (placement.allows(geometry.addressOf(first), count * geometry.blockBytes())
                    && areNobodys(first, blocks)) {
                if (pool.takeRunAt(owner, first, blocks)) {
                    return first;
                }
                refusal = ResourceRefusal.MEMORY_REFUSED;
            }
        }
        return refusal.code();
    }

    private boolean areNobodys(int first, int count) {
        int block = first;
        while (block < first + count && pool.owner(block) == BlockPool.NONE) {
            block++;
        }
        return block == first + count;
    }

    @Override
    public long release(long unit, int owner) {
        if (unit < 0 || unit >= geometry.count()) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (!isBox(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        boolean done = pool.giveBack(owner, geometry.addressOf((int) unit)) == PageError.OK;
        return done ? unit : ResourceRefusal.IN_USE.code();
    }

    @Override
    public long releaseAll(int owner) {
        if (!isBox(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        long released = 0;
        for (int octet = pool.owners().highestOctet(owner, Integer.MAX_VALUE);
                octet != BlockPool.NONE;
                octet = pool.owners().highestOctet(owner, octet - 1)) {
            for (int mask = pool.owners().mask(octet, owner); mask != 0; mask &= mask - 1) {
                int block = octet * BlockGeometry.EIGHT + Integer.numberOfTrailingZeros(mask) - geometry.shift();
                if (pool.giveBack(owner, geometry.addressOf(block)) == PageError.OK) {
                    released++;
                }
            }
        }
        return released;
    }

    @Override
    public @Bytes long tableBytes() {
        return BlockPool.stateBytes(geometry, pool.boxes());
    }

    private boolean isBox(int owner) {
        return owner >= 0 && owner < pool.boxes();
    }
}
