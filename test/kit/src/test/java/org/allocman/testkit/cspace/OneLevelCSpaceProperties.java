package org.allocman.testkit.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;

class OneLevelCSpaceProperties {
    private static final long STATE = 0x1000;
    private static final long BITMAPS = 0x2000;

    private record Run(long first, int count) {}

    /** Request 0 takes a slot, 1 to 7 take a run of 2^(n-1), others give something back. */
    @Property(tries = 300)
    void slotsAndRunsAreDisjointAlignedAndGoBackWithoutATrace(
            @ForAll @IntRange(min = 4, max = 10) int radix,
            @ForAll @IntRange(min = 1, max = 300) int start,
            @ForAll @Size(max = 150) List<@IntRange(min = 0, max = 11) Integer> requests) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        Memory memory = physical.words();
        OneLevelCSpace cspace = new OneLevelCSpace(memory, STATE, BITMAPS, 2, 64, radix);
        int slots = 1 << radix;
        cspace.addFree(Math.min(start, slots), slots);
        BitSet free = new BitSet();
        free.set(Math.min(start, slots), slots);
        Fingerprint fresh = physical.fingerprint();
        List<Run> taken = new ArrayList<>();
        for (int request : requests) {
            assertEquals(free.cardinality(), cspace.freeSlots());
            if (request > 7 && !taken.isEmpty()) {
                giveBack(cspace, free, taken.remove(request % taken.size()));
            } else if (request == 0) {
                long slot = cspace.take();
                assertEquals(free.isEmpty(), slot == 0);
                take(cspace, free, taken, new Run(slot, 0));
            } else if (request <= 7) {
                int count = 1 << request - 1;
                long first = cspace.takeRun(count, true);
                assertEquals(hasRun(free, slots, count), first != 0, "a run of " + count);
                assertEquals(0, first % count, "runs are aligned");
                take(cspace, free, taken, new Run(first, count));
            }
        }
        taken.forEach(run -> giveBack(cspace, free, run));
        assertEquals(fresh, physical.fingerprint(), "when all is given back, memory is as at the start");
    }

    private static void take(OneLevelCSpace cspace, BitSet free, List<Run> taken, Run run) {
        if (run.first == 0) {
            return;
        }
        int end = (int) run.first + Math.max(1, run.count);
        assertEquals(end, free.nextClearBit((int) run.first) >= end ? end : -1, "all of it was free");
        free.clear((int) run.first, end);
        taken.add(run);
        assertEquals(run.count == 0, cspace.isTaken(run.first));
    }

    private static void giveBack(OneLevelCSpace cspace, BitSet free, Run run) {
        if (run.count == 0) {
            cspace.giveBack(run.first);
            assertFalse(cspace.isTaken(run.first));
        } else {
            cspace.giveBackRun(run.first, run.count);
        }
        free.set((int) run.first, (int) run.first + Math.max(1, run.count));
    }

    private static boolean hasRun(BitSet free, int slots, int count) {
        for (int first = count; first + count <= slots; first += count) {
            if (free.get(first) && free.nextClearBit(first) >= first + count) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 100)
    void usersLeaveTheReserve(@ForAll @IntRange(min = 0, max = 4) int words) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        OneLevelCSpace cspace = new OneLevelCSpace(physical.words(), STATE, BITMAPS, 2, 64, 9);
        cspace.addFree(10, 512);
        cspace.reserve(words);
        int singles = 0;
        while (cspace.take() != 0) {
            singles++;
        }
        assertEquals(512 - 10 - 64 * words, singles);
        assertTrue(cspace.hasReserve());
        assertEquals(0, cspace.takeRun(64, false));
        assertEquals(words > 0, cspace.takeRun(64, true) != 0, "the pools' own growth may use it");
    }
}
