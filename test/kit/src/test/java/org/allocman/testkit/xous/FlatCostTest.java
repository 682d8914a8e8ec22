package org.allocman.testkit.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.vka.Memory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.BookLayout;
import org.allocman.xous.PageBook;
import org.allocman.xous.TableForm;
import org.allocman.xous.Whitelist;
import org.junit.jupiter.api.Test;

/** B8: what claim and release cost does not depend on how full the table is, and hardly on how large. */
class FlatCostTest {
    private static final int PID = 7;

    /** Counts loads and stores. */
    private static final class Counting implements Memory {
        private final Memory memory;
        private long accesses;

        Counting(Memory memory) {
            this.memory = memory;
        }

        @Override
        public long load64(long record, int offset) {
            accesses++;
            return memory.load64(record, offset);
        }

        @Override
        public void store64(long record, int offset, long value) {
            accesses++;
            memory.store64(record, offset, value);
        }

        @Override
        public int load32(long record, int offset) {
            accesses++;
            return memory.load32(record, offset);
        }

        @Override
        public void store32(long record, int offset, int value) {
            accesses++;
            memory.store32(record, offset, value);
        }
    }

    /** The most that a pair of allocate and release costs at an occupancy. */
    private static long cost(long pages, double occupancy) {
        BookMemory memory = new BookMemory(0);
        Counting counting = new Counting(memory.words());
        Whitelist whitelist;
        try {
            whitelist = Whitelist.of(List.of(new NamedRange("RAM ", 0, pages * 4096)), List.of(), 1L << 52);
        } catch (ArgumentsException e) {
            throw new IllegalStateException(e);
        }
        PageBook book = new BookLayout(0, whitelist, TableForm.ARRAY).rules(counting, memory.nodes());
        long full = Math.min((long) (pages * occupancy), pages - 1);
        for (long page = 0; page < full; page++) {
            assertEquals(page, book.allocate(2));
        }
        long most = 0;
        for (int i = 0; i < 200; i++) {
            long before = counting.accesses;
            long page = book.allocate(PID);
            assertEquals(page, book.release(page * 4096, PID));
            most = Math.max(most, counting.accesses - before);
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
