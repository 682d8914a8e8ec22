package org.allocman.bootstrap;

import static org.allocman.bootstrap.BootstrapStates.assertFits;
import static org.allocman.bootstrap.BootstrapStates.assertObstacle;
import static org.allocman.bootstrap.BootstrapStates.device;
import static org.allocman.bootstrap.BootstrapStates.normal;
import static org.allocman.bootstrap.BootstrapStates.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.cspace.TwoLevelCSpace;
import org.allocman.manager.NamedDesign;
import org.allocman.mspace.SlabMspace;
import org.allocman.untyped.ArenaDesign;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that just fit, plans that just do not, and what is said of them; slots have 32 bytes here. */
class PlannedCSpaceTest {
    private static final BootstrapOptions ARENA = BootstrapOptions.fixed(0x10_0000, 1 << 20);
    /** It needs no slots in reserve. */
    private static final BootstrapOptions TWINKLE = ARENA.withManager(UntypedDesigns.TWINKLE);

    /** What is retyped, and where to: the first slot, in the root CNode or in the new one. */
    private static List<String> retypes(BootstrapPlan plan) {
        List<String> made = new ArrayList<>();
        for (BootstrapStep step : plan.steps()) {
            if (step instanceof BootstrapStep.Retype retype) {
                String text =
                        retype.text().replaceFirst("making (.*) of the (device )?untyped of .* in slot ", "$1 of ");
                made.add(text + (retype.isFirst() ? "!" : "") + " to " + retype.slot() + " in " + retype.node());
            }
        }
        return made;
    }

    private static List<String> roots(BootstrapPlan plan) {
        return plan.roots().stream()
                .map(root -> root.untyped().slot() + ":"
                        + Long.toHexString(root.untyped().paddr()) + ":"
                        + root.untyped().sizeBits())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"ARENA,0", "ARENA,1048576", "SPLIT,0", "SPLIT,1048576", "TWINKLE,0", "TWINKLE,1048576"})
    void theCSpaceThereIsHasToHoldWholeRunsInReserve(@NamedDesign UntypedDesign manager, long window) {
        BootstrapOptions options = ARENA.withManager(manager).withVirtualPool(0x1000_0000, window);
        for (long first : new long[] {16, 63, 64, 65}) {
            int fits = 0;
            int tooFew = 0;
            for (long end = first; end < 6000; end++) {
                BootstrapPlan plan = BootstrapPlan.of(start(first, end, normal(15, 0x100_0000, 20)), options);
                long runs = plan.reserve().plus(plan.slotReserve()).slotWords();
                long needed = runs == 0 ? first + 1 : (first + 63) / 64 * 64 + 64 * runs;
                if (needed <= end) {
                    assertFits(plan);
                    fits++;
                } else {
                    assertObstacle(
                            Reason.TOO_FEW_SLOTS,
                            "the root CNode has " + end + " slots; what is in use at the start and the reserve for"
                                    + " growing, in aligned runs of 64, take " + needed + ", " + (needed - end)
                                    + " more",
                            plan);
                    tooFew++;
                }
                assertEquals(end, plan.end());
                assertEquals(first, plan.firstFree());
                long slots = end - first;
                if (manager.equals(UntypedDesigns.ARENA)) {
                    assertEquals(
                            new ArenaDesign(slots < 256 ? 2 : slots < 1024 ? 3 : slots < 4096 ? 4 : 6),
                            plan.layout().untypeds(),
                            slots + " slots");
                }
                assertEquals(
                        manager == UntypedDesigns.TWINKLE ? 0 : window / 4096,
                        plan.layout().windowPages());
            }
            assertTrue(fits > 0 && tooFew > 0, fits + " fit, " + tooFew + " do not");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "4,2", "5,2", "6,3", "7,4", "8,5", "9,6", "10,6"})
    void anArenasRunsHaveToFitIntoOneCNode(int secondBits, int childrenBits) {
        BootstrapPlan plan = BootstrapPlan.of(
                start(20, 40, normal(15, 0x100_0000, 20)), ARENA.withCSpace(CSpaceGeometry.twoLevel(16, secondBits)));
        assertEquals(new ArenaDesign(childrenBits), plan.layout().untypeds());
    }

    @Test
    void aNewCSpaceIsFullWithItsLastSlot() {
        BootstrapOptions options = TWINKLE.withCSpace(CSpaceGeometry.oneLevel(5));
        Untyped exact = normal(15, 0x100_0000, 10);
        Untyped other = normal(14, 0x200_0000, 12);
        BootstrapPlan fits = BootstrapPlan.of(start(30, 64, exact, other), options);
        assertFits(fits);
        assertEquals(List.of("the new root CNode of 15! to 30 in 0"), retypes(fits));
        assertEquals(List.of("14:2000000:12"), roots(fits));
        assertEquals(31, fits.firstFree());
        assertEquals(32, fits.end());
        assertObstacle(
                Reason.TOO_FEW_SLOTS,
                "the CSpace 1:5 has 32 slots; what is in use at the start and the reserve for growing, in aligned runs"
                        + " of 64, take 33, 1 more",
                BootstrapPlan.of(start(31, 64, exact, other), options));
    }

    @Test
    void thePiecesNeedSlotsOfTheOldCSpace() {
        BootstrapOptions options = TWINKLE.withCSpace(CSpaceGeometry.oneLevel(5));
        Untyped untyped = normal(15, 0x100_0000, 12);
        BootstrapPlan fits = BootstrapPlan.of(start(20, 23, untyped), options);
        assertFits(fits);
        assertEquals(23, fits.firstFree());
        assertEquals(List.of("21:1000400:10", "22:1000800:11"), roots(fits));
        assertObstacle(
                Reason.TOO_FEW_SLOTS,
                "making the new CSpace takes 3 slots of the old one, which has 2 empty, 1 too few",
                BootstrapPlan.of(start(20, 22, untyped), options));
    }

    @Test
    void notAByteOfWhatIsCutIsLost() {
        BootstrapPlan plan = BootstrapPlan.of(
                start(20, 40, normal(15, 0x100_0000, 14)), TWINKLE.withCSpace(CSpaceGeometry.twoLevel(4, 7)));
        assertFits(plan);
        assertEquals(
                List.of(
                        "the new root CNode of 15! to 20 in 0",
                        "an untyped of 2^9 bytes of 15 to 21 in 0",
                        "an untyped of 2^10 bytes of 15 to 22 in 0",
                        "an untyped of 2^11 bytes of 15 to 23 in 0",
                        "1 second-level CNode of 15 to 0 in 20",
                        "an untyped of 2^13 bytes of 15 to 24 in 0"),
                retypes(plan));
        assertEquals(List.of("21:1000200:9", "22:1000400:10", "23:1000800:11", "24:1002000:13"), roots(plan));
        assertEquals(
                "making the new root CNode of the untyped of 2^14 bytes at 0x1000000 in slot 15",
                plan.steps().get(0).text());
        List<String> others = plan.steps().stream()
                .filter(step -> !(step instanceof BootstrapStep.Retype))
                .map(BootstrapStep::text)
                .toList();
        List<String> expected = new ArrayList<>(List.of(
                "putting the new root CNode into itself",
                "copying the capability in slot 2",
                "copying the capability in slot 1",
                "copying the capability in slot 3"));
        for (int slot = 4; slot <= 24; slot++) {
            if (slot != 20) {
                expected.add("moving the capability in slot " + slot);
            }
        }
        expected.add("giving the thread its new CSpace");
        assertEquals(expected, others);
    }

    @Test
    void anotherThreadGetsTheNewCSpace() {
        InitialState start = start(20, 40, normal(15, 0x100_0000, 14)).withThread(17, 18);
        List<BootstrapStep> steps = BootstrapPlan.of(start, TWINKLE.withCSpace(CSpaceGeometry.oneLevel(6)))
                .steps();
        List<String> texts = steps.stream().map(BootstrapStep::text).toList();
        assertTrue(texts.contains("copying the capability in slot 17"), texts::toString);
        assertTrue(texts.contains("copying the capability in slot 18"), texts::toString);
        assertTrue(texts.contains("moving the capability in slot 1"), texts::toString);
        assertEquals(new BootstrapStep.Switch(17, 18, 20, 58, 20), steps.get(steps.size() - 1));
    }

    @Test
    void aCNodeIsMadeWhereTheLeastIsLeft() {
        // of two that are alike it is the lower one, whatever their order; device memory is none for CNodes
        Untyped upper = normal(11, 0x300_0000, 16);
        Untyped lower = normal(12, 0x100_0000, 16);
        Untyped large = normal(13, 0x400_0000, 18);
        Untyped device = device(14, 0x200_0000, 15);
        Untyped small = normal(15, 0x500_0000, 10);
        BootstrapPlan plan = BootstrapPlan.of(
                start(35, 60, upper, large, device, small, lower), TWINKLE.withCSpace(CSpaceGeometry.twoLevel(10, 4)));
        assertFits(plan);
        // the small one is full with two CNodes, then it is the turn of the one that has the root
        assertEquals(
                List.of(
                        "the new root CNode of 12! to 35 in 0",
                        "1 second-level CNode of 12 to 2 in 35",
                        "an untyped of 2^9 bytes of 12 to 36 in 0",
                        "an untyped of 2^10 bytes of 12 to 37 in 0",
                        "an untyped of 2^11 bytes of 12 to 38 in 0",
                        "an untyped of 2^12 bytes of 12 to 39 in 0",
                        "an untyped of 2^13 bytes of 12 to 40 in 0",
                        "an untyped of 2^14 bytes of 12 to 41 in 0",
                        "2 second-level CNodes of 15! to 0 in 35"),
                retypes(plan));
        assertEquals(
                List.of(
                        "36:1008200:9",
                        "37:1008400:10",
                        "38:1008800:11",
                        "39:1009000:12",
                        "40:100a000:13",
                        "41:100c000:14",
                        "14:2000000:15",
                        "11:3000000:16",
                        "13:4000000:18"),
                roots(plan));
    }

    @ParameterizedTest
    @CsvSource({"27,2", "28,3", "43,3", "44,4", "126,8"})
    void asManyCNodesAreMadeAsAreNeeded(int firstFree, int nodes) {
        // the root CNode, 2^8 bytes, and up to eight of 2^9 fill two untypeds; what is left of them takes slots
        Untyped forRoot = normal(13, 0x100_0000, 8);
        Untyped forNodes = normal(14, 0x200_0000, 12);
        Untyped rest = normal(15, 0x300_0000, 20);
        BootstrapOptions options = TWINKLE.withCSpace(CSpaceGeometry.twoLevel(3, 4));
        BootstrapPlan plan = BootstrapPlan.of(start(firstFree, 4096, forRoot, forNodes, rest), options);
        assertFits(plan);
        int pieces = Integer.bitCount(8 - nodes);
        assertEquals(firstFree + 1 + pieces, plan.firstFree());
        assertTrue(plan.firstFree() < plan.end());
        assertEquals(16 * nodes, plan.end());
        assertTrue(retypes(plan).contains(nodes + " second-level CNodes of 14! to 0 in " + firstFree));
    }

    @Test
    void moreCNodesThanTheCSpaceTakesAreTooMany() {
        assertObstacle(
                Reason.TOO_FEW_SLOTS,
                "the CSpace 2:3:4 has 128 slots; what is in use at the start and the reserve for growing, in aligned"
                        + " runs of 64, take 129, 1 more",
                BootstrapPlan.of(
                        start(127, 4096, normal(13, 0, 8), normal(14, 0x200_0000, 12), normal(15, 0x300_0000, 20)),
                        TWINKLE.withCSpace(CSpaceGeometry.twoLevel(3, 4))));
    }

    @Test
    void oneRetypeMakesNoMoreThanTheKernelLets() {
        BootstrapPlan plan = BootstrapPlan.of(
                start(1100, 4096, normal(13, 0x100_0000, 16), normal(14, 0x200_0000, 15), normal(15, 0x300_0000, 20)),
                TWINKLE.withCSpace(CSpaceGeometry.twoLevel(10, 1)));
        assertFits(plan);
        assertEquals(1106, plan.firstFree());
        assertEquals(1112, plan.end());
        assertEquals(
                List.of(
                        "the new root CNode of 14! to 1100 in 0",
                        "256 second-level CNodes of 13! to 0 in 1100",
                        "256 second-level CNodes of 13 to 256 in 1100",
                        "44 second-level CNodes of 13 to 512 in 1100"),
                retypes(plan).subList(0, 4));
    }

    @Test
    void theBitmapsOfAllCNodesAreInThePool() {
        Untyped[] untypeds = {normal(14, 0x4000_0000, 28), normal(15, 0x8000_0000L, 28)};
        for (int firstFree : new int[] {1000, 30_000, 300_000}) {
            BootstrapPlan plan = BootstrapPlan.of(
                    start(firstFree, 400_000, untypeds), TWINKLE.withCSpace(CSpaceGeometry.twoLevel(12, 10)));
            assertFits(plan);
            RecordKind bitmap = CSpaceDesigns.TWO_LEVEL.records().get(0);
            long bitmaps = plan.end() / 1024 * TwoLevelCSpace.bitmapsOf(10);
            assertEquals(
                    SlabMspace.pagesFor(
                                    UntypedDesigns.TWINKLE.rootRecord(),
                                    plan.roots().size())
                            + SlabMspace.pagesFor(bitmap, plan.slotReserve().of(bitmap) + bitmaps),
                    plan.layout().fixedPages(),
                    bitmaps + " bitmaps");
        }
    }

    @Test
    void aCNodeForWhichThereIsNoRoomIsTold() {
        assertObstacle(
                Reason.NO_MEMORY_FOR_CSPACE,
                "the CSpace 1:14 needs a CNode of 524288 bytes; for one of 524288 bytes the largest block that is left"
                        + " has 262144, 262144 too few",
                BootstrapPlan.of(
                        start(
                                20,
                                64,
                                normal(13, 0x100_0000, 16),
                                normal(14, 0x200_0000, 18),
                                device(15, 0x400_0000, 20)),
                        TWINKLE.withCSpace(CSpaceGeometry.oneLevel(14))));
        assertObstacle(
                Reason.NO_MEMORY_FOR_CSPACE,
                "the CSpace 2:4:7 needs a CNode of 512 bytes and below it 1, 4096 bytes together; for one of 4096 bytes"
                        + " the largest block that is left has 2048, 2048 too few",
                BootstrapPlan.of(
                        start(20, 64, normal(15, 0x100_0000, 12)), TWINKLE.withCSpace(CSpaceGeometry.twoLevel(4, 7))));
        assertObstacle(
                Reason.NO_MEMORY_FOR_CSPACE,
                "the CSpace 2:4:7 needs a CNode of 512 bytes and below it 2, 8192 bytes together; for one of 4096 bytes"
                        + " the largest block that is left has 0, 4096 too few",
                BootstrapPlan.of(
                        start(128, 256, normal(15, 0x100_0000, 13)),
                        TWINKLE.withCSpace(CSpaceGeometry.twoLevel(4, 7))));
    }
}
