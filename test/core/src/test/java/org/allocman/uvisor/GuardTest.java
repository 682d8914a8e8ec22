package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.MemoryFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Boxes are kept apart, and reach all that is theirs. */
class GuardTest {
    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void aBoxReachesItsOwnBlocksAndNobodyElses(MpuKind kind) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        List<Long> mine = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            uvisor.enterBox(1);
            mine.add(uvisor.mallocBlock(1));
            uvisor.enterBox(2);
            others.add(uvisor.mallocBlock(1));
        }
        uvisor.enterBox(1);
        for (long block : mine) {
            uvisor.user().store64(block, 0, block);
            uvisor.user().store64(block + Rig.BLOCK - 8, 0, block);
        }
        for (long block : mine) {
            assertEquals(block, uvisor.user().load64(block, 0), "swapped in again");
        }
        for (long block : others) {
            assertThrows(MemoryFault.class, () -> uvisor.user().load64(block, 0));
            assertThrows(MemoryFault.class, () -> uvisor.user().store32(block, 4, 1));
            assertEquals(0, rig.words().load64(block, 0));
            assertThrows(MemoryFault.class, () -> rig.behindMpu().load64(block, 0));
        }
        long faults = mine.stream()
                .mapToLong(block -> uvisor.pool().faults(rig.blockAt(block)))
                .sum();
        assertTrue(faults > 0 || kind.hasEighths(), "eighths can cover all of them at once");
        assertEquals(
                0, uvisor.pool().faults(rig.blockAt(others.get(0))), "a fault that is not let through is not counted");
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void blocksOfBox0AreReadByAllAndWrittenByItAlone(MpuKind kind) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        long block = uvisor.mallocBlock(1);
        uvisor.user().store64(block, 0, 5);
        long arena = uvisor.malloc(16);
        uvisor.user().store64(arena, 0, 6);
        uvisor.enterBox(1);
        long own = uvisor.mallocBlock(1);
        assertEquals(5, uvisor.user().load64(block, 0));
        assertEquals(6, uvisor.user().load64(arena, 0));
        uvisor.user().store64(own, 0, 1);
        assertThrows(MemoryFault.class, () -> uvisor.user().store64(block, 0, 1));
        assertThrows(MemoryFault.class, () -> uvisor.user().store64(arena, 0, 1));
        assertEquals(PageError.INVALID_PAGE_OWNER, uvisor.freeBlock(block, 1), "only box 0 frees them");
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void nobodyKeepsAccessToAFreedBlock(MpuKind kind) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        uvisor.enterBox(1);
        long kept = uvisor.mallocBlock(1);
        long freed = uvisor.mallocBlock(1);
        uvisor.user().store64(freed, 0, 1);
        uvisor.user().store64(kept, 0, 1);
        assertEquals(PageError.OK, uvisor.freeBlock(freed, 1));
        assertThrows(MemoryFault.class, () -> uvisor.user().load64(freed, 0));
        assertThrows(MemoryFault.class, () -> rig.behindMpu().load64(freed, 0));
        assertEquals(1, uvisor.user().load64(kept, 0));
        assertEquals(0, rig.words().load64(freed, 0), "and it is cleared");
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void staticMemoryIsGuarded(MpuKind kind) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        BoxRegion one = region(uvisor, 1);
        BoxRegion two = region(uvisor, 2);
        uvisor.enterBox(1);
        assertDoesNotThrow(() -> uvisor.user().store64(one.stackPointer() - 8 & -8, 0, 1));
        assertDoesNotThrow(() -> uvisor.user().store64(one.data(), 0, 1));
        assertThrows(MemoryFault.class, () -> uvisor.user().load64(two.data(), 0));
        assertThrows(MemoryFault.class, () -> uvisor.user().load64(two.stack(), 0));
        assertThrows(
                MemoryFault.class, () -> uvisor.user().store64(one.stack() - 8, 0, 1), "the guard below the stack");
        uvisor.enterBox(2);
        assertDoesNotThrow(() -> uvisor.user().load64(two.data(), 0));
        assertThrows(MemoryFault.class, () -> uvisor.user().load64(one.data(), 0));
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void devicesAreReachedByThoseWhoMay(MpuKind kind) {
        Uvisor uvisor = Rig.of(kind, BlockPool.NO_QUOTA).uvisor();
        uvisor.enterBox(1);
        uvisor.user().store32(Rig.DEVICE, 0, 3);
        assertThrows(MemoryFault.class, () -> uvisor.user().load32(Rig.DEVICE, 1024));
        uvisor.enterBox(2);
        assertEquals(0, uvisor.user().load32(Rig.DEVICE + 1024, 0));
        assertThrows(MemoryFault.class, () -> uvisor.user().store32(Rig.DEVICE + 1024, 0, 1), "read only");
        assertThrows(MemoryFault.class, () -> uvisor.user().load32(Rig.DEVICE, 0));
        uvisor.enterBox(0);
        assertThrows(MemoryFault.class, () -> uvisor.user().load32(Rig.DEVICE, 0));
    }

    /** uvisor issue 261: more regions than the MPU has; all numbers of regions that a unit can have. */
    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void whatDoesNotFitIntoTheMpuIsSwappedIn(MpuKind kind) {
        List<BoxAcl> acls = new ArrayList<>();
        for (int acl = 0; acl < 14; acl++) {
            acls.add(new BoxAcl(Rig.DEVICE + acl * 256L, 256, acl % 2 == 0));
        }
        for (int regions : kind.regions()) {
            Rig rig = Rig.of(
                    kind,
                    regions,
                    List.of(
                            Rig.boxes(BlockPool.NO_QUOTA).get(0),
                            Rig.box("one", BlockPool.NO_QUOTA, acls),
                            Rig.box("two", BlockPool.NO_QUOTA, List.of())),
                    BlockSource.ALWAYS_THERE);
            Uvisor uvisor = rig.uvisor();
            assertEquals(0, loaded(rig), "nothing of box 0");
            uvisor.enterBox(1);
            int own = kind.hasEighths() ? 1 : 2;
            assertEquals(
                    Math.min(regions, own + acls.size()), loaded(rig), "stack and data, and as many as there is room");
            for (int round = 0; round < 2; round++) {
                for (BoxAcl acl : acls) {
                    assertEquals(0, uvisor.user().load64(acl.start() + 248, 0));
                    if (acl.writable()) {
                        assertDoesNotThrow(() -> uvisor.user().store64(acl.start(), 0, 0));
                    } else {
                        assertThrows(MemoryFault.class, () -> uvisor.user().store64(acl.start(), 0, 0));
                    }
                }
            }
            assertEquals(Math.min(regions, own + acls.size()), loaded(rig));
            assertThrows(MemoryFault.class, () -> uvisor.user().load64(Rig.DEVICE + acls.size() * 256L, 0));
            uvisor.enterBox(2);
            assertEquals(own, loaded(rig));
            assertThrows(MemoryFault.class, () -> uvisor.user().load64(Rig.DEVICE, 0));
        }
    }

    private static int loaded(Rig rig) {
        int loaded = 0;
        for (long at = 0; at < SimMpu.REGISTER_BYTES; at += Long.BYTES) {
            loaded += rig.words().load64(SimMpu.REGISTERS + at, 0) == 0 ? 0 : 1;
        }
        return loaded;
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void aTableThatTheCallerMayNotTouchFaultsAndNothingHasHappened(MpuKind kind) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        uvisor.enterBox(2);
        long others = uvisor.mallocBlock(1);
        uvisor.enterBox(1);
        long mine = uvisor.mallocBlock(1);
        PageCalls calls = new PageCalls(uvisor.pool());
        long free = rig.free();
        rig.words().store32(others, 0, (int) Rig.BLOCK);
        rig.words().store32(others, 4, 1);
        assertThrows(MemoryFault.class, () -> calls.malloc(1, uvisor.user(), others));
        assertThrows(MemoryFault.class, () -> calls.free(1, uvisor.user(), others));
        // a table whose end lies beyond the caller's block
        long edge = mine + Rig.BLOCK - PageTable.bytes(1);
        PageTable.BLOCK_BYTES.set(uvisor.user(), edge, Rig.BLOCK);
        PageTable.COUNT.set(uvisor.user(), edge, 2);
        assertThrows(MemoryFault.class, () -> calls.malloc(1, uvisor.user(), edge));
        PageTable.setOrigin(uvisor.user(), edge, 0, mine);
        assertThrows(MemoryFault.class, () -> calls.free(1, uvisor.user(), edge));
        assertEquals(free, rig.free());
        assertEquals(1, uvisor.pool().owner(rig.blockAt(mine)));
        assertEquals(1, uvisor.pool().owned(1));
    }

    private static BoxRegion region(Uvisor uvisor, int box) {
        return uvisor.plan().placement().regions().stream()
                .filter(region -> region.box() == box)
                .findFirst()
                .orElseThrow();
    }
}
