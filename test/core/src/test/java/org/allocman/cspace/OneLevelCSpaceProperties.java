package org.allocman.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.Requester;

class OneLevelCSpaceProperties {
    private static final long STATE = 0x1000;
    private static final long BITMAPS = 0x2000;
    private static final int IS_ALONE = 1 << 31;

    @Property(tries = 300)
    void slotsAndRunsAreDisjointAlignedAndGoBackWithoutATrace(
            @ForAll @IntRange(min = 1, max = 1100) int slots,
            @ForAll @IntRange(min = 1, max = 300) int start,
            @ForAll @Size(max = 150) List<@IntRange(min = 0, max = 1 << 20) Integer> requests) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        OneLevelCSpace cspace = new OneLevelCSpace(physical.words(), STATE, BITMAPS, 2, 64, slots);
        int first = Math.min(start, slots);
        cspace.addFree(first, slots);
        Fingerprint fresh = physical.fingerprint();
        SlotModel model = new SlotModel(cspace, 64);
        model.add(first, slots);
        for (int request : requests) {
            model.step(request);
            int hint = leastFreeWord(cspace, slots);
            int alone = Long.bitCount(cspace.freeInWord(hint)) == 1 ? IS_ALONE : 0;
            assertEquals(hint | alone, physical.words().load32(STATE, 4), "the hint is never wrong");
        }
        model.giveBackAll();
        assertEquals(fresh, physical.fingerprint(), "when all is given back, memory is as at the start");
    }

    /** The word in which the least free slot is, 0 if none is free. */
    private static int leastFreeWord(OneLevelCSpace cspace, int slots) {
        int slot = 0;
        while (slot < slots && !cspace.isFree(slot)) {
            slot++;
        }
        return slot == slots ? 0 : slot / 64;
    }

    @Property(tries = 100)
    void everySlotCanBeHadWhateverTheirNumber(@ForAll @IntRange(min = 2, max = 400) int slots) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        OneLevelCSpace cspace = new OneLevelCSpace(physical.words(), STATE, BITMAPS, 2, 64, slots);
        cspace.addFree(1, slots);
        for (long slot = 1; slot < slots; slot++) {
            assertEquals(slot, cspace.take());
        }
        assertEquals(0, cspace.take());
        assertEquals(0, cspace.freeSlots());
        assertFalse(cspace.isFree(slots) || cspace.isTaken(slots) || cspace.takeAt(slots));
    }

    @Property(tries = 100)
    void usersLeaveTheReserve(@ForAll @IntRange(min = 0, max = 4) int words) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        OneLevelCSpace cspace = new OneLevelCSpace(physical.words(), STATE, BITMAPS, 2, 64, 1 << 9);
        cspace.addFree(10, 512);
        cspace.reserve(words);
        int singles = 0;
        while (cspace.take() != 0) {
            singles++;
        }
        assertEquals(512 - 10 - 64 * words, singles);
        assertTrue(cspace.hasReserve());
        assertEquals(0, cspace.takeRun(64, Requester.CLIENT));
        assertEquals(words > 0, cspace.takeRun(64, Requester.POOLS) != 0, "the pools' own growth may use it");
    }
}
