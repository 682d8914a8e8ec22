package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.RootTask;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.vka.MemoryFault;

/** Why nothing can be allocated at first, and the first page that holds a record. */
final class CircleLesson extends KernelLesson {
    private static final long PAGE = 0x4000_0000L;
    private static final int TABLES = 2;
    private static final int ENDPOINTS = 10;

    CircleLesson() {
        super("circle", Form.JAVA);
    }

    @Override
    List<Long> shown() {
        return List.of(RootTask.VSPACE, 44L, 45L, 46L, 47L, 48L, 49L, 50L);
    }

    @Override
    void check(Machine machine, SlotFindings found) {
        int tables = tables(machine);
        long record;
        try {
            record = machine.rootMemory().load64(PAGE, 0);
        } catch (MemoryFault unmapped) {
            if (tables < TABLES) {
                found.add(
                        "tables",
                        "Nothing is mapped at 0x40000000, and on the way there " + (TABLES - tables)
                                + (tables == 0 ? " page tables are" : " page table is") + " missing.",
                        "A map that finds no way is refused with FailedLookup, and the bits left say at which level a page"
                                + " table is missing. Make one, map it at the same address, and try again.");
            } else {
                found.add(
                        "frame",
                        "The page tables for 0x40000000 are there, but no frame is mapped.",
                        "With the page tables in place the map of the frame that was refused before will work.");
            }
            return;
        }
        record(machine, record, found);
    }

    private static void record(Machine machine, long record, SlotFindings found) {
        Look look = found.look();
        long first = machine.bootInfo().empty().start();
        long end = first;
        List<Long> empty = new ArrayList<>();
        int endpoints = 0;
        for (long slot = first; slot < machine.bootInfo().empty().end(); slot++) {
            if (look.isEmpty(slot)) {
                empty.add(slot);
            } else {
                end = slot + 1;
                endpoints += look.type(slot) == CapabilityType.ENDPOINT ? 1 : 0;
            }
        }
        long last = end;
        empty.removeIf(slot -> slot >= last);
        if (endpoints != ENDPOINTS) {
            found.add(
                    "endpoints",
                    "There are " + endpoints + " endpoints; wanted are 10.",
                    "Each endpoint takes the slot that the record names, and the record then names the next one.");
        }
        if (record == 0) {
            found.add(
                    "no-record",
                    "The page is mapped, but its first word is 0: no record has been written.",
                    "The record is what the allocator knows. It belongs into the page: memory.store64(0x40000000, 0, slot).");
        } else if (record != end) {
            found.add(
                    "record",
                    "The record says that slot " + record
                            + " is the next free one, but the first slot behind all that are in" + " use is " + end
                            + ".",
                    "The frame and the page tables of the page took slots too, before there was a place to write that down."
                            + " And the record changes with each allocation.");
        }
        if (!empty.isEmpty()) {
            found.add(
                    "gap",
                    "Slot " + Look.list(empty.subList(0, Math.min(empty.size(), 3)))
                            + " is empty, between slots in use.",
                    "A bump allocator takes one slot after the other from the first free one, " + first + ", on.");
        }
    }

    /** How many page tables lead to the page that were not there at the start. */
    private static int tables(Machine machine) {
        int[] tables = {0};
        new Mappings(machine.memory().words(), machine.board().architecture(), machine.kernelState())
                .visit(new Mappings.Visitor() {
                    @Override
                    public void pool(int base, long pool) {}

                    @Override
                    public void root(int asid, long root) {}

                    @Override
                    public void table(int asid, long vaddr, long table) {
                        tables[0] += vaddr == PAGE ? 1 : 0;
                    }

                    @Override
                    public void frame(int asid, long vaddr, long frame, int sizeBits) {}
                });
        return tables[0];
    }
}
