package org.allocman.lesson.course;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.RecordedTask;
import org.allocman.lesson.RootTask;
import org.allocman.lesson.Stage;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Kernel;
import org.allocman.vka.MemoryFault;

/** A pool that grows by what is recorded in it, and the reserve that it takes. */
final class VirtualPoolLesson extends Lesson<RecordedTask> {
    private static final int ENDPOINTS = 200;
    private static final int MOST_PAGES = 16;

    VirtualPoolLesson() {
        super("virtual-pool", RecordedTask.class);
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.JAVA);
    }

    @Override
    public Stage<RecordedTask> start(UnaryOperator<Kernel> wrapper) {
        Machine machine = SmallMachine.boot();
        RootTask task = new RootTask(
                wrapper.apply(machine.kernel()), machine.rootMemory(), machine.bootInfo(), machine.freeVirtualBase());
        Look look = new Look(machine);
        RecordedTask desk = new RecordedTask(task, machine.staticPoolBase());
        return new Stage<>() {
            @Override
            public RecordedTask desk() {
                return desk;
            }

            @Override
            public List<Fact> facts() {
                return List.of(
                        new Fact(Look.hex(desk.firstPage()), "a page of 4 KiB: 64 records of 64 bytes, all free"),
                        new Fact(
                                Look.hex(desk.window()), "nothing is mapped from here on, and a page table is missing"),
                        new Fact("slot 44", look.phrase(44)),
                        new Fact("slot 47", look.phrase(47)),
                        new Fact("slot " + desk.firstSlot(), "the first of the empty slots"));
            }

            @Override
            public Machine machine() {
                return machine;
            }

            @Override
            public List<Finding> check() {
                SlotFindings found = new SlotFindings(name(), look);
                VirtualPoolLesson.check(machine, desk, found);
                return found.list();
            }
        };
    }

    private static void check(Machine machine, RecordedTask desk, SlotFindings found) {
        Set<Long> recorded = new TreeSet<>();
        long free = 0;
        boolean hasPages = true;
        int pages = 0;
        for (int page = 0; page <= MOST_PAGES && hasPages; page++) {
            long address = page == 0 ? desk.firstPage() : desk.window() + (page - 1) * (long) PAGE;
            try {
                for (long record = address; record < address + PAGE; record += RecordedTask.RECORD_BYTES) {
                    long slot = machine.rootMemory().load64(record, 0);
                    free += slot == 0 ? 1 : 0;
                    recorded.add(slot);
                }
                pages++;
            } catch (MemoryFault end) {
                hasPages = false;
            }
        }
        Counts counts = Counts.of(machine, desk.firstSlot(), found.look());
        for (long slot : counts.objects.keySet()) {
            if (!recorded.contains(slot)) {
                found.add(
                        "lost",
                        "Slot " + slot + " holds something, and no record in the pool says so.",
                        "The records lie in the first page, and in the pages that are mapped one behind the other in the"
                                + " window. Memory that happens to be there as well belongs to somebody else.");
                return;
            }
        }
        if (counts.endpoints != ENDPOINTS) {
            stuck(counts, free, pages, found);
        }
    }

    /** What has been made. */
    private record Counts(int endpoints, int tables, int frames, Map<Long, CapabilityType> objects) {
        static Counts of(Machine machine, long first, Look look) {
            Map<Long, CapabilityType> objects = new TreeMap<>();
            for (long slot = first; slot < machine.bootInfo().empty().end(); slot++) {
                if (!look.isEmpty(slot)) {
                    objects.put(slot, look.type(slot));
                }
            }
            return new Counts(
                    count(objects, CapabilityType.ENDPOINT),
                    count(objects, CapabilityType.PAGE_TABLE),
                    count(objects, CapabilityType.FRAME),
                    objects);
        }

        private static int count(Map<Long, CapabilityType> objects, CapabilityType type) {
            return (int) objects.values().stream().filter(type::equals).count();
        }
    }

    private static void stuck(Counts counts, long free, int pages, SlotFindings found) {
        String made = "There are " + counts.endpoints + " endpoints; wanted are 200. ";
        boolean isStuck = free == 0 && pages == counts.frames + 1;
        if (isStuck && counts.tables == 0) {
            found.add(
                    "no-record",
                    made + "All " + counts.objects.size()
                            + " records are in use, so no page can be made any more: it would" + " need a record.",
                    "Make the next page while there still are records for all that it takes. Those records are the"
                            + " reserve. How many does it take the first time?");
        } else if (isStuck && counts.frames == 0) {
            found.add(
                    "table",
                    made + "The last record went to a page table, and there is none left for the page itself.",
                    "The first page of the window takes two objects, a page table and a frame, so the reserve is two records.");
        } else if (counts.frames + 1 > pages) {
            found.add(
                    "unmapped",
                    made + counts.frames + " frames have been made for the pool, but " + (pages - 1) + " are mapped.",
                    "A frame is of use as a page of records only when it is mapped, and a map may want a page table first.");
        } else {
            found.add(
                    "endpoints",
                    made + free + " records are free.",
                    "Go on as long as endpoints are missing, and let the pool grow whenever it falls to its reserve.");
        }
    }
}
