package org.allocman.xous.process;

import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;
import org.allocman.xous.SparseMap;

/** A process as calls see it: its number, its record, and what it has at its addresses. A view; all it knows lies in memory. */
final class Process {
    private final int pid;
    private final Memory memory;
    private final @VirtAddr long record;
    private final SparseMap mappings;

    Process(int pid, Memory memory, @VirtAddr long record, SparseMap mappings) {
        this.pid = pid;
        this.memory = memory;
        this.record = record;
        this.mappings = mappings;
    }

    int pid() {
        return pid;
    }

    /** An entry for each page of its addresses, thread and page table, by the numbers of {@link Mapping}. */
    SparseMap mappings() {
        return mappings;
    }

    long get(Word field) {
        return field.get(memory, record);
    }

    void set(Word field, long value) {
        field.set(memory, record, value);
    }

    long get(Bits field) {
        return field.get(memory, record);
    }

    void set(Bits field, long value) {
        field.set(memory, record, value);
    }

    /** Clears the record: no process has the number any more. */
    void clear() {
        memory.clear(record, ProcessRecord.BYTES);
    }

    /** The entry of a page of its addresses, thread or page table; 0 if there is none. */
    @VirtAddr
    long entry(long number) {
        return mappings.find(number);
    }

    /** What it has at a page of its addresses: a state of {@link Mapping}, or 0 for nothing. */
    int state(long virtualPage) {
        long entry = entry(virtualPage);
        return entry == 0 ? 0 : (int) Mapping.STATE.get(memory, entry);
    }

    /** What it may do at a page of its addresses, at which it has something. */
    int flags(long virtualPage) {
        return (int) Mapping.FLAGS.get(memory, entry(virtualPage));
    }
}
