package org.allocman.uvisor.block;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** How often each block faulted since it was handed out; at 2^32 - 1 it stays. */
final class FaultCounters {
    private static final long MOST = 0xffff_ffffL;
    private static final HalfWord FAULTS = new HalfWord("faults", 0);

    private final Memory memory;
    private final long address;
    private final int blocks;

    FaultCounters(Memory memory, long address, int blocks) {
        this.memory = memory;
        this.address = address;
        this.blocks = blocks;
    }

    static long bytes(int blocks) {
        return (blocks + 1L) / 2 * Long.BYTES;
    }

    void count(int block) {
        if (isBlock(block) && get(block) < MOST) {
            FAULTS.add(memory, at(block), 1);
        }
    }

    long get(int block) {
        return isBlock(block) ? FAULTS.get(memory, at(block)) : 0;
    }

    void reset(int block) {
        if (isBlock(block)) {
            FAULTS.set(memory, at(block), 0);
        }
    }

    private boolean isBlock(int block) {
        return block >= 0 && block < blocks;
    }

    private long at(int block) {
        return address + (long) block * Integer.BYTES;
    }
}
