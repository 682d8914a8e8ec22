package org.allocman.mspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;
import org.allocman.vka.PageSize;

class SlabMspaceProperties {
    private static final long STATE = 0x1000;
    private static final long PAGES_STATE = 0x2000;
    private static final long PAGES = 0x10000;

    @Property(tries = 300)
    void recordsAreZeroDisjointAndGoBackWithoutATrace(
            @ForAll @IntRange(min = 0, max = 12) int pages,
            @ForAll @Size(max = 120) List<@IntRange(min = -200, max = 4040) Integer> requests) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        Memory memory = physical.words();
        FixedPages fixed = new FixedPages(memory, PAGES_STATE, PAGES, pages);
        fixed.initialise();
        SlabMspace mspace = new SlabMspace(memory, STATE, fixed, List.of());
        Fingerprint empty = physical.fingerprint();
        TreeMap<Long, Integer> live = new TreeMap<>();
        for (int request : requests) {
            if (request < 1 && !live.isEmpty()) {
                Map.Entry<Long, Integer> some = live.ceilingEntry(PAGES - 8L * request);
                Map.Entry<Long, Integer> entry = some == null ? live.firstEntry() : some;
                assertTrue(mspace.free(entry.getKey(), entry.getValue()));
                live.remove(entry.getKey());
                assertFalse(mspace.free(entry.getKey(), entry.getValue()), "a second free is refused");
                continue;
            }
            long address = mspace.allocate(request);
            if (address == 0) {
                assertTrue(request < 1 || request > 4032 || fixed.ready() == 0, "refused although there is room");
                continue;
            }
            checkPlace(memory, live, address, request, pages);
            memory.store64(address, 0, -1);
            memory.store64(address, (request - 1) / 8 * 8, -1);
            live.put(address, request);
        }
        new ArrayList<>(live.keySet()).forEach(address -> assertTrue(mspace.free(address, live.get(address))));
        assertEquals(empty, physical.fingerprint(), "when all is given back, memory is as at the start");
    }

    private static void checkPlace(Memory memory, TreeMap<Long, Integer> live, long address, int bytes, int pages) {
        assertTrue(address >= PAGES && address + bytes <= PAGES + (long) pages * PageSize.PAGE);
        assertEquals(address / PageSize.PAGE, (address + bytes - 1) / PageSize.PAGE, "in one page");
        assertEquals(0, address % 64);
        Map.Entry<Long, Integer> below = live.floorEntry(address);
        assertTrue(below == null || below.getKey() + below.getValue() <= address, "overlaps the one below");
        Long above = live.higherKey(address);
        assertTrue(above == null || address + bytes <= above, "overlaps the one above");
        for (int offset = 0; offset + 8 <= bytes; offset += 8) {
            assertEquals(0, memory.load64(address, offset), "a record is all zero");
        }
    }
}
