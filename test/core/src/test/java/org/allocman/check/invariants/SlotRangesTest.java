package org.allocman.check.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SlotRangesTest {
    private static final int BYTES = 32;

    @Test
    void slotsAreThoseOfTheObjectsAndNoOther() {
        SlotRanges ranges = new SlotRanges(BYTES);
        assertFalse(ranges.contains(0x1000));
        assertEquals(0, ranges.add(0x1000, 4));
        for (int slot = 0; slot < 4; slot++) {
            assertTrue(ranges.contains(0x1000 + slot * BYTES));
            assertFalse(ranges.contains(0x1000 + slot * BYTES + 8), "within a slot");
        }
        assertFalse(ranges.contains(0x1000 - BYTES));
        assertFalse(ranges.contains(0x1000 + 4 * BYTES), "one behind the last");
    }

    @Test
    void anObjectThatIsFoundAgainWithMoreSlotsHasThoseThatAreNew() {
        SlotRanges ranges = new SlotRanges(BYTES);
        ranges.add(0x1000, 4);
        assertEquals(4, ranges.add(0x1000, 8));
        assertEquals(8, ranges.add(0x1000, 2));
        assertTrue(ranges.contains(0x1000 + 7 * BYTES));
    }

    /** In a broken machine a small object may begin within a large one. */
    @Test
    void anObjectWithinAnotherHidesNothing() {
        SlotRanges ranges = new SlotRanges(BYTES);
        ranges.add(0x1000, 16);
        ranges.add(0x1000 + 2 * BYTES, 1);
        assertTrue(ranges.contains(0x1000 + 9 * BYTES));
    }
}
