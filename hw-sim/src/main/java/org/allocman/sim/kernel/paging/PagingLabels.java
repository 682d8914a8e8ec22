package org.allocman.sim.kernel.paging;

import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.CacheOperation;

/**
 * The numbers of an architecture's own invocations, as seL4 without MCS and SMP counts them; those of the MPU
 * profile are ours.
 *
 * @param pageMap maps a frame; unmapping is one more
 * @param pageGetAddress tells where a frame is
 * @param tableMap maps a page table; unmapping is one more
 * @param directoryMap x86: maps a page directory; unmapping is one more
 * @param pdptMap x86: maps a PDPT; unmapping is one more
 * @param makePool makes an ASID pool
 * @param assign gives an ASID
 * @param pageCache Arm: the first of four cache operations on frames
 * @param vspaceCache Arm: the first of four cache operations on the roots of address spaces
 */
record PagingLabels(
        int pageMap,
        int pageGetAddress,
        int tableMap,
        int directoryMap,
        int pdptMap,
        int makePool,
        int assign,
        int pageCache,
        int vspaceCache) {
    /** In place of a number: there is no such invocation. */
    private static final int NONE = -8;

    private static final CacheOperation[] OPERATIONS = CacheOperation.values();

    static final PagingLabels X86 = new PagingLabels(39, 41, 37, 35, 33, 42, 43, NONE, NONE);
    /** With VT-x; behind the label for a frame's address comes the one for mapping it for a guest. */
    static final PagingLabels X86_VTX = new PagingLabels(39, 41, 37, 35, 33, 43, 44, NONE, NONE);

    static final PagingLabels IA32 = new PagingLabels(38, 40, 36, NONE, NONE, 41, 42, NONE, NONE);
    static final PagingLabels AARCH64 = new PagingLabels(40, 46, 38, NONE, NONE, 47, 48, 42, 33);
    static final PagingLabels AARCH32 = new PagingLabels(39, 45, 37, NONE, NONE, 46, 47, 41, 33);
    static final PagingLabels RISCV = new PagingLabels(35, 37, 33, NONE, NONE, 38, 39, NONE, NONE);
    static final PagingLabels MPU = new PagingLabels(35, 37, NONE, NONE, NONE, NONE, NONE, NONE, NONE);

    /** For kernels of one's own: those of x86, which has the most types of paging structures. */
    static final PagingLabels PLAIN = X86;

    /** The highest number. */
    int last() {
        return Math.max(assign, pageGetAddress);
    }

    /** The number for mapping a paging structure; unmapping is one more. */
    int map(CapabilityType type) {
        return switch (type) {
            case PAGE_TABLE -> tableMap;
            case PAGE_DIRECTORY -> directoryMap;
            case PDPT -> pdptMap;
            default -> NONE;
        };
    }

    /** The cache operation with a number, if it is one of four from a first number on; the caller has checked that. */
    static CacheOperation operation(long label, int first) {
        return OPERATIONS[(int) (label - first)];
    }

    /** Whether a number is one of the four cache operations from a first one on. */
    static boolean isOperation(long label, int first) {
        return first != NONE && label >= first && label < first + OPERATIONS.length;
    }
}
