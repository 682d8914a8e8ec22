package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.rules.MpuKind;
import org.junit.jupiter.api.Test;

/** What a block costs, counted in words read and written: the same for 16 blocks and 4,096, half full and nearly full. */
class BlockCostTest {
    private static final long START = 0x20000000L;
    private static final long STATE = 1L << 32;
    private static final int SIZE = 1024;
    private static final int PAIRS = 500;

    /** The most accesses that a pair of a free and an allocation takes. */
    private static long cost(int blocks, int used) {
        CountingMemory memory = new CountingMemory(new PhysicalMemory(List.of(
                        new PhysicalMemory.Extent(START, START + (long) blocks * SIZE - 1),
                        new PhysicalMemory.Extent(STATE, STATE + (1 << 20))))
                .words());
        BlockGeometry.Range range = new BlockGeometry.Range(0, STATE, START, START + (long) blocks * SIZE);
        BlockGeometry geometry =
                BlockGeometry.of(MpuKind.ARMV7M, range, SIZE, blocks).get();
        BlockPool pool = new BlockPool(memory, geometry, BlockSource.ALWAYS_THERE, 5, STATE);
        pool.initialiseWhole();
        List<Integer> live = new ArrayList<>();
        while (live.size() < used) {
            live.add(pool.take(1));
        }
        XorShift random = new XorShift(0x853C49E6748FEA9BL);
        long most = 0;
        for (int i = 0; i < PAIRS; i++) {
            int at = random.below(live.size());
            long before = memory.accesses();
            pool.giveBack(1, geometry.addressOf(live.get(at)));
            live.set(at, pool.take(1));
            most = Math.max(most, memory.accesses() - before);
        }
        assertEquals(used, pool.owned(1));
        return most;
    }

    @Test
    void aBlockCostsTheSameHoweverManyThereAre() {
        long few = cost(16, 8);
        long many = cost(4096, 2048);
        assertTrue(many <= 2 * few, few + " for 16 blocks, " + many + " for 4,096");
        assertTrue(few < 100, "a pair takes " + few + " accesses");
    }

    @Test
    void aBlockCostsTheSameHoweverFewAreFree() {
        long half = cost(4096, 2048);
        for (int used : new int[] {3686, 4055, 4092, 4095}) {
            long full = cost(4096, used);
            assertTrue(full * 2 <= half * 3, half + " at half, " + full + " with " + used + " of 4,096 in use");
        }
    }
}
