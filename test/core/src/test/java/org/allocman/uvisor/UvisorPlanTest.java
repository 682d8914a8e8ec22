package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans that just can be, and what is said of those that just cannot. */
class UvisorPlanTest {
    private static final BoxSetup MAIN =
            new BoxSetup(new BoxConfig("main", BoxSizes.of(0, 0)), BlockPool.NO_QUOTA, List.of());

    private static Either<Halt, UvisorPlan> plan(MpuKind kind, long block, BoxSetup... boxes) {
        BlockGeometry.Range range =
                new BlockGeometry.Range(Rig.RAM, Rig.RAM + Rig.RAM_BYTES, Rig.RAM, Rig.RAM + Rig.RAM_BYTES);
        return UvisorPlan.of(kind, List.of(boxes), range, block, List.of(new AddressRange(0, 1L << 32)));
    }

    private static String halt(MpuKind kind, BoxSetup... boxes) {
        return plan(kind, Rig.BLOCK, boxes).fold(Halt::message, plan -> "");
    }

    @ParameterizedTest
    @CsvSource({
        "ARMV7M,0x40001000,1024,true",
        "ARMV7M,0xffffff00,256,true",
        "ARMV7M,0,32,true",
        "ARMV7M,0x40001000,1000,false",
        "ARMV7M,0x40001020,1024,false",
        "ARMV7M,0x40001000,16,false",
        "ARMV7M,0x100000000,32,false",
        "ARMV7M,-32,32,false",
        "ARMV6M,0x40001000,256,true",
        "ARMV6M,0x40001000,32,false",
        "ARMV6M,0x40001000,128,false",
        "ARMV6M,0x40001080,256,false",
        "ARMV6M,0x40001000,768,false",
        "ARMV8M,0x40001020,992,true",
        "ARMV8M,0xffffffe0,32,true",
        "ARMV8M,0xffffffe0,64,false",
        "ARMV8M,0x40001010,32,false",
        "ARMV8M,0x40001000,0,false",
        "ARMV8M,0x40001000,-32,false"
    })
    void aBoxMayAskForARegionOfTheMpu(MpuKind kind, String start, long bytes, boolean isGood) {
        long address = Long.decode(start);
        BoxSetup box = Rig.box("one", 1, List.of(new BoxAcl(address, bytes, true)));
        String why = bytes <= 0
                ? "which is nothing"
                : address < 0 || address > (1L << 32) - bytes
                        ? "which reaches beyond 2^32"
                        : "and no region of the MPU is that: one of " + kind.text() + " has " + kind.sizes()
                                + ", at a multiple of " + (kind.hasEighths() ? "its size" : "32");
        assertEquals(
                isGood ? "" : "box one asks for " + bytes + " bytes at 0x" + Long.toHexString(address) + ", " + why,
                halt(kind, MAIN, box));
    }

    @Test
    void aBoxHasNoBlockOrMoreUpToNoQuota() {
        for (long quota : new long[] {0, 1, BlockPool.NO_QUOTA}) {
            assertEquals("", halt(MpuKind.ARMV7M, MAIN, Rig.box("one", quota, List.of())));
        }
        for (long quota : new long[] {-1, BlockPool.NO_QUOTA + 1}) {
            assertEquals(
                    "box one cannot have " + quota + " blocks",
                    halt(MpuKind.ARMV7M, MAIN, Rig.box("one", quota, List.of())));
        }
    }

    @Test
    void theTableOfRegionsHasAnEnd() {
        // two for each box beside those that are asked for
        for (int more = -1; more <= 1; more++) {
            List<BoxAcl> acls = new ArrayList<>();
            for (int i = 0; i < AclTable.MOST - 4 + more; i++) {
                acls.add(new BoxAcl(0x4000_0000L + i * 32L, 32, true));
            }
            assertEquals(
                    more <= 0
                            ? ""
                            : "the boxes have " + (AclTable.MOST + 1) + " regions together; the most is "
                                    + AclTable.MOST,
                    halt(MpuKind.ARMV7M, MAIN, Rig.box("one", 1, acls)));
        }
    }

    @Test
    void whatCannotBePlacedIsTold() {
        BoxSetup large = new BoxSetup(new BoxConfig("large", BoxSizes.of(1024, 1 << 20)), 1, List.of());
        String message = halt(MpuKind.ARMV7M, MAIN, large);
        assertTrue(message.startsWith("the boxes need "), message);
    }

    @ParameterizedTest
    @CsvSource({"ARMV7M,8192", "ARMV8M,8192", "ARMV8M,3072"})
    void blocksBeginWhereTheyAreOneUntypedOrAFewOfOneSize(MpuKind kind, long block) {
        BoxSetup small = new BoxSetup(new BoxConfig("small", BoxSizes.of(1024, 100)), 1, List.of());
        UvisorPlan plan = plan(kind, block, MAIN, small).get();
        long end = plan.placement().end();
        long unit = Long.lowestOneBit(block);
        long start = (end + unit - 1) / unit * unit;
        assertTrue(end > Rig.RAM && end % 8192 != 0);
        assertEquals(
                BlockGeometry.of(
                                kind,
                                new BlockGeometry.Range(
                                        Rig.RAM, Rig.RAM + Rig.RAM_BYTES, start, Rig.RAM + Rig.RAM_BYTES),
                                block,
                                (int) (Rig.RAM_BYTES / block))
                        .get(),
                plan.geometry());
        assertEquals(start, plan.geometry().start());
        assertEquals((Rig.RAM + Rig.RAM_BYTES - start) / block, plan.geometry().count());
    }

    /** The kernel beneath has one profile for all: what it maps is a region of each kind, and no unit has fewer of them. */
    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void aFrameOfTheKernelIsARegionOfEveryMpu(MpuKind kind) {
        for (ObjectType frame : List.of(ObjectType.SMALL_PAGE, ObjectType.LARGE_PAGE, ObjectType.HUGE_PAGE)) {
            long bytes = 1L << Architecture.MPU.sizeBits(frame, 0);
            assertTrue(kind.isRegionSize(bytes), bytes + " bytes");
            assertEquals(0, kind.roundUp(0, bytes));
        }
        assertTrue(kind.usualRegions() >= Architecture.MPU.regions());
    }
}
