package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several blocks in a row: the lowest run of the pool, else those at the edge that has more of them, free ones inside counted
 * with those the pool can grow by. The rule is written down a second time, block by block.
 */
class BlockRunsTest {
    private static final long START = 0x2000_0000L;
    private static final int SIZE = 1024;
    private static final long BOOKS = 1L << 32;
    private static final int STEPS = 3000;

    private final int[] found = new int[4];

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 200, 300})
    void theLowestRunElseTheRoomierEdge(int blocks) {
        Random random = new Random(blocks);
        for (int round = 0; round < 4; round++) {
            PhysicalMemory physical = new PhysicalMemory(List.of(
                    new PhysicalMemory.Extent(START, START + (long) blocks * SIZE - 1),
                    new PhysicalMemory.Extent(BOOKS, BOOKS + (1 << 18))));
            BlockGeometry geometry = BlockGeometry.of(
                            MpuKind.ARMV8M,
                            new BlockGeometry.Range(START, START + (1 << 20), START, START + (long) blocks * SIZE),
                            SIZE,
                            blocks)
                    .get();
            BlockPool pool = new BlockPool(physical.words(), geometry, BlockSource.ALWAYS_THERE, 2, BOOKS);
            pool.initialiseEmpty();
            for (int step = 0; step < STEPS; step++) {
                step(pool, blocks, random);
            }
        }
        for (int kind = 0; kind < found.length; kind++) {
            assertTrue(found[kind] > 0, "kind " + kind + " of answer never came");
        }
    }

    private void step(BlockPool pool, int blocks, Random random) {
        int block = random.nextInt(blocks);
        switch (random.nextInt(10)) {
            case 0 -> pool.trim();
            case 1, 2 -> pool.takeAt(1, block);
            case 3, 4 -> takeRun(pool, blocks, 1 + random.nextInt(blocks));
            case 5 -> takeRun(pool, blocks, 1 + random.nextInt(6));
            default -> {
                // a stretch is given back, so that long runs come about
                for (int i = block; i < Math.min(blocks, block + blocks / 3); i++) {
                    if (pool.owner(i) == 1) {
                        assertEquals(PageError.OK, pool.giveBack(1, START + (long) i * SIZE));
                    }
                }
            }
        }
    }

    private static boolean isFree(BlockPool pool, int block) {
        return pool.isInside(block) && pool.owner(block) == BlockPool.NONE;
    }

    private static int length(BlockPool pool, int from, int step) {
        int length = 0;
        while (isFree(pool, from + step * length)) {
            length++;
        }
        return length;
    }

    private void takeRun(BlockPool pool, int blocks, int count) {
        int first = pool.first();
        int end = pool.end();
        int expected = BlockPool.NONE;
        int kind = 0;
        for (int at = first; at + count <= end && expected == BlockPool.NONE; at++) {
            expected = length(pool, at, 1) >= count ? at : BlockPool.NONE;
        }
        if (expected == BlockPool.NONE) {
            int upwards = length(pool, end - 1, -1) + blocks - end;
            int downwards = length(pool, first, 1) + first;
            boolean isUp = upwards >= count && (downwards < count || upwards >= downwards);
            if (isUp) {
                expected = end - length(pool, end - 1, -1);
                kind = 1;
                end = expected + count;
            } else if (downwards >= count) {
                first = first + length(pool, first, 1) - count;
                expected = first;
                kind = 2;
            } else {
                kind = 3;
            }
        }
        found[kind]++;
        assertEquals(expected, pool.takeRun(1, count));
        assertEquals(first, pool.first());
        assertEquals(end, pool.end());
        for (int block = expected; expected != BlockPool.NONE && block < expected + count; block++) {
            assertEquals(1, pool.owner(block));
        }
    }
}
