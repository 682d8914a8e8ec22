package org.allocman.lab.machine;

import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Counts how often a page is looked up: by a pin, or by an access without one. */
public final class LookupCountingMemory implements Memory {
    private final Memory memory;
    private long lookups;

    /**
     * Stands before a memory.
     *
     * @param memory which carries out everything
     */
    public LookupCountingMemory(Memory memory) {
        this.memory = memory;
    }

    /**
     * What was counted.
     *
     * @return look-ups since the beginning
     */
    public long lookups() {
        return lookups;
    }

    @Override
    public long load64(long record, int offset) {
        lookups++;
        return memory.load64(record, offset);
    }

    @Override
    public void store64(long record, int offset, long value) {
        lookups++;
        memory.store64(record, offset, value);
    }

    @Override
    public int load32(long record, int offset) {
        lookups++;
        return memory.load32(record, offset);
    }

    @Override
    public void store32(long record, int offset, int value) {
        lookups++;
        memory.store32(record, offset, value);
    }

    @Override
    public void clear(long address, long bytes) {
        lookups++;
        memory.clear(address, bytes);
    }

    @Override
    public long @Nullable [] pin(long record) {
        lookups++;
        return memory.pin(record);
    }

    @Override
    public long load64(long @Nullable [] pin, long record, int offset) {
        lookups += pin == null ? 1 : 0;
        return memory.load64(pin, record, offset);
    }

    @Override
    public void store64(long @Nullable [] pin, long record, int offset, long value) {
        lookups += pin == null ? 1 : 0;
        memory.store64(pin, record, offset, value);
    }

    @Override
    public int load32(long @Nullable [] pin, long record, int offset) {
        lookups += pin == null ? 1 : 0;
        return memory.load32(pin, record, offset);
    }

    @Override
    public void store32(long @Nullable [] pin, long record, int offset, int value) {
        lookups += pin == null ? 1 : 0;
        memory.store32(pin, record, offset, value);
    }
}
