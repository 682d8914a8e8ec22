package org.allocman.sim.kernel;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of CNode capabilities, seL4's {@code cnode_cap}. */
public final class CNodeCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param radix binary logarithm of the number of slots
     * @param guardSize size of the guard in bits
     * @param guard the guard
     */
    record Layout(Bits radix, Bits guardSize, Bits guard) {
        static final Layout WIDE =
                new Layout(new Bits("radix", 0, 47, 6), new Bits("guard size", 0, 53, 6), new Bits("guard", 8, 0, 64));
        static final Layout NARROW =
                new Layout(new Bits("radix", 0, 32, 5), new Bits("guard size", 0, 37, 5), new Bits("guard", 0, 42, 18));
    }

    CNodeCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * A CNode's radix.
     *
     * @param slot the slot
     * @return binary logarithm of its number of slots
     */
    public int radix(@PhysAddr long slot) {
        return (int) layout().radix().get(memory, slot);
    }

    /** The radix in a word 0. */
    int radixOf(long word) {
        return (int) layout().radix().of(word);
    }

    /**
     * Sets a CNode's radix.
     *
     * @param slot the slot
     * @param radix binary logarithm of its number of slots
     */
    public void setRadix(@PhysAddr long slot, int radix) {
        layout().radix().set(memory, slot, radix);
    }

    /**
     * The size of a CNode's guard.
     *
     * @param slot the slot
     * @return bits
     */
    public int guardSize(@PhysAddr long slot) {
        return (int) layout().guardSize().get(memory, slot);
    }

    /** The size of the guard in a word 0. */
    int guardSizeOf(long word) {
        return (int) layout().guardSize().of(word);
    }

    /**
     * A CNode's guard.
     *
     * @param slot the slot
     * @return the bits that a cptr must have there
     */
    public @CPtr long guard(@PhysAddr long slot) {
        return guard(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    long guard(long @Nullable [] pin, long slot) {
        return layout().guard().get(memory, pin, slot);
    }

    /**
     * Sets a CNode's guard.
     *
     * @param slot the slot
     * @param size its size in bits
     * @param guard the bits that a cptr must have there
     */
    public void setGuard(@PhysAddr long slot, int size, @CPtr long guard) {
        layout().guardSize().set(memory, slot, size);
        layout().guard().set(memory, slot, guard);
    }
}
