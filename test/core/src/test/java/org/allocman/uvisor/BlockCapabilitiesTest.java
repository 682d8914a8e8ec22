package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockResource;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks are untypeds at their own addresses while somebody owns them, whatever fails. */
class BlockCapabilitiesTest {
    private static final long RAM = 0x20000000L;
    private static final int RAM_BITS = 16;
    private static final long SIZE = 4096;
    private static final int BOXES = 3;

    private final PlainMachine machine = PlainMachine.of(Architecture.MPU, 9, 48 << 10)
            .untyped(RAM, RAM_BITS, false)
            .build();
    private final Allocman allocman = manager(machine.kernel());
    private final BlockPool pool = pool(allocman);

    private Allocman manager(Kernel kernel) {
        return Bootstrap.inCurrentCSpace(
                        kernel,
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(failure -> new AssertionError(failure.toString()));
    }

    private BlockPool pool(Allocman manager) {
        BlockGeometry.Range range = new BlockGeometry.Range(RAM, RAM + (1L << RAM_BITS), RAM, RAM + (1L << RAM_BITS));
        BlockGeometry geometry =
                BlockGeometry.of(MpuKind.ARMV7M, range, SIZE, 100).get();
        long records = manager.memory().allocate((int) VkaBlocks.stateBytes(geometry));
        long state = manager.memory().allocate((int) BlockPool.stateBytes(geometry, BOXES));
        VkaBlocks source = new VkaBlocks(new AllocmanVka(manager), machine.rootMemory(), geometry, records);
        BlockPool made = new BlockPool(machine.rootMemory(), geometry, source, BOXES, state);
        made.initialiseEmpty();
        return made;
    }

    @Test
    void ownedBlocksAreNobodyElsesAndFreeOnesAre() {
        AllocmanVka vka = new AllocmanVka(allocman);
        int block = pool.take(1);
        long address = pool.geometry().addressOf(block);
        assertTrue(vka.allocateAt(ObjectType.UNTYPED, 12, address).isLeft());
        assertEquals(PageError.OK, pool.giveBack(1, address));
        VkaObject other = vka.allocateAt(ObjectType.SMALL_PAGE, 0, address).get();
        int next = pool.take(1);
        assertNotEquals(block, next, "the block whose memory somebody else has is passed over");
        assertFalse(pool.takeAt(2, block));
        assertEquals(address, vka.physicalAddress(other).get());
        vka.free(other);
        assertTrue(pool.takeAt(2, block));
    }

    @Test
    void theWholeMachineIsAsBeforeWhenAllIsGivenBack() {
        long objects = allocman.statistics().liveObjects();
        while (pool.take(2) != BlockPool.NONE) {
            assertEquals(List.of(), kernelLaws());
        }
        assertEquals(pool.geometry().count(), allocman.statistics().liveObjects() - objects);
        assertEquals(pool.geometry().count(), new BlockResource(pool).releaseAll(2));
        assertEquals(objects, allocman.statistics().liveObjects());
        assertEquals(0, new BlockResource(pool).releaseAll(2));
        allocman.trim();
        assertTrue(allocman.untypeds().roots().isWhole(0));
    }

    private List<String> kernelLaws() {
        return KernelInvariants.check(new KernelView(machine.memory(), Architecture.MPU, machine.kernelState()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverTheKernelRefusesATableIsFilledOrNotAtAll(boolean forEver) {
        long table = allocman.memory().allocate(64);
        PageTable.BLOCK_BYTES.set(machine.rootMemory(), table, SIZE);
        PageTable.COUNT.set(machine.rootMemory(), table, pool.geometry().count());
        int start = machine.memory().startJournal();
        int refusals = 0;
        for (int nth = 1; ; nth++) {
            FaultyKernel faulty = new FaultyKernel(machine.kernel());
            BlockPool again = pool(new Allocman(faulty, machine.rootMemory(), allocman.layout(), GrowthListener.NONE));
            faulty.failAt(nth, forEver);
            PageError error = new PageCalls(again).malloc(1, machine.rootMemory(), table);
            if (!faulty.hasFailed()) {
                assertEquals(PageError.OK, error);
                break;
            }
            // a block that was refused once may be had when it is asked for again
            int owned = error == PageError.OK ? again.geometry().count() : 0;
            refusals += error == PageError.OK ? 0 : 1;
            assertTrue(error == PageError.OK || error == PageError.OUT_OF_MEMORY, error::toString);
            assertEquals(owned, again.owned(1));
            assertEquals(again.geometry().count() - owned, again.available());
            for (int block = 0; block < again.geometry().count(); block++) {
                assertEquals(owned == 0 ? BlockPool.NONE : 1, again.owner(block));
            }
            assertEquals(List.of(), kernelLaws());
            faulty.heal();
            new BlockResource(again).releaseAll(1);
            again.trim();
            allocman.trim();
            assertTrue(allocman.untypeds().roots().isWhole(0), "nothing is lost, refused at " + nth);
            machine.memory().rewind(start);
        }
        assertTrue(refusals > 0);
    }

    /** A box's free never fails. What the kernel does not let go of is nobody's, and goes when it is asked again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheKernelDoesNotLetGoOfIsGivenBackLater(boolean forEver) {
        FaultyKernel faulty = new FaultyKernel(machine.kernel());
        BlockPool blocks = pool(new Allocman(faulty, machine.rootMemory(), allocman.layout(), GrowthListener.NONE));
        long objects = allocman.statistics().liveObjects();
        int start = machine.memory().startJournal();
        for (boolean trims : new boolean[] {false, true}) {
            int block = blocks.take(1);
            machine.memory().words().store64(blocks.geometry().addressOf(block), 0, 7);
            faulty.failAt(1, forEver);
            assertEquals(PageError.OK, blocks.giveBack(1, blocks.geometry().addressOf(block)));
            assertTrue(faulty.hasFailed());
            assertEquals(BlockPool.NONE, blocks.owner(block));
            assertEquals(0, blocks.owned(1));
            assertEquals(0, machine.memory().words().load64(blocks.geometry().addressOf(block), 0), "it is cleared");
            if (forEver) {
                assertFalse(blocks.takeAt(2, block), "its memory is not to be had while the kernel refuses");
                assertEquals(0, blocks.owned(2));
            }
            faulty.heal();
            if (trims) {
                blocks.trim();
            } else {
                assertTrue(blocks.takeAt(2, block));
                assertEquals(PageError.OK, blocks.giveBack(2, blocks.geometry().addressOf(block)));
            }
            assertEquals(objects, allocman.statistics().liveObjects());
            assertEquals(List.of(), kernelLaws());
            machine.memory().rewind(start);
        }
    }

    @Test
    void blocksAreAKindOfMemoryLikeAnyOther() {
        ResourceType blocks = new BlockResource(pool);
        assertEquals("block", blocks.unitName());
        assertEquals(SIZE, blocks.unitBytes());
        assertEquals(16, blocks.units());
        assertEquals(BlockPool.stateBytes(pool.geometry(), BOXES), blocks.tableBytes());
        long unit = blocks.claimAny(1);
        assertTrue(unit >= 0);
        assertEquals(1, blocks.owner(unit));
        assertEquals(unit, blocks.claimAt(blocks.address(unit), 1), "what it has it may claim");
        assertEquals(ResourceRefusal.IN_USE.code(), blocks.claimAt(blocks.address(unit), 2));
        assertEquals(ResourceRefusal.UNALIGNED.code(), blocks.claimAt(RAM + 8, 2));
        assertEquals(ResourceRefusal.NOT_LISTED.code(), blocks.claimAt(RAM - 1, 2));
        assertEquals(ResourceRefusal.NO_SUCH_OWNER.code(), blocks.claimAt(RAM, BOXES));
        assertEquals(ResourceRefusal.NO_SUCH_OWNER.code(), blocks.claimAny(-1));
        assertEquals(ResourceRefusal.NO_SUCH_OWNER.code(), blocks.release(unit, BOXES));
        assertEquals(ResourceRefusal.NO_SUCH_OWNER.code(), blocks.releaseAll(7));
        assertEquals(ResourceRefusal.NOT_LISTED.code(), blocks.release(16, 1));
        assertEquals(ResourceRefusal.IN_USE.code(), blocks.release(unit, 2));
        assertEquals(0, blocks.claimAt(RAM, 2));
        pool.setQuota(2, 1);
        assertEquals(ResourceRefusal.OVER_QUOTA.code(), blocks.claimAny(2));
        assertEquals(ResourceRefusal.OVER_QUOTA.code(), blocks.claimAt(RAM + SIZE, 2));
        assertEquals(unit, blocks.release(unit, 1));
        assertEquals(ResourceType.NOBODY, blocks.owner(unit));
        while (blocks.claimAny(1) >= 0) {}
        assertEquals(ResourceRefusal.EXHAUSTED.code(), blocks.claimAny(1));
        assertEquals(15, blocks.releaseAll(1));
    }

    @Test
    void memoryThatSomebodyElseHasIsRefused() {
        AllocmanVka vka = new AllocmanVka(allocman);
        assertTrue(vka.allocateAt(ObjectType.UNTYPED, RAM_BITS, RAM).isRight());
        ResourceType blocks = new BlockResource(pool);
        assertEquals(ResourceRefusal.MEMORY_REFUSED.code(), blocks.claimAny(1));
        assertEquals(ResourceRefusal.MEMORY_REFUSED.code(), blocks.claimAt(RAM, 1));
        assertEquals(0, pool.owned(1));
    }
}
