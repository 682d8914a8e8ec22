package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.ActiveBlocks;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;

/** The pool behaves as an array of owners does. */
class BlockPoolProperties {
    private static final long START = 0x20000400L;
    private static final long SIZE = 1024;
    private static final long STATE = 1L << 32;
    private static final long TABLE = STATE + (1 << 20);
    private static final int BOXES = 4;
    private static final long QUOTA = 9;

    /** A pool, and an array of owners that has been through the same. */
    static final class Both {
        private final PhysicalMemory physical;
        private final BlockPool pool;
        private final PageCalls calls;
        private final int[] owners;

        Both(int blocks, MpuKind mpu) {
            long end = START + blocks * SIZE;
            physical = new PhysicalMemory(List.of(
                    new PhysicalMemory.Extent(START, end), new PhysicalMemory.Extent(STATE, TABLE + (1 << 16))));
            BlockGeometry geometry = BlockGeometry.of(mpu, new BlockGeometry.Range(0, STATE, START, end), SIZE, blocks)
                    .get();
            pool = new BlockPool(physical.words(), geometry, BlockSource.ALWAYS_THERE, BOXES, STATE);
            pool.initialiseWhole();
            pool.setQuota(3, QUOTA);
            calls = new PageCalls(pool);
            owners = new int[blocks];
            Arrays.fill(owners, -1);
        }

        private long owned(int box) {
            return Arrays.stream(owners).filter(owner -> owner == box).count();
        }

        private void fill(long... origins) {
            PageTable.BLOCK_BYTES.set(physical.words(), TABLE, SIZE);
            PageTable.COUNT.set(physical.words(), TABLE, origins.length);
            for (int i = 0; i < origins.length; i++) {
                PageTable.setOrigin(physical.words(), TABLE, i, origins[i]);
            }
        }

        Both malloc(int box, int count) {
            fill(new long[count]);
            PageError error = calls.malloc(box, physical.words(), TABLE);
            long free = owned(-1);
            PageError expected = count == 0
                    ? PageError.INVALID_PAGE_COUNT
                    : count > free
                            ? PageError.OUT_OF_MEMORY
                            : box == 3 && count > QUOTA - owned(3) ? PageError.QUOTA_EXCEEDED : PageError.OK;
            assertEquals(expected, error);
            int given = 0;
            for (int block = 0; error == PageError.OK && given < count; block++) {
                if (owners[block] == -1) {
                    owners[block] = box;
                    long address = pool.geometry().addressOf(block);
                    assertEquals(address, PageTable.origin(physical.words(), TABLE, given++), "lowest first");
                    assertEquals(0, physical.words().load64(address, 8));
                    physical.words().store64(address, 8, ~box);
                }
            }
            return check();
        }

        Both free(int box, List<Integer> blocks, boolean beyond) {
            long[] origins = blocks.stream()
                    .mapToLong(block -> START + (long) block % owners.length * SIZE + block % 7)
                    .toArray();
            if (beyond && origins.length > 0) {
                origins[origins.length - 1] = START - 1;
            }
            fill(origins);
            Fingerprint before = physical.fingerprint();
            PageError error = calls.free(box, physical.words(), TABLE);
            long used = owners.length - owned(-1);
            PageError expected = used == 0
                    ? PageError.INVALID_PAGE_TABLE
                    : origins.length == 0
                            ? PageError.INVALID_PAGE_COUNT
                            : origins.length > used ? PageError.INVALID_PAGE_TABLE : PageError.OK;
            int[] after = owners.clone();
            for (int i = 0; expected == PageError.OK && i < origins.length; i++) {
                int block = origins[i] < START ? -1 : (int) ((origins[i] - START) / SIZE);
                if (block < 0) {
                    expected = PageError.INVALID_PAGE_ORIGIN;
                } else if (after[block] != box) {
                    expected = PageError.INVALID_PAGE_OWNER;
                } else {
                    after[block] = -1;
                }
            }
            assertEquals(expected, error);
            if (error == PageError.OK) {
                System.arraycopy(after, 0, owners, 0, owners.length);
            } else {
                assertEquals(before, physical.fingerprint(), "a free that is refused changes nothing");
            }
            return check();
        }

        private Both check() {
            assertEquals(owned(-1), pool.available());
            ActiveBlocks active = new ActiveBlocks(pool);
            for (int box = 0; box < BOXES; box++) {
                assertEquals(owned(box), pool.owned(box));
                checkWalks(active, box);
            }
            for (int block = 0; block < owners.length; block++) {
                assertEquals(owners[block], pool.owner(block));
                assertEquals(owners[block] == -1, pool.isFree(block));
                long word = physical.words().load64(pool.geometry().addressOf(block), 8);
                assertEquals(owners[block] == -1 ? 0 : ~owners[block], word, "contents stay, and go with the owner");
            }
            return this;
        }

        private void checkWalks(ActiveBlocks active, int box) {
            List<Integer> seen = new ArrayList<>();
            active.forEachBlock(box, true, (start, end, index) -> seen.add(index));
            List<Integer> bits = new ArrayList<>();
            int first = pool.geometry().octetOf(0);
            active.forEachMask(box, true, (mask, index) -> {
                for (int bit = 0; bit < 8; bit++) {
                    if ((mask >> bit & 1) != 0) {
                        bits.add((first + index) * 8 + bit - pool.geometry().shift());
                    }
                }
                return true;
            });
            List<Integer> expected = new ArrayList<>();
            int highest = -1;
            for (int block = 0; block < owners.length; block++) {
                if (owners[block] == box || owners[block] == 0) {
                    expected.add(block);
                }
                highest = owners[block] == box ? pool.geometry().octetOf(block) : highest;
            }
            assertEquals(expected, seen);
            assertEquals(expected, bits, "every octet is visited, the lowest too");
            assertEquals(highest, active.highestOctet(box));
        }
    }

    @Property(tries = 60)
    void thePoolIsAnArrayOfOwners(@ForAll("chains") ActionChain<Both> chain) {
        chain.run();
        assertTrue(chain.transformations().size() > 0);
    }

    @Provide
    Arbitrary<ActionChain<Both>> chains() {
        Arbitrary<Integer> blocks = Arbitraries.integers().between(1, 70);
        return blocks.flatMap(count -> Arbitraries.of(MpuKind.class)
                .flatMap(mpu -> ActionChain.startWith(() -> new Both(count, mpu))
                        .withAction(4, malloc())
                        .withAction(4, free(false))
                        .withAction(1, free(true))
                        .withMaxTransformations(30)));
    }

    private static Action.Independent<Both> malloc() {
        return () -> Arbitraries.integers()
                .between(0, BOXES - 1)
                .flatMap(box -> Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.integers().between(0, 12)),
                                Tuple.of(1, Arbitraries.integers().between(60, 90)))
                        .map(count -> Transformer.mutate(
                                "malloc of " + count + " for box " + box, both -> both.malloc(box, count))));
    }

    private static Action.Independent<Both> free(boolean beyond) {
        return () -> Arbitraries.integers()
                .between(0, BOXES - 1)
                .flatMap(box -> Arbitraries.integers()
                        .between(0, 69)
                        .list()
                        .ofMaxSize(5)
                        .map(blocks -> Transformer.mutate(
                                "free of " + blocks + " by box " + box, both -> both.free(box, blocks, beyond))));
    }

    @Property(tries = 200)
    void everyAddressIsInTheBlockAndTheOctetThatCoversIt(
            @ForAll MpuKind mpu,
            @ForAll @IntRange(max = 100_000) int start,
            @ForAll @IntRange(max = 200_000) int length,
            @ForAll @IntRange(min = 1, max = 300) int most,
            @ForAll @IntRange(max = 3) int sizeBits) {
        long from = 0x20000000L + start;
        long size = mpu.hasEighths() ? 1024L << sizeBits : 1024L + 32L * start % 4096 / 32 * 32;
        BlockGeometry geometry = BlockGeometry.of(
                        mpu, new BlockGeometry.Range(0, STATE, from, from + length), size, most)
                .get();
        assertTrue(geometry.count() <= most);
        assertTrue(geometry.start() >= from || geometry.count() == 0);
        assertTrue(geometry.end() <= from + length || geometry.count() == 0);
        assertTrue(
                geometry.count() == most || from + length - geometry.end() < size,
                "nothing is left that makes a block");
        for (int block = 0; block < geometry.count(); block++) {
            long address = geometry.addressOf(block);
            int bit = block + geometry.shift();
            assertEquals(block, geometry.blockAt(address + size - 1));
            assertTrue(bit >= 0 && bit < 32 * geometry.mapWords());
            if (mpu.hasEighths()) {
                assertEquals(address, geometry.octetStart(geometry.octetOf(block)) + bit % 8 * size);
                assertEquals(0, geometry.octetStart(geometry.octetOf(block)) % (8 * size));
            }
        }
    }
}
