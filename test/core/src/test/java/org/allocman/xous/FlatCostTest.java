package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.junit.jupiter.api.Test;

/** B8: what claim and release cost does not depend on how full the table is, and hardly on how large. */
class FlatCostTest {
    private static final int PID = 7;

    /** The most that a pair of allocate and release costs at an occupancy. */
    private static long cost(long pages, double occupancy) {
        TablesMemory memory = new TablesMemory(0);
        CountingMemory counting = new CountingMemory(memory.words());
        Whitelist whitelist;
        try {
            whitelist = Whitelist.of(List.of(new NamedRange("RAM ", 0, pages * 4096)), List.of(), 1L << 52);
        } catch (ArgumentsException e) {
            throw new IllegalStateException(e);
        }
        PageAllocations allocations = new TablesLayout(0, whitelist, TableForm.ARRAY).rules(counting, memory.nodes());
        long full = Math.min((long) (pages * occupancy), pages - 1);
        for (long page = 0; page < full; page++) {
            assertEquals(page, allocations.allocate(2));
        }
        long most = 0;
        for (int i = 0; i < 200; i++) {
            long before = counting.accesses();
            long page = allocations.allocate(PID);
            assertEquals(page, allocations.release(page * 4096, PID));
            most = Math.max(most, counting.accesses() - before);
        }
        return most;
    }

    @Test
    void costDoesNotGrowWithOccupancy() {
        long half = cost(1 << 16, 0.5);
        long full = cost(1 << 16, 0.9999);
        assertTrue(
                full <= half + 8 && half <= full + 8,
                half + " and " + full + ": the index may change in one more level");
    }

    @Test
    void fourMillionPagesCostAtMostThreeTimesAThousand() {
        long small = cost(1 << 10, 0.9);
        long large = cost(1 << 22, 0.9);
        assertTrue(large <= 3 * small, large + " accesses against " + small);
    }
}
