package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.cspace.CSpaceForm;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.junit.jupiter.api.Test;

/** What a design may declare, and what is said to one that declares something else. */
class DesignsTest {
    private static final RecordKind FIRST = RecordKind.forUntypeds(0, "first", 64);
    private static final RecordKind SECOND = RecordKind.forUntypeds(1, "second", 128);

    /** A design that nobody opens. */
    private record Declared(List<RecordKind> records, RecordKind rootRecord, int stateBytes) implements UntypedDesign {
        @Override
        public String name() {
            return "declared";
        }

        @Override
        public boolean canFree() {
            return true;
        }

        @Override
        public Need worstCase(Architecture architecture, int largestBits, Request request) {
            return Need.NONE;
        }

        @Override
        public UntypedManager open(
                Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
            throw new UnsupportedOperationException("it is looked at only");
        }
    }

    private static void isRefused(UntypedDesign design, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> UntypedDesign.checked(design))
                .getMessage();
        assertTrue(String.valueOf(message).contains(why), message);
    }

    @Test
    void aDesignIsLookedAt() {
        UntypedDesign good = new Declared(List.of(FIRST, SECOND), SECOND, 3584);
        assertSame(good, UntypedDesign.checked(good));
        isRefused(new Declared(List.of(SECOND, FIRST), FIRST, 8), "index 0 of the design declared has the index 1");
        isRefused(new Declared(List.of(RecordKind.forSlots(0, "slot", 64)), FIRST, 8), "has the index 8");
        isRefused(new Declared(List.of(FIRST), SECOND, 8), "none of its kinds");
        isRefused(new Declared(List.of(FIRST), FIRST, 3585), "3585 bytes of state");
        isRefused(new Declared(List.of(FIRST), FIRST, -1), "-1 bytes of state");
    }

    @Test
    void aCSpaceDesignIsForItsNumberOfLevels() {
        CSpaceForm one = new CSpaceForm(2, 64, 1024);
        CSpaceForm two = new CSpaceForm(2, 10, 1024, 6);
        for (CSpaceDesign design : CSpaceDesigns.ALL) {
            CSpaceForm good = design.hasSecondLevel() ? two : one;
            CSpaceForm bad = design.hasSecondLevel() ? one : two;
            assertSame(design, CSpaceDesign.checked(design, good));
            assertThrows(IllegalArgumentException.class, () -> CSpaceDesign.checked(design, bad));
        }
        assertEquals(
                "bump",
                CSpaceGeometry.CURRENT.withDesign(CSpaceDesigns.BUMP).design().name());
        assertThrows(
                IllegalArgumentException.class,
                () -> CSpaceGeometry.twoLevel(4, 6).withDesign(CSpaceDesigns.BUMP));
        CSpaceGeometry bumped = CSpaceGeometry.oneLevel(10).withDesign(CSpaceDesigns.BUMP);
        assertEquals(new CSpaceGeometry(1, 12, 0, CSpaceDesigns.BUMP), bumped.wider(2));
        assertEquals(CSpaceGeometry.CURRENT, CSpaceGeometry.CURRENT.wider(2));
    }

    @Test
    void needsAreCountedByKind() {
        Need need = Need.of(65, 3).with(SECOND, 2);
        assertEquals(new Need(List.of(3, 2), 2), need);
        assertEquals(128, need.slots());
        assertEquals(3, need.of(FIRST));
        assertEquals(0, need.of(RecordKind.forSlots(3, "other", 64)));
        assertEquals(new Need(List.of(6, 4), 4), need.times(2));
        assertEquals(need.times(2), need.plus(need));
        assertEquals(need, Need.NONE.plus(need));
        assertThrows(IllegalArgumentException.class, () -> new Need(List.of(-1), 0));
        assertThrows(IllegalArgumentException.class, () -> new Need(List.of(), -1));
        assertThrows(IllegalArgumentException.class, () -> new Request(List.of(), true));
        assertThrows(IllegalArgumentException.class, () -> new ArenaDesign(0));
        assertThrows(IllegalArgumentException.class, () -> new ArenaDesign(7));
    }

    @Test
    void aKindThatWasNotDeclaredIsNotTaken() {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xffff)));
        FixedPages pages = new FixedPages(physical.words(), 1024, 4096, 4);
        pages.initialise();
        SlabMspace mspace = new SlabMspace(physical.words(), 0, pages, List.of(FIRST));
        assertTrue(mspace.take(FIRST, Requester.CLIENT) != 0);
        assertThrows(IndexOutOfBoundsException.class, () -> mspace.take(SECOND, Requester.POOLS));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SlabMspace(physical.words(), 0, pages, List.of(FIRST, FIRST)));
    }
}
