package org.allocman.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.Requester;

class SimpleCSpaceProperties {
    private static final long STATE = 0x1000;

    private static SimpleCSpace cspace(int start, int end) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0x1fff)));
        SimpleCSpace cspace = new SimpleCSpace(physical.words(), STATE, 7, 9);
        cspace.addFree(start, end);
        return cspace;
    }

    /** The model is one number: the next slot. */
    @Property(tries = 200)
    void slotsFollowOneAnother(
            @ForAll @IntRange(min = 1, max = 100) int start,
            @ForAll @IntRange(min = 0, max = 200) int count,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 1000) Integer> requests) {
        int end = start + count;
        SimpleCSpace cspace = cspace(start, end);
        long next = start;
        for (int request : requests) {
            int number = request / 4;
            if (request % 4 == 0) {
                assertEquals(next < end ? next : 0, cspace.take());
                next += next < end ? 1 : 0;
            } else if (request % 4 == 1) {
                int wanted = 1 + number % 64;
                boolean fits = next + wanted <= end;
                assertEquals(fits ? next : 0, cspace.takeSeveral(wanted));
                next += fits ? wanted : 0;
            } else if (request % 4 == 2) {
                boolean isNext = number == next && next < end;
                assertEquals(isNext, cspace.takeAt(number));
                next += isNext ? 1 : 0;
            } else if (next > start) {
                assertTrue(cspace.canGiveBack(next - 1));
                assertFalse(cspace.canGiveBack(next - 2), "none but the last can be given back");
                cspace.giveBack(next - 1);
                next--;
            }
            assertEquals(end - next, cspace.freeSlots());
            assertFalse(cspace.canGiveBack(next));
            assertEquals(next < end, cspace.isFree(next));
        }
    }

    @Example
    void itsPlacesAreThoseOfTheRootItWasTold() {
        SimpleCSpace cspace = cspace(1, 512);
        assertEquals(7, cspace.root());
        assertEquals(9, cspace.depth());
        assertEquals(0, cspace.nodeDepth(5));
        assertEquals(5, cspace.nodeOffset(5));
    }

    @Example
    void theReserveIsLeftToItsOwner() {
        SimpleCSpace cspace = cspace(1, 129);
        cspace.reserve(1);
        for (int i = 0; i < 64; i++) {
            assertTrue(cspace.take() != 0);
        }
        assertEquals(0, cspace.take());
        assertTrue(cspace.hasReserve());
        assertTrue(cspace.takeRun(64, Requester.POOLS) != 0);
        assertFalse(cspace.hasReserve());
    }
}
