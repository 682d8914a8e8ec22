package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The fields of CNode and thread capabilities that are half deleted, seL4's {@code zombie_cap}. */
public final class ZombieCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param isTcb whether the object is a thread, not a CNode
     * @param radix radix of the CNode
     * @param number how many slots are left to empty
     */
    public record Layout(Bits isTcb, Bits radix, Bits number) {
        static final Layout WIDE =
                new Layout(new Bits("thread", 0, 47, 1), new Bits("radix", 0, 48, 6), new Bits("number", 8, 0, 64));
        static final Layout NARROW =
                new Layout(new Bits("thread", 0, 32, 1), new Bits("radix", 0, 33, 5), new Bits("number", 0, 38, 26));
    }

    ZombieCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    /**
     * Where the fields lie.
     *
     * @return the layout of this kernel's slots
     */
    public Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /** Sets all fields of a new zombie; the radix of a thread is 0. */
    void set(@PhysAddr long slot, boolean isTcb, int radix, long number) {
        layout().isTcb().set(memory, slot, isTcb ? 1 : 0);
        layout().radix().set(memory, slot, radix);
        layout().number().set(memory, slot, number);
    }

    /**
     * Whether a zombie's object is a thread.
     *
     * @param slot the slot
     * @return false if it is a CNode
     */
    public boolean isTcb(@PhysAddr long slot) {
        return layout().isTcb().get(memory, slot) != 0;
    }

    /** The same for a word 0. */
    boolean isTcbOf(long word) {
        return layout().isTcb().of(word) != 0;
    }

    /**
     * The radix of a zombie's CNode.
     *
     * @param slot the slot
     * @return binary logarithm of its number of slots; 0 for a thread
     */
    public int radix(@PhysAddr long slot) {
        return (int) layout().radix().get(memory, slot);
    }

    /** The radix in a word 0. */
    int radixOf(long word) {
        return (int) layout().radix().of(word);
    }

    /**
     * How many slots of a zombie's object are left to empty.
     *
     * @param slot the slot
     * @return slots, from the object's first
     */
    public long number(@PhysAddr long slot) {
        return layout().number().get(memory, slot);
    }

    void setNumber(@PhysAddr long slot, long number) {
        layout().number().set(memory, slot, number);
    }
}
