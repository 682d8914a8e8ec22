package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Word;

/**
 * The numbers of the MPU profile's address spaces: what an ASID is elsewhere. A table among the kernel's own words, each the
 * physical address of a VSpace or-ed with 1, or 0. Number 0 is never given.
 */
public final class MpuSpaceTable {
    /** How many numbers there are, number 0 counted. */
    public static final int COUNT = 128;

    /** In place of a number or an address: there is none. */
    static final int NONE = -1;

    private static final long USED = 1;
    private static final Word SPACE = new Word("address space", KernelState.ASID_TABLE);

    private final PagedMemory memory;
    private final @PhysAddr long state;

    /**
     * The table of a kernel.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's own words
     */
    public MpuSpaceTable(PagedMemory memory, @PhysAddr long state) {
        this.memory = memory;
        this.state = state;
    }

    /** The VSpace with a number, or {@link #NONE}. */
    @PhysAddr
    long space(int number) {
        long word = number < COUNT ? SPACE.get(memory, at(number)) : 0;
        return word == 0 ? NONE : word & ~USED;
    }

    /** The lowest free number, or {@link #NONE}. */
    int free() {
        for (int number = 1; number < COUNT; number++) {
            if (space(number) == NONE) {
                return number;
            }
        }
        return NONE;
    }

    /**
     * Gives a number.
     *
     * @param number a free one
     * @param space physical address of the VSpace
     */
    public void put(int number, @PhysAddr long space) {
        SPACE.set(memory, at(number), space | USED);
    }

    /** Takes a number back, if the VSpace has it. */
    void remove(int number, @PhysAddr long space) {
        if (space(number) == space) {
            SPACE.set(memory, at(number), 0);
        }
    }

    private long at(int number) {
        return state + ((long) number << 3);
    }
}
