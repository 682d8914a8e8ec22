package org.allocman.sim.kernel;

import org.allocman.vka.layout.Word;

/** The kernel's own words: one page of kernel memory, at the address that boot gives the kernel. */
public final class KernelState {
    /*
     *      0  current thread, physical address of its TCB
     *      8  free
     *   2048  ASID table, 128 words: physical address of each ASID pool, or-ed with 1; 0 for none
     *   3072  free, up to 4096
     */
    /** How much memory the state takes, in bytes. */
    public static final int BYTES = 4096;

    /** Physical address of the TCB of the thread that runs, the root task. */
    public static final Word CURRENT_THREAD = new Word("current thread", 0);

    /** Offset of the ASID table, 128 words, which belongs to {@link AddressSpaces}. */
    public static final int ASID_TABLE = 2048;

    private KernelState() {}
}
