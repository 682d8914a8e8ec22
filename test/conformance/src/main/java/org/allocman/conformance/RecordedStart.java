package org.allocman.conformance;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.allocman.conformance.kernel.Fields;
import org.allocman.conformance.kernel.RecordingLines;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.RecordingException;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SplitDesign;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedRoots;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.Rounding;
import org.allocman.vka.Untyped;

/**
 * The start of a recording: a machine with an untyped for each block of the first dump, and a split manager with just those
 * blocks in its lists, of whose slots the first ones are taken.
 *
 * @param machine the machine
 * @param slots its slots, in the recorded order
 * @param manager the manager
 */
record RecordedStart(PlainMachine machine, WordSlots slots, SplitUntypeds manager) {
    static final Architecture ARCHITECTURE = Architecture.X86_64;

    /** Slots that the library's own bootstrap has taken before the first step. */
    private static final int TAKEN = 61;

    private static final int FIRST_SLOT = 16;
    private static final int LEAST_RADIX = 8;
    private static final int GREATEST_RADIX = 18;
    private static final long TOP = 1L << 47;
    private static final int ROOTS_STATE = 1016;
    private static final int SLAB_STATE = 1024;
    private static final SplitUntypeds.Halving HALVING = SplitUntypeds.Halving.COMPATIBLE;
    private static final UntypedDesign DESIGN = new SplitDesign(HALVING);
    private static final RecordKind PAIR = DESIGN.rootRecord();

    /** Where the manager's book-keeping lies in the pool. */
    private record Pool(long base, int roots, long slots) {
        long pages() {
            // every two slots at most a pair, and a page that is begun
            return (roots + slots / 2) * PAIR.bytes() / (PAGE - PAIR.bytes()) + 2;
        }

        long table() {
            return base + PAGE;
        }

        long fixedState() {
            return table() + UntypedTable.tableBytes(roots);
        }

        long fixedBase() {
            return Rounding.up(fixedState() + FixedPages.stateBytes(pages()), PAGE);
        }

        long bytes() {
            return fixedBase() + pages() * PAGE - base;
        }
    }

    /** Takes everything up to the end of the first dump. */
    static RecordedStart read(RecordingLines lines, Fields header, OwnersObserver observer) throws RecordingException {
        int line = lines.number();
        int radix = (int) header.number("cnode_size_bits", LEAST_RADIX, GREATEST_RADIX);
        String empty = header.text("empty");
        String[] range = empty == null ? new String[0] : empty.split("\\.\\.", -1);
        if (range.length != 2) {
            throw new RecordingException(line, "does not say which slots are empty");
        }
        long start = Fields.number(range[0], "the first empty slot", line);
        long end = Fields.number(range[1], "the end of the empty slots", line);
        if (start < FIRST_SLOT || end > 1L << radix || start > end) {
            throw new RecordingException(
                    line, "slots " + Fields.abridged(empty == null ? "" : empty) + " are not in the CNode");
        }
        WordSlots slots = new WordSlots(ARCHITECTURE, start, end);
        for (int i = 0; i < TAKEN; i++) {
            slots.takeRun(1, Requester.POOLS);
        }
        Map<FreeList.Place, FreeList> lists = firstDump(lines);
        List<Untyped> untypeds = new ArrayList<>();
        List<UntypedRoots.Root> roots = new ArrayList<>();
        for (FreeList list : lists.values()) {
            for (int i = list.blocks().size() - 1; i >= 0; i--) {
                untypeds.add(list.blocks().get(i));
                roots.add(
                        new UntypedRoots.Root(list.blocks().get(i), list.place().kind()));
            }
        }
        check(untypeds, slots, radix, lines);
        return build(radix, untypeds, roots, slots, end - start, lines, observer);
    }

    private static Map<FreeList.Place, FreeList> firstDump(RecordingLines lines) throws RecordingException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith("D ")) {
                return FreeList.readAll(lines);
            }
            // what boot handed out has become the blocks of the dump
            if (!line.startsWith("U ") && !RemarkLine.is(line)) {
                throw lines.wrong("neither an untyped nor the first dump: " + Fields.abridged(line));
            }
        }
        throw lines.wrong("there is no dump of the start");
    }

    private static void check(List<Untyped> untypeds, WordSlots slots, int radix, RecordingLines lines)
            throws RecordingException {
        Set<Long> seen = new HashSet<>();
        for (Untyped untyped : untypeds) {
            long slot = untyped.slot();
            if (slot < FIRST_SLOT || slot >= 1L << radix || slots.isFree(slot) || !seen.add(slot)) {
                throw lines.wrong("a slot that nothing can be in, or two things are in: " + untyped);
            }
            if (untyped.paddr() < 0
                    || untyped.paddr() >= TOP
                    || untyped.last() >= TOP
                    || (untyped.paddr() & (1L << Architecture.MIN_UNTYPED_BITS) - 1) != 0) {
                throw lines.wrong("an address that no memory can be at: " + untyped);
            }
        }
        List<Untyped> sorted = byAddress(untypeds);
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).paddr() <= sorted.get(i - 1).last()) {
                throw lines.wrong("two blocks overlap: " + sorted.get(i - 1) + " and " + sorted.get(i));
            }
        }
    }

    private static List<Untyped> byAddress(List<Untyped> untypeds) {
        return untypeds.stream()
                .sorted(Comparator.comparingLong(Untyped::paddr))
                .toList();
    }

    private static RecordedStart build(
            int radix,
            List<Untyped> untypeds,
            List<UntypedRoots.Root> roots,
            WordSlots slots,
            long slotCount,
            RecordingLines lines,
            OwnersObserver observer)
            throws RecordingException {
        long poolBytes = new Pool(0, roots.size(), slotCount).bytes();
        PlainMachine.Builder builder = PlainMachine.of(ARCHITECTURE, radix, poolBytes);
        untypeds.forEach(builder::untyped);
        PlainMachine machine =
                builder.from(gap(untypeds, radix, poolBytes, lines)).build();
        Pool pool = new Pool(machine.pool(), roots.size(), slotCount);
        Memory memory = machine.rootMemory();
        FixedPages pages = new FixedPages(memory, pool.fixedState(), pool.fixedBase(), pool.pages());
        pages.initialise();
        SlabMspace records = new SlabMspace(memory, pool.base() + SLAB_STATE, pages, DESIGN.records());
        UntypedTable table = new UntypedTable(
                memory, pool.base() + ROOTS_STATE, pool.table(), roots.size(), records, PAIR, ARCHITECTURE);
        SplitUntypeds manager = new SplitUntypeds(
                observer.before(machine.kernel()), memory, pool.base(), records, slots, table, HALVING);
        if (!new UntypedRoots(manager).adopt(roots)) {
            throw lines.wrong("the blocks have no room in the pool");
        }
        return new RecordedStart(machine, slots, manager);
    }

    /** An address between the untypeds at which the machine's own memory has room. */
    private static @PhysAddr long gap(List<Untyped> untypeds, int radix, long poolBytes, RecordingLines lines)
            throws RecordingException {
        long candidate = 0;
        for (Untyped untyped : byAddress(untypeds)) {
            if (candidate + PlainMachine.bytes(ARCHITECTURE, radix, candidate, poolBytes) <= untyped.paddr()) {
                return candidate;
            }
            candidate = (untyped.last() + PAGE) / PAGE * PAGE;
        }
        if (candidate + PlainMachine.bytes(ARCHITECTURE, radix, candidate, poolBytes) > TOP) {
            throw lines.wrong("between the blocks there is no room for the root CNode");
        }
        return candidate;
    }
}
