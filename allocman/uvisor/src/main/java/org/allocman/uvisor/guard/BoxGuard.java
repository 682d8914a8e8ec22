package org.allocman.uvisor.guard;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.block.ActiveBlocks;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.vka.Memory;
import org.allocman.vka.Mpu;

/**
 * Says which box is active, and lets it reach what is its own: its regions of the {@link AclTable}, its blocks, and for
 * reading the blocks of box 0. What does not fit into the MPU is swapped in when it faults.
 */
public final class BoxGuard {
    // uVisor's priorities
    private static final int STACK = 255;
    private static final int BLOCKS = 100;
    private static final int FAULTED = 3;
    private static final int OTHER = 2;

    private static final int EIGHT = 8;
    private static final int ALL_EIGHTHS = 0xff;

    private final Mpu mpu;
    private final BlockPool pool;
    private final BlockGeometry geometry;
    private final ActiveBlocks blocks;
    private final AclTable acls;
    private final RegionSlots slots;

    /**
     * A view of the guard whose state is at an address.
     *
     * @param mpu the hardware
     * @param memory the memory as privileged code sees it
     * @param pool the blocks
     * @param acls what boxes may reach beside blocks
     * @param state address of {@link #stateBytes} bytes, a multiple of 16
     */
    public BoxGuard(Mpu mpu, Memory memory, BlockPool pool, AclTable acls, @PhysAddr long state) {
        this.mpu = mpu;
        this.pool = pool;
        this.geometry = pool.geometry();
        this.blocks = new ActiveBlocks(pool);
        this.acls = acls;
        this.slots = new RegionSlots(memory, state, mpu.regions());
    }

    /**
     * The memory the state takes.
     *
     * @param mpu the hardware
     * @return bytes, a multiple of 16
     */
    public static @Bytes long stateBytes(Mpu mpu) {
        return RegionSlots.bytes(mpu.regions());
    }

    /**
     * The box that runs.
     *
     * @return its number; 0 at first
     */
    public int active() {
        return slots.active();
    }

    /**
     * Lets another box run: what the one before could reach goes, the new one's stack and topmost blocks come.
     *
     * @param box its number
     */
    public void switchTo(int box) {
        slots.clear();
        for (int region = 0; region < mpu.regions(); region++) {
            mpu.disable(region);
        }
        slots.setActive(box);
        if (mpu.regions() == 0) {
            return;
        }
        for (int acl = 0; acl < acls.count(); acl++) {
            if (acls.box(acl) == box && acls.isFirst(acl)) {
                push(RegionSlots.ACL, acl, STACK);
            }
        }
        int octet = blocks.highestOctet(box);
        if (octet != BlockPool.NONE) {
            push(RegionSlots.OWN, unit(octet, box), BLOCKS);
        }
        for (int acl = 0; acl < acls.count(); acl++) {
            if (acls.box(acl) == box && !acls.isFirst(acl) && hasEmptySlot()) {
                push(RegionSlots.ACL, acl, OTHER);
            }
        }
    }

    private boolean hasEmptySlot() {
        for (int slot = 0; slot < mpu.regions(); slot++) {
            if (slots.priority(slot) == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks into a fault of the active box: if it may reach the address, that is swapped in, and a fault in a block is counted.
     *
     * @param address where it faulted
     * @param write whether it was to be written
     * @return true if the access is to be tried again
     */
    public boolean recover(@PhysAddr long address, boolean write) {
        int box = active();
        int block = geometry.blockAt(address);
        int owner = block == BlockPool.NONE ? BlockPool.NONE : pool.owner(block);
        boolean isOwn = owner == box;
        if (block != BlockPool.NONE && (isOwn || owner == BlockPool.PUBLIC_BOX && !write)) {
            pool.registerFault(block);
            int kind = isOwn ? RegionSlots.OWN : RegionSlots.PUBLIC;
            return push(kind, geometry.mpu().hasEighths() ? geometry.octetOf(block) : block, BLOCKS);
        }
        int acl = acls.find(box, address, write);
        if (acl == AclTable.NONE && box != BlockPool.PUBLIC_BOX) {
            acl = acls.find(BlockPool.PUBLIC_BOX, address, write);
        }
        return acl != AclTable.NONE && push(RegionSlots.ACL, acl, FAULTED);
    }

    /** Brings what is loaded in line with the pool, whose blocks may have come and gone. */
    public void refresh() {
        for (int slot = 0; slot < mpu.regions(); slot++) {
            if (slots.priority(slot) != 0 && slots.kind(slot) != RegionSlots.ACL && !load(slot)) {
                mpu.disable(slot);
                slots.set(slot, 0, 0, 0);
            }
        }
    }

    /** What a region of the MPU can be for blocks: an octet, or without eighths the highest block of one. */
    private int unit(int octet, int box) {
        if (geometry.mpu().hasEighths()) {
            return octet;
        }
        int highest = Integer.numberOfTrailingZeros(Integer.highestOneBit(blocks.ownMask(box, octet)));
        return octet * EIGHT + highest - geometry.shift();
    }

    private boolean push(int kind, int index, int priority) {
        int slot = slots.find(kind, index);
        if (slot < 0) {
            slot = slots.choose(priority, STACK);
        }
        if (slot < 0) {
            return false;
        }
        slots.set(slot, priority, kind, index);
        return load(slot);
    }

    /** Fills a region of the MPU with what the slot says; false if there is nothing in it to reach. */
    private boolean load(int slot) {
        int index = slots.index(slot);
        if (slots.kind(slot) == RegionSlots.ACL) {
            mpu.load(slot, acls.base(index), acls.size(index), acls.isWritable(index), acls.disabled(index));
            return true;
        }
        int box = slots.kind(slot) == RegionSlots.OWN ? active() : BlockPool.PUBLIC_BOX;
        boolean writable = slots.kind(slot) == RegionSlots.OWN;
        if (geometry.mpu().hasEighths()) {
            int mask = blocks.ownMask(box, index);
            if (mask != 0) {
                long bytes = EIGHT * geometry.blockBytes();
                mpu.load(slot, geometry.octetStart(index), bytes, writable, ~mask & ALL_EIGHTHS);
            }
            return mask != 0;
        }
        boolean isThere = pool.owner(index) == box;
        if (isThere) {
            mpu.load(slot, geometry.addressOf(index), geometry.blockBytes(), writable, 0);
        }
        return isThere;
    }
}
