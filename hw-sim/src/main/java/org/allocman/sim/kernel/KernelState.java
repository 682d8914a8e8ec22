package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/** The kernel's own words: one page of kernel memory, at the address that boot gives the kernel. */
public final class KernelState {
    /*
     *      0  current thread: physical address of its TCB, or-ed with 1; 0 for none
     *      8  free
     *   2048  ASID table, 128 words: physical address of each ASID pool, or-ed with 1; 0 for none
     *   3072  free, up to 4096
     */
    /** How much memory the state takes, in bytes. */
    public static final int BYTES = 4096;

    /** Offset of the ASID table, 128 words, which belongs to {@link AddressSpaces}. */
    public static final int ASID_TABLE = 2048;

    private static final Word CURRENT_THREAD = new Word("current thread", 0);
    private static final long PRESENT = 1;

    private KernelState() {}

    /**
     * The thread that runs, which is the root task.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @return physical address of its TCB; negative if there is none
     */
    public static @PhysAddr long thread(Memory memory, @PhysAddr long state) {
        long word = CURRENT_THREAD.get(memory, state);
        return word == 0 ? -1 : word & ~PRESENT;
    }

    /**
     * Says which thread runs.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param tcb physical address of its TCB
     */
    public static void setThread(Memory memory, @PhysAddr long state, @PhysAddr long tcb) {
        CURRENT_THREAD.set(memory, state, tcb | PRESENT);
    }

    /** Says that no thread runs. */
    static void clearThread(Memory memory, long state) {
        CURRENT_THREAD.set(memory, state, 0);
    }
}
