package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/**
 * The fields of the capabilities of paging structures and address spaces, seL4's {@code page_table_cap} and its kin; where
 * one is mapped is in {@link CapMapping}.
 */
public final class TableCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param isMapped whether it is mapped, or for a root whether it has an ASID
     * @param kind which of the kernel's own types it has, counted from 1; 0, and always so on seL4's kernels, for seL4's
     */
    record Layout(Bits isMapped, Bits kind) {
        static final Layout WIDE = new Layout(new Bits("mapped", 0, 47, 1), new Bits("kind", 0, 48, 3));
        static final Layout NARROW = new Layout(new Bits("mapped", 0, 4, 1), new Bits("kind", 0, 5, 3));
    }

    TableCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * Whether a paging structure is mapped; for a root, whether it has an ASID.
     *
     * @param slot the slot
     * @return true if it is
     */
    public boolean isMapped(@PhysAddr long slot) {
        return layout().isMapped().get(memory, slot) != 0;
    }

    /**
     * Sets whether a paging structure is mapped; for a root, whether it has an ASID.
     *
     * @param slot the slot
     * @param isMapped true if it is
     */
    public void setMapped(@PhysAddr long slot, boolean isMapped) {
        layout().isMapped().set(memory, slot, isMapped ? 1 : 0);
    }

    /** Which of the kernel's own types the table in a word 0 has. */
    int kindOf(long word) {
        return (int) layout().kind().of(word);
    }

    void setKind(@PhysAddr long slot, int kind) {
        layout().kind().set(memory, slot, kind);
    }
}
