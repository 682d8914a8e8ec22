package org.allocman.lab.machine;

import org.allocman.vka.Memory;

/** Counts loads and stores; clearing a stretch counts as one. */
public final class CountingMemory implements Memory {
    private final Memory memory;
    private long accesses;

    /**
     * Stands before a memory.
     *
     * @param memory which carries out everything
     */
    public CountingMemory(Memory memory) {
        this.memory = memory;
    }

    /**
     * What was counted.
     *
     * @return loads and stores since the beginning
     */
    public long accesses() {
        return accesses;
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

    @Override
    public void clear(long address, long bytes) {
        accesses++;
        memory.clear(address, bytes);
    }
}
