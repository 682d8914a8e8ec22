package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.Rounding;
import org.allocman.vka.layout.Word;
import org.allocman.xous.NodeStore;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.TableForm;
import org.allocman.xous.TablesLayout;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousRules;

/**
 * Where everything of the system lies. A pure function of its arguments.
 *
 * <pre>
 *   base   list of the frames that the window is made of
 *   then   pages of the kernel's windows; interrupts; ASID pools; what is unfinished; processes; lends
 *   then   the book of pages
 * </pre>
 *
 * @param base the window's first byte, a multiple of 4096
 * @param whitelist the pages
 * @param form which owners' table
 * @param rules which kernel's rules hold
 */
record SystemLayout(@VirtAddr long base, Whitelist whitelist, TableForm form, XousRules rules) {
    static final int INTERRUPTS = 32;

    /** ASID pools beside the first: with 1,024 and more ASIDs each there are more than processes. */
    static final int ASID_POOLS = 4;

    /** The bytes of the record of an ASID pool. */
    static final int ASID_POOL_BYTES = 3 * Long.BYTES;

    private static final Word WORD = new Word("word", 0);
    private static final int WINDOWS = 0;
    private static final int INTERRUPT = WINDOWS + AddressLayout.KERNEL_WINDOWS.length * Long.BYTES;
    private static final int POOLS = INTERRUPT + INTERRUPTS * Long.BYTES;
    private static final int UNFINISHED = POOLS + ASID_POOLS * ASID_POOL_BYTES;
    private static final int SCRATCH = UNFINISHED + Long.BYTES;
    private static final int PROCESSES = 512;
    private static final int LENDS = PROCESSES + (Pid.LAST + 1) * ProcessRecord.BYTES;
    private static final int TABLES = (int) Rounding.up(LENDS + LendRecord.COUNT * LendRecord.BYTES, PAGE);

    static {
        if (SCRATCH + Long.BYTES > PROCESSES) {
            throw new AssertionError("the context of the state overlap");
        }
    }

    private TablesLayout tablesAt(long at) {
        return new TablesLayout(at, whitelist, form, rules);
    }

    /** Bytes behind the window's own list. */
    @Bytes
    long bytes() {
        return TABLES + tablesAt(0).bytes();
    }

    private long start() {
        return base + MetadataWindow.headBytes(bytes());
    }

    /** A page behind everything, to look into frames through. */
    @VirtAddr
    long scratchAddress() {
        return start() + Rounding.up(bytes(), PAGE);
    }

    TablesLayout allocations() {
        return tablesAt(start() + TABLES);
    }

    long process(int pid) {
        return start() + PROCESSES + (long) pid * ProcessRecord.BYTES;
    }

    long lend(int index) {
        return start() + LENDS + (long) index * LendRecord.BYTES;
    }

    long pool(int index) {
        return start() + POOLS + (long) index * ASID_POOL_BYTES;
    }

    long kernelPage(Memory memory, int window) {
        return WORD.get(memory, start() + WINDOWS + (long) window * Long.BYTES);
    }

    void setKernelPage(Memory memory, int window, long page) {
        WORD.set(memory, start() + WINDOWS + (long) window * Long.BYTES, page);
    }

    int interruptOwner(Memory memory, int interrupt) {
        return (int) WORD.get(memory, start() + INTERRUPT + (long) interrupt * Long.BYTES);
    }

    void setInterruptOwner(Memory memory, int interrupt, int pid) {
        WORD.set(memory, start() + INTERRUPT + (long) interrupt * Long.BYTES, pid);
    }

    /** Whether the kernel beneath has refused to undo something that is not undone yet. */
    boolean isUnfinished(Memory memory) {
        return WORD.get(memory, start() + UNFINISHED) != 0;
    }

    void setUnfinished(Memory memory, boolean unfinished) {
        WORD.set(memory, start() + UNFINISHED, unfinished ? 1 : 0);
    }

    /** The cptr of what is mapped at the scratch address; 0 if nothing is. */
    @CPtr
    long scratch(Memory memory) {
        return WORD.get(memory, start() + SCRATCH);
    }

    void setScratch(Memory memory, @CPtr long cptr) {
        WORD.set(memory, start() + SCRATCH, cptr);
    }

    SparseMap map(Memory memory, NodeStore nodes, int pid) {
        return new SparseMap(memory, nodes, process(pid) + ProcessRecord.MAP_ANCHOR, Mapping.CAPACITY);
    }
}
