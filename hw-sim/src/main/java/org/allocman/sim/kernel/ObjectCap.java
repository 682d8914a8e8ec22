package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The fields of capabilities to objects of a kernel's own, which seL4's kernels do not have. */
final class ObjectCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param number the number of the object's type in a retype
     * @param sizeBits the object's size in bits
     */
    record Layout(Bits number, Bits sizeBits) {
        static final Layout WIDE = new Layout(new Bits("number", 0, 47, 6), new Bits("size bits", 0, 53, 6));
        static final Layout NARROW = new Layout(new Bits("number", 0, 32, 6), new Bits("size bits", 0, 38, 6));
    }

    ObjectCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /** The number of the type in a word 0. */
    int numberOf(long word) {
        return (int) layout().number().of(word);
    }

    /** The size in a word 0. */
    @SizeBits
    int sizeBitsOf(long word) {
        return (int) layout().sizeBits().of(word);
    }

    /** Sets all fields. */
    void set(@PhysAddr long slot, int number, @SizeBits int sizeBits) {
        layout().number().set(memory, slot, number);
        layout().sizeBits().set(memory, slot, sizeBits);
    }
}
