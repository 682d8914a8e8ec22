package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;

/** Arena, pool and stack share blocks that are somebody's or nobody's, and never one between two. */
class TopLevelProperties {
    private static final long START = 0x20000000L;
    private static final int SIZE = 1024;
    private static final long STATE = 1L << 32;
    private static final long TOP = STATE + (1 << 16);

    /** A source that has not all blocks, and that minds what it gave. */
    private static final class Source implements BlockSource {
        private final boolean[] foreign;
        private final boolean[] given;

        Source(int blocks) {
            foreign = new boolean[blocks];
            given = new boolean[blocks];
        }

        @Override
        public boolean obtain(int block) {
            assertTrue(!given[block], "block " + block + " is obtained twice");
            given[block] = !foreign[block];
            return given[block];
        }

        @Override
        public void giveBack(int block) {
            assertTrue(given[block], "block " + block + " is given back, but was not obtained");
            given[block] = false;
        }
    }

    @Property(tries = 80)
    void nothingCrossesAndARefusalChangesNothing(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 90) int blocks,
            @ForAll @IntRange(max = 20) int foreign) {
        Random random = new Random(seed);
        PhysicalMemory physical = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(START, START + (long) blocks * SIZE - 1),
                new PhysicalMemory.Extent(STATE, TOP + 4095)));
        BlockGeometry.Range range = new BlockGeometry.Range(0, STATE, START, START + (long) blocks * SIZE);
        BlockGeometry geometry =
                BlockGeometry.of(MpuKind.ARMV7M, range, SIZE, blocks).get();
        Source source = new Source(blocks);
        BlockPool pool = new BlockPool(physical.words(), geometry, source, 3, STATE);
        pool.initialiseEmpty();
        TopLevel top = new TopLevel(physical.words(), pool, TOP);
        top.initialise();
        Map<Integer, Integer> owners = new HashMap<>();
        long end = START;
        int stack = 0;
        for (int step = 0; step < 60; step++) {
            for (int i = 0; i < blocks; i++) {
                source.foreign[i] = !source.given[i] && random.nextInt(100) < foreign;
            }
            Fingerprint before = physical.fingerprint();
            boolean changed;
            switch (random.nextInt(6)) {
                case 0 -> {
                    long by = random.nextInt(5 * SIZE) - 2 * SIZE;
                    long old = top.sbrk(by);
                    changed = old != TopLevel.REFUSED;
                    if (changed) {
                        assertEquals(end, old);
                        end += by;
                    }
                }
                case 1 -> {
                    long address = geometry.end() - 1 - random.nextInt(3 * SIZE) - (long) stack * SIZE;
                    changed = top.growStack(address) && top.stackBlocks() > stack;
                    stack = top.stackBlocks();
                }
                case 2 -> {
                    int box = random.nextInt(3);
                    int count = 1 + random.nextInt(4);
                    int first = pool.takeRun(box, count);
                    changed = first != BlockPool.NONE;
                    for (int i = 0; changed && i < count; i++) {
                        assertEquals(null, owners.put(first + i, box), "a block has one owner");
                    }
                }
                case 3 -> {
                    int block = random.nextInt(blocks);
                    changed = pool.takeAt(1, block);
                    if (changed) {
                        assertEquals(null, owners.put(block, 1));
                    }
                }
                case 4 -> {
                    pool.trim();
                    changed = true;
                }
                default -> {
                    List<Integer> used = new ArrayList<>(owners.keySet());
                    changed = !used.isEmpty();
                    if (changed) {
                        int block = used.get(random.nextInt(used.size()));
                        assertEquals(PageError.OK, pool.giveBack(owners.remove(block), geometry.addressOf(block) + 5));
                    }
                }
            }
            if (!changed) {
                assertEquals(before, physical.fingerprint(), "a refusal changes nothing");
            }
            assertEquals(end, top.end());
            assertEquals((end - START + SIZE - 1) / SIZE, top.arenaBlocks());
            int arena = top.arenaBlocks();
            assertTrue(arena <= pool.first() && pool.first() <= pool.end() && pool.end() <= blocks - stack);
            for (int block = 0; block < blocks; block++) {
                boolean isTop = block < arena || block >= blocks - stack;
                Integer owner = owners.get(block);
                assertEquals(isTop ? 0 : owner == null ? -1 : owner, pool.owner(block));
                assertEquals(isTop || owner != null, source.given[block], "what is used is obtained, and nothing else");
            }
            assertEquals(blocks - arena - stack - owners.size(), pool.available());
        }
    }

    @Property(tries = 100)
    void aRunIsFoundIfThereIsOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int blocks,
            @ForAll @IntRange(min = 1, max = 9) int run) {
        PhysicalMemory physical = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(START, START + (long) blocks * SIZE - 1),
                new PhysicalMemory.Extent(STATE, TOP)));
        BlockGeometry.Range range = new BlockGeometry.Range(0, STATE, START, START + (long) blocks * SIZE);
        BlockGeometry geometry =
                BlockGeometry.of(MpuKind.ARMV7M, range, SIZE, blocks).get();
        BlockPool pool = new BlockPool(physical.words(), geometry, BlockSource.ALWAYS_THERE, 2, STATE);
        pool.initialiseWhole();
        Random random = new Random(seed);
        boolean[] used = new boolean[blocks];
        for (int i = 0; i < blocks / 3; i++) {
            int block = random.nextInt(blocks);
            used[block] |= pool.takeAt(1, block);
        }
        int expected = -1;
        int length = 0;
        for (int block = 0; block < blocks && expected < 0; block++) {
            length = used[block] ? 0 : length + 1;
            expected = length == run ? block - run + 1 : -1;
        }
        assertEquals(expected, pool.takeRun(1, run));
    }
}
