package org.allocman.view.recording;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.LinkedHashMap;
import java.util.List;
import org.allocman.sim.memory.PhysicalMemory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds out from the memory's journal what each step changed. */
final class MemoryWatch {
    private final PhysicalMemory memory;
    private final MachineShape shape;
    private final Interned<CapabilityRow> rows = new Interned<>();
    private final Interned<String> values = new Interned<>();
    private final @Nullable SlotMap slots;
    private final RecordPages pools;
    private final List<long[]> firstSlots;
    private final List<long[]> firstWords;
    private @Nullable CellWatch cells;
    private final LinkedHashMap<Long, Long> goingBack = new LinkedHashMap<>();
    private int seen;

    /** What a step changed. */
    record Changes(List<long[]> slots, List<long[]> words, List<int[]> cells) {
        boolean areNone() {
            return slots.isEmpty() && words.isEmpty() && cells.isEmpty();
        }
    }

    /** Begins now; the memory's journal is started. */
    MemoryWatch(Watched watched) {
        memory = watched.memory();
        shape = watched.shape();
        SlotMap found = watched.slots(rows);
        slots = found;
        pools = new RecordPages(shape.pools(), memory.words(), values, PAGE_BITS);
        if (found != null) {
            found.rows().forEach(pools::find);
        }
        firstSlots = found == null ? List.of() : found.all();
        firstWords = pools.all();
        seen = memory.startJournal();
    }

    void watch(Cells owned) {
        cells = new CellWatch(owned);
    }

    void endOwners() {
        if (cells != null) {
            cells.end();
        }
    }

    /** What has changed since this was asked last; owners are looked through only if that is wanted. */
    Changes next(boolean withOwners) {
        LinkedHashMap<Long, Long> oldWords = new LinkedHashMap<>();
        memory.forEachStore(seen, oldWords::putIfAbsent);
        seen = memory.checkpoint();
        return changes(oldWords, withOwners);
    }

    private Changes changes(LinkedHashMap<Long, Long> oldWords, boolean withOwners) {
        List<long[]> changedSlots = slots == null ? List.of() : slots.update(oldWords.keySet());
        for (long[] change : changedSlots) {
            if (change[2] >= 0) {
                pools.find(rows.at((int) change[2]));
            }
        }
        List<long[]> changedWords = pools.update(oldWords);
        return new Changes(changedSlots, changedWords, cells == null || !withOwners ? List.of() : cells.update());
    }

    /** The memory is about to go back: what has been stored to since that moment is noted as it is now. */
    void beforeRewind(int checkpoint) {
        goingBack.clear();
        memory.forEachStore(
                checkpoint,
                (address, old) -> goingBack.putIfAbsent(address, memory.words().load64(address, 0)));
    }

    /** What has changed by going back. */
    Changes afterRewind() {
        seen = memory.checkpoint();
        return changes(goingBack, false);
    }

    /** How far a recording with so many steps and operations is. */
    RunMark mark(int steps, int operations) {
        return new RunMark(steps, operations, rows.size(), values.size());
    }

    /** What came after a moment, as JSON. */
    String tail(RunMark mark, List<Operation> operations, List<RunStep> steps) {
        return RunJson.tail(operations, steps, rows.from(mark.rows()), values.from(mark.values()));
    }

    void journalStarted() {
        seen = memory.checkpoint();
    }

    void stop() {
        memory.stopJournal();
    }

    RunContent content(
            String title,
            String command,
            @Nullable String breaking,
            List<String> chapters,
            List<Operation> operations,
            List<RunStep> steps,
            int opening,
            long cut) {
        return new RunContent(
                title,
                command,
                breaking,
                shape,
                chapters,
                operations,
                firstSlots,
                firstWords,
                steps,
                opening,
                cut,
                rows.all(),
                values.all(),
                cells == null ? null : cells.content());
    }
}
