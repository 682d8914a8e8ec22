package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;

class PageAllocationsProperties {
    private static final long RAM = 0x4000_0000L;
    private static final int RAM_PAGES = 70;
    private static final List<NamedRange> RANGES = List.of(
            new NamedRange("RAM ", RAM, RAM_PAGES * 4096L),
            new NamedRange("High", 0xffff_f000L, 4096),
            new NamedRange("Odd ", 0x1000_0000L, 5),
            new NamedRange("Next", 0x1000_1000L, 3 * 4096));

    private static Whitelist whitelist() {
        try {
            return Whitelist.of(RANGES, List.of(), KernelArguments.END);
        } catch (ArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PageAllocations allocations(TablesMemory memory, TableForm form) {
        return new TablesLayout(0, whitelist(), form).rules(memory.words(), memory.nodes());
    }

    /** An address in or near the ranges, mostly a page's. */
    private static long address(int choice) {
        long[] near = {0xffff_f000L, 0x1000_0000L, 0x1000_1000L, 0x1000_3000L, 0x1000_4000L, 0, 0xffff_ffffL};
        int page = choice % (RAM_PAGES + 2 + near.length);
        return page < RAM_PAGES + 2 ? RAM + (page - 1) * 4096L : near[page - RAM_PAGES - 2];
    }

    /** Both forms answer alike, as the rules say, and no answer but a claim changes the size of a table. */
    @Property(tries = 150)
    void bothFormsKeepTheRules(@ForAll @Size(max = 200) List<@IntRange(max = 1 << 20) Integer> steps) {
        TablesMemory arrayMemory = new TablesMemory(0);
        TablesMemory sparseMemory = new TablesMemory(200);
        PageAllocations array = allocations(arrayMemory, TableForm.ARRAY);
        PageAllocations sparse = allocations(sparseMemory, TableForm.PROGRAMMATIC);
        Fingerprint fresh = sparseMemory.physical().fingerprint();
        TreeMap<Long, Integer> owners = new TreeMap<>();
        for (int step : steps) {
            long expected = expected(owners, step);
            assertEquals(expected, perform(array, step), "step " + step);
            assertEquals(expected, perform(sparse, step), "step " + step);
            assertEquals(array.hash(), sparse.hash());
            assertEquals(RAM_PAGES + 5, array.tableBytes());
        }
        for (long page = 0; page < array.whitelist().pages(); page++) {
            int owner = owners.getOrDefault(array.whitelist().address(page), 0);
            assertEquals(owner, array.owner(page));
            assertEquals(owner, sparse.owner(page));
        }
        for (int pid = 1; pid <= 4; pid++) {
            assertEquals(array.end(pid, page -> false), sparse.end(pid, page -> false));
        }
        assertEquals(RAM_PAGES, array.freeRamPages());
        assertEquals(
                fresh, sparseMemory.physical().fingerprint(), "when nobody owns anything, memory is as at the start");
    }

    /** The lowest run of free pages is found, wherever it is, up to the very last page; or there is none. */
    @Property(tries = 100)
    void theLowestRunIsFound(
            @ForAll @Size(max = 75) Set<@IntRange(max = RAM_PAGES - 1) Integer> taken,
            @ForAll @IntRange(max = RAM_PAGES) int from,
            @ForAll @IntRange(max = RAM_PAGES) int to,
            @ForAll @IntRange(min = 1, max = RAM_PAGES) int pages) {
        PageAllocations allocations = allocations(new TablesMemory(0), TableForm.ARRAY);
        Set<Integer> all = new TreeSet<>(taken);
        // all but a stretch, so that there are long runs too, at every place
        for (int page = 0; page < RAM_PAGES; page++) {
            if (page < from || page > to) {
                all.add(page);
            } else if (from % 2 == 0) {
                all.remove(page);
            }
        }
        all.forEach(page -> assertEquals(page.longValue(), allocations.claim(RAM + page * 4096L, 3)));
        for (int wanted : new int[] {1, 2, pages, Math.max(1, to - from + 1)}) {
            long expected = XousError.OUT_OF_MEMORY.code();
            int run = 0;
            for (int page = 0; page < RAM_PAGES && expected < 0; page++) {
                run = all.contains(page) ? 0 : run + 1;
                expected = run == wanted ? page - wanted + 1 : expected;
            }
            assertEquals(expected, allocations.freeRun(wanted), "a run of " + wanted + " beside " + all);
        }
    }

    private static long perform(PageAllocations allocations, int step) {
        int pid = 1 + step % 4;
        long address = address(step / 64);
        return switch (step / 4 % 16) {
            case 0, 1, 2, 3, 4 -> allocations.allocate(pid);
            case 5, 6, 7, 8 -> allocations.claim(address, pid);
            case 9, 10, 11 -> allocations.release(address, pid);
            case 12, 13 -> allocations.move(address, pid, 1 + step / 64 % 4);
            case 14 -> allocations.claim(address + 8, pid);
            default -> allocations.end(pid, page -> allocations.whitelist().address(page) % 8192 == 0);
        };
    }

    private static long expected(TreeMap<Long, Integer> owners, int step) {
        int pid = 1 + step % 4;
        long address = address(step / 64);
        int kind = step / 4 % 16;
        if (kind < 5) {
            for (long page = 0; page < RAM_PAGES; page++) {
                if (owners.putIfAbsent(RAM + page * 4096, pid) == null) {
                    return page;
                }
            }
            return XousError.OUT_OF_MEMORY.code();
        }
        if (kind == 15) {
            long count = owners.values().stream().filter(owner -> owner == pid).count();
            owners.entrySet().removeIf(entry -> entry.getValue() == pid && entry.getKey() % 8192 != 0);
            owners.replaceAll((page, owner) -> owner == pid ? 1 : owner);
            return count;
        }
        long wanted = kind == 14 ? address + 8 : address;
        long page = whitelist().pageAt(wanted);
        if (wanted % 4096 != 0) {
            return XousError.BAD_ALIGNMENT.code();
        }
        if (page < 0) {
            return XousError.BAD_ADDRESS.code();
        }
        int owner = owners.getOrDefault(address, 0);
        if (kind < 9 || kind > 11) {
            int to = kind < 9 ? pid : 1 + step / 64 % 4;
            if (owner != 0 && owner != to && (kind < 9 || owner != pid)) {
                return XousError.MEMORY_IN_USE.code();
            }
            owners.put(address, to);
            return page;
        }
        if (owner != 0 && owner != pid) {
            return XousError.MEMORY_IN_USE.code();
        }
        owners.remove(address);
        return page;
    }

    /** Out of nodes is out of memory, and nothing has changed. */
    @Property(tries = 60)
    void aSparseTableWithoutMemoryChangesNothing(
            @ForAll @IntRange(max = 3) int nodes, @ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> pages) {
        TablesMemory memory = new TablesMemory(nodes);
        PageAllocations allocations = allocations(memory, TableForm.PROGRAMMATIC);
        for (int page : pages) {
            Fingerprint before = memory.physical().fingerprint();
            long answer = allocations.claim(address(page), 3);
            if (answer < 0) {
                assertEquals(before, memory.physical().fingerprint());
            }
        }
        assertTrue(allocations.tableBytes() <= (long) nodes * SparseMap.NODE_BYTES);
    }

    /** A table without room says so when a page is to be the kernel's, and changes nothing. */
    @Property(tries = 60)
    void aPageIsTheKernelsOrTheTableSaysNo(
            @ForAll @IntRange(max = 4) int nodes, @ForAll @Size(max = 40) List<@IntRange(max = 80) Integer> pages) {
        TablesMemory memory = new TablesMemory(nodes);
        PageAllocations allocations = allocations(memory, TableForm.PROGRAMMATIC);
        for (int draw : pages) {
            long page = draw % allocations.whitelist().pages();
            if (allocations.owner(page) == 0) {
                Fingerprint before = memory.physical().fingerprint();
                boolean isEntered = allocations.setUnavailable(page);
                assertEquals(isEntered ? 1 : 0, allocations.owner(page));
                assertTrue(isEntered || before.equals(memory.physical().fingerprint()));
                // 75 pages are in three leaves and a root
                assertTrue(isEntered || nodes < 4);
            }
        }
    }

    @Property(tries = 150)
    void aSparseMapIsAMap(@ForAll @Size(max = 120) List<@IntRange(max = 3_000_000) Integer> numbers) {
        TablesMemory memory = new TablesMemory(400);
        Fingerprint fresh = memory.physical().fingerprint();
        SparseMap map = new SparseMap(memory.words(), memory.nodes(), 8, 3_000_000 / 2 + 1);
        TreeMap<Long, Long> model = new TreeMap<>();
        for (int draw : numbers) {
            long number = draw % 3 == 0 ? draw / 2 % 300 : draw / 2;
            if (model.containsKey(number)) {
                assertEquals(model.remove(number), memory.words().load64(map.find(number), 0));
                map.remove(number);
            } else {
                long entry = map.make(number);
                memory.words().store64(entry, 0, draw);
                memory.words().store64(entry, 8, -1);
                model.put(number, (long) draw);
            }
            assertEquals(model.containsKey(number), map.find(number) != 0);
            Long next = model.ceilingKey(number / 2);
            assertEquals(next == null ? -1 : next, map.next(number / 2));
        }
        long at = map.next(0);
        for (long number : model.keySet()) {
            assertEquals(number, at);
            at = map.next(at + 1);
        }
        assertEquals(-1, at);
        model.keySet().forEach(map::remove);
        assertEquals(fresh, memory.physical().fingerprint());
    }
}
