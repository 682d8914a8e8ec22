package org.allocman.uvisor;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.guard.BoxGuard;
import org.allocman.vka.Mpu;
import org.allocman.vka.Rounding;

/**
 * Where the book-keeping of a system lies.
 *
 * @param acls the table of regions
 * @param guard what is loaded in the MPU
 * @param threads the threads
 * @param boxes the boxes
 * @param top the end of the arena
 * @param blockThreads with which thread each block goes
 * @param capabilities the blocks' capabilities
 * @param pool the pool
 * @param end one past the last byte
 */
public record UvisorMetadata(
        @PhysAddr long acls,
        @PhysAddr long guard,
        @PhysAddr long threads,
        @PhysAddr long boxes,
        @PhysAddr long top,
        @PhysAddr long blockThreads,
        @PhysAddr long capabilities,
        @PhysAddr long pool,
        @PhysAddr long end) {
    private static final int GRAIN = 64;

    /**
     * Lays the books out.
     *
     * @param plan the system
     * @param mpu the hardware
     * @param address where they begin, a multiple of 64
     * @return the places
     */
    public static UvisorMetadata at(UvisorPlan plan, Mpu mpu, @PhysAddr long address) {
        int regions =
                plan.boxes().stream().mapToInt(box -> box.acls().size() + 2).sum();
        long guard = Rounding.up(address + AclTable.bytes(regions), GRAIN);
        long threads = Rounding.up(guard + BoxGuard.stateBytes(mpu), GRAIN);
        long boxes = Rounding.up(threads + ThreadRecord.TABLE_BYTES, GRAIN);
        long top = Rounding.up(boxes + BoxRecord.bytes(plan.boxes().size()), GRAIN);
        long blockThreads = top + TopLevel.STATE_BYTES;
        long capabilities = Rounding.up(blockThreads + plan.geometry().count() * (long) Integer.BYTES, GRAIN);
        long pool = Rounding.up(capabilities + VkaBlocks.stateBytes(plan.geometry()), GRAIN);
        long end = pool + BlockPool.stateBytes(plan.geometry(), plan.boxes().size());
        return new UvisorMetadata(address, guard, threads, boxes, top, blockThreads, capabilities, pool, end);
    }

    /**
     * The memory the books take.
     *
     * @param plan the system
     * @param mpu the hardware
     * @return bytes
     */
    public static @Bytes long bytes(UvisorPlan plan, Mpu mpu) {
        return (@Bytes long) at(plan, mpu, 0).end;
    }
}
