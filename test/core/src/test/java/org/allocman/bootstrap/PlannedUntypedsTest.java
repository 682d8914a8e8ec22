package org.allocman.bootstrap;

import static org.allocman.bootstrap.BootstrapStates.assertFits;
import static org.allocman.bootstrap.BootstrapStates.assertObstacle;
import static org.allocman.bootstrap.BootstrapStates.device;
import static org.allocman.bootstrap.BootstrapStates.normal;
import static org.allocman.bootstrap.BootstrapStates.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.untyped.Need;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;

/** Untypeds that a plan is made for: too few, device memory, and those that cannot be. */
class PlannedUntypedsTest {
    private static final BootstrapOptions ARENA = BootstrapOptions.fixed(0x10_0000, 1 << 20);

    @Test
    void deviceMemoryNeedsNoReserve() {
        Untyped normal = normal(14, 0x100_0000, 16);
        BootstrapOptions options = ARENA.withVirtualPool(0x1000_0000, 1 << 20);
        Need alone = BootstrapPlan.of(start(16, 4096, normal), options).reserve();
        assertEquals(
                alone,
                BootstrapPlan.of(start(16, 4096, normal, device(15, 0x4000_0000, 30)), options)
                        .reserve());
        assertTrue(BootstrapPlan.of(start(16, 4096, normal, normal(15, 0x4000_0000, 30)), options)
                        .reserve()
                        .of(UntypedDesigns.ARENA.rootRecord())
                > alone.of(UntypedDesigns.ARENA.rootRecord()));
    }

    @Test
    void theTableOfUntypedsHasRoomForLaterOnes() {
        InitialState start = start(16, 4096, normal(15, 0x100_0000, 16));
        assertEquals(
                1 + BootstrapOptions.USUAL_LATER_UNTYPEDS,
                BootstrapPlan.of(start, ARENA).layout().roots());
        assertEquals(
                1, BootstrapPlan.of(start, ARENA.withLaterUntypeds(0)).layout().roots());
        assertEquals(
                8, BootstrapPlan.of(start, ARENA.withLaterUntypeds(7)).layout().roots());
    }

    @Test
    void whereNothingIsLeftToManageIsNoManager() {
        assertObstacle(
                Reason.NO_UNTYPED,
                "the boot info hands over no untyped of normal memory",
                BootstrapPlan.of(start(20, 64, device(15, 0x100_0000, 12)), ARENA));
        assertObstacle(
                Reason.NO_UNTYPED,
                "the boot info hands over no untyped of normal memory",
                BootstrapPlan.of(start(20, 64), ARENA.withCSpace(CSpaceGeometry.oneLevel(6))));
        assertObstacle(
                Reason.NO_UNTYPED,
                "the CSpace 1:6 takes all normal memory",
                BootstrapPlan.of(
                        start(20, 64, normal(14, 0x100_0000, 11), device(15, 0x200_0000, 12)),
                        ARENA.withCSpace(CSpaceGeometry.oneLevel(6))));
    }

    @Test
    void untypedsThatCannotBeAreTold() {
        assertFits(BootstrapPlan.of(
                start(
                        20,
                        64,
                        normal(1, 0, 4),
                        normal(19, 16, 4),
                        normal(18, 1L << 47, 47),
                        device(17, 32, 5),
                        // where the window of a 64-bit kernel ends: a multiple of its size to the kernel
                        device(16, 1L << 39, 46)),
                ARENA));
        assertBad(
                "the untyped of 2^12 bytes at 0x1000 in slot 0 is in none of the slots in use, 1 to 19",
                normal(0, 0x1000, 12));
        assertBad(
                "the untyped of 2^12 bytes at 0x1000 in slot 20 is in none of the slots in use, 1 to 19",
                normal(20, 0x1000, 12));
        assertBad(
                "the untyped of 2^3 bytes at 0x1000 in slot 15 has a size that no untyped can have",
                normal(15, 0x1000, 3));
        assertBad("the untyped of 2^48 bytes at 0x0 in slot 15 has a size that no untyped can have", normal(15, 0, 48));
        assertBad(
                "the untyped of 2^12 bytes at 0x1800 in slot 15 is not at a multiple of its size",
                normal(15, 0x1800, 12));
        assertBad(
                "the device untyped of 2^46 bytes at 0x80000 in slot 15 is not at a multiple of its size",
                device(15, 1L << 19, 46));
        // a multiple of their size untypeds are in the kernel's addresses only
        assertBad(
                "the device untyped of 2^46 bytes at 0x8000000fff in slot 15 overlaps the untyped of 2^12 bytes at"
                        + " 0x8000000000 in slot 16",
                device(15, 0x80_0000_0fffL, 46),
                normal(16, 0x80_0000_0000L, 12));
        assertBad(
                "the device untyped of 2^12 bytes at 0x3000 in slot 16 overlaps the untyped of 2^13 bytes at 0x2000 in slot 15",
                device(16, 0x3000, 12),
                normal(15, 0x2000, 13));
        // above the middle of the address space, too
        assertBad(
                "the untyped of 2^12 bytes at 0x8000000000000000 in slot 17 overlaps the untyped of 2^12 bytes at"
                        + " 0x8000000000000000 in slot 16",
                normal(16, Long.MIN_VALUE, 12),
                normal(17, Long.MIN_VALUE, 12),
                normal(18, 0x1000, 12));
    }

    private static void assertBad(String message, Untyped... untypeds) {
        assertObstacle(Reason.BAD_UNTYPEDS, message, BootstrapPlan.of(start(20, 64, untypeds), ARENA));
    }
}
