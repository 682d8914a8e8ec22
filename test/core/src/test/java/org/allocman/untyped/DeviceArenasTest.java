package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** Empty arenas of device memory are kept, until somebody is short of what they hold. */
class DeviceArenasTest {
    private static final int UNTYPEDS = 8;
    private static final long DEVICES = 0x4000_0000;

    private static BareManager start() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(0x100_0000, 20, MemoryKind.KERNEL));
        for (int i = 0; i < UNTYPEDS; i++) {
            blocks.add(new Block(DEVICES + i * 0x2_0000L, 16, MemoryKind.DEVICE));
        }
        return new BareManager(Kind.ARENA, blocks, 9, 40);
    }

    private static void useEveryDevice(BareManager bare) {
        for (int i = 0; i < UNTYPEDS; i++) {
            long handle = bare.allocateAt(ObjectType.SMALL_PAGE, 0, DEVICES + i * 0x2_0000L + 0x3000);
            assertEquals(0, bare.manager.free(handle));
        }
    }

    private static int endpoints(BareManager bare) {
        int count = 0;
        long answer = bare.allocate(ObjectType.ENDPOINT, 0);
        while (answer > 0) {
            count++;
            answer = bare.allocate(ObjectType.ENDPOINT, 0);
        }
        assertEquals(Refusal.OUT_OF_SLOTS, answer);
        return count;
    }

    @Test
    void theSameAddressCostsOneRetypeAndOneRevokeFromTheSecondTimeOn() {
        BareManager bare = start();
        useEveryDevice(bare);
        long before = bare.counting.total();
        useEveryDevice(bare);
        assertEquals(2 * UNTYPEDS, bare.counting.total() - before);
        assertEquals(List.of(), bare.broken());
    }

    @Test
    void whoeverIsShortOfSlotsGetsTheirs() {
        BareManager fresh = start();
        BareManager used = start();
        useEveryDevice(used);
        assertTrue(used.cspace.freeSlots() < fresh.cspace.freeSlots(), "they are kept");
        assertEquals(endpoints(fresh), endpoints(used));
    }

    @Test
    void aLargerBlockAtTheirAddressTakesTheirPlace() {
        BareManager bare = start();
        useEveryDevice(bare);
        long whole = bare.allocateAt(ObjectType.UNTYPED, 16, DEVICES);
        assertTrue(whole > 0, "refused: " + whole);
        assertEquals(Refusal.IN_USE, bare.allocateAt(ObjectType.SMALL_PAGE, 0, DEVICES));
        assertEquals(0, bare.manager.free(whole));
        long frame = bare.allocateAt(ObjectType.SMALL_PAGE, 0, DEVICES);
        assertTrue(frame > 0);
        assertEquals(Refusal.IN_USE, bare.allocateAt(ObjectType.UNTYPED, 16, DEVICES));
        assertEquals(0, bare.manager.free(frame));
        bare.manager.trim();
        assertTrue(bare.isWhole());
    }
}
