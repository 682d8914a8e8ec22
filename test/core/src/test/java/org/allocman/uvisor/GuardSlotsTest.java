package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.guard.BoxGuard;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Mpu;
import org.junit.jupiter.api.Test;

/** Which region of a small MPU is filled with what: in uVisor's order, round and round, by importance. */
class GuardSlotsTest {
    private static final long START = 0x2000_0000L;
    private static final int SIZE = 1024;
    private static final int BLOCKS = 13;
    private static final long BOOKS = 1L << 32;
    private static final long ACLS = BOOKS + (1 << 16);
    private static final long GUARD = BOOKS + (2 << 16);
    private static final long DEVICES = 0x4000_0000L;

    /** Four regions; what is loaded is kept as text. */
    private static final class Four implements Mpu {
        private final List<String> regions = new ArrayList<>(Collections.nCopies(4, "-"));

        @Override
        public int regions() {
            return regions.size();
        }

        @Override
        public void load(int region, long base, long bytes, boolean writable, int disabled) {
            String what = base >= DEVICES ? "device " + (base - DEVICES >> 12) : "block " + (base - START) / SIZE;
            regions.set(region, what + (writable ? "" : " to read"));
        }

        @Override
        public void disable(int region) {
            regions.set(region, "-");
        }
    }

    private final PhysicalMemory physical = new PhysicalMemory(List.of(
            new PhysicalMemory.Extent(START, START + BLOCKS * SIZE - 1L),
            new PhysicalMemory.Extent(BOOKS, BOOKS + (3 << 16))));
    private final BlockPool pool = new BlockPool(
            physical.words(),
            BlockGeometry.of(
                            MpuKind.ARMV8M,
                            new BlockGeometry.Range(START, START + (1 << 20), START, START + BLOCKS * SIZE),
                            SIZE,
                            20)
                    .get(),
            BlockSource.ALWAYS_THERE,
            3,
            BOOKS);
    private final AclTable acls = new AclTable(physical.words(), ACLS);
    private final Four mpu = new Four();

    GuardSlotsTest() {
        pool.initialiseWhole();
        for (int block = 0; block < 6; block++) {
            assertTrue(pool.takeAt(1, block));
        }
        assertTrue(pool.takeAt(BlockPool.PUBLIC_BOX, 7));
        assertTrue(pool.takeAt(2, 8));
        // the first one is the stack; the second is another box's
        acls.add(1, DEVICES, 64, true, 0, true);
        acls.add(2, DEVICES + 0x5000, 64, true, 0, false);
        for (int device = 1; device <= 3; device++) {
            acls.add(1, DEVICES + device * 0x1000L, 64, device != 2, 0, false);
        }
        acls.add(BlockPool.PUBLIC_BOX, DEVICES + 0x8000, 64, true, 0, false);
    }

    private static long block(int block) {
        return START + (long) block * SIZE + 8;
    }

    private void assertRegions(String... regions) {
        assertEquals(List.of(regions), mpu.regions);
    }

    @Test
    void aSwitchLoadsTheStackThenBlocksThenWhatThereIsRoomFor() {
        BoxGuard guard = new BoxGuard(mpu, physical.words(), pool, acls, GUARD);
        guard.switchTo(1);
        assertEquals(1, guard.active());
        assertRegions("device 2 to read", "device 0", "block 5", "device 1");
        guard.switchTo(2);
        assertEquals(2, guard.active());
        assertRegions("-", "block 8", "device 5", "-");
        guard.switchTo(0);
        assertRegions("-", "block 7", "device 8", "-");
    }

    @Test
    void whatFaultsTakesTheNextThatIsLessImportant() {
        BoxGuard guard = new BoxGuard(mpu, physical.words(), pool, acls, GUARD);
        guard.switchTo(1);
        assertTrue(guard.recover(block(0), true));
        assertRegions("device 2 to read", "device 0", "block 5", "block 0");
        assertTrue(guard.recover(block(1), false));
        assertRegions("block 1", "device 0", "block 5", "block 0");
        // nothing is less important, so it is the next one's turn; the stack stays
        assertTrue(guard.recover(block(2), true));
        assertTrue(guard.recover(block(3), true));
        assertRegions("block 1", "device 0", "block 2", "block 3");
        assertTrue(guard.recover(block(2), true));
        assertRegions("block 1", "device 0", "block 2", "block 3");
        assertTrue(guard.recover(DEVICES + 0x1000 + 63, true));
        assertRegions("device 1", "device 0", "block 2", "block 3");
        assertTrue(guard.recover(block(7), false));
        assertRegions("block 7 to read", "device 0", "block 2", "block 3");
        assertTrue(guard.recover(DEVICES + 0x8000, true), "what is box 0's");
        assertRegions("block 7 to read", "device 0", "device 8", "block 3");
        assertTrue(guard.recover(block(4), true));
        assertRegions("block 7 to read", "device 0", "block 4", "block 3");
        assertEquals(
                List.of(1L, 1L, 2L, 1L, 1L, 0L, 0L, 1L, 0L),
                IntStream.range(0, 9).mapToObj(pool::faults).toList());
        // what goes leaves its region empty, and that is the next to be filled
        assertEquals(PageError.OK, pool.giveBack(BlockPool.PUBLIC_BOX, block(7)));
        guard.refresh();
        assertRegions("-", "device 0", "block 4", "block 3");
        assertTrue(guard.recover(block(0), true));
        assertRegions("block 0", "device 0", "block 4", "block 3");
        assertEquals(PageError.OK, pool.giveBack(1, block(3)));
        guard.refresh();
        assertRegions("block 0", "device 0", "block 4", "-");
    }

    @Test
    void whatMayNotBeReachedChangesNothing() {
        BoxGuard guard = new BoxGuard(mpu, physical.words(), pool, acls, GUARD);
        guard.switchTo(1);
        List<String> before = List.copyOf(mpu.regions);
        assertFalse(guard.recover(block(7), true), "box 0's is only read");
        assertFalse(guard.recover(block(8), false), "another box's");
        assertFalse(guard.recover(block(9), false), "nobody's");
        assertFalse(guard.recover(START - 1, false));
        assertFalse(guard.recover(block(BLOCKS), false));
        assertFalse(guard.recover(DEVICES + 0x2000, true), "only read");
        assertFalse(guard.recover(DEVICES + 64, false));
        assertFalse(guard.recover(DEVICES + 0x5000, false), "another box's");
        assertEquals(before, mpu.regions);
        assertEquals(0, pool.faults(7));
        assertTrue(guard.recover(DEVICES + 0x2000, false));
    }

    @Test
    void withoutAnMpuNothingIsLoaded() {
        BoxGuard guard = new BoxGuard(Mpu.NONE, physical.words(), pool, acls, GUARD);
        guard.switchTo(1);
        assertEquals(1, guard.active());
        assertFalse(guard.recover(block(0), true));
        guard.refresh();
    }
}
