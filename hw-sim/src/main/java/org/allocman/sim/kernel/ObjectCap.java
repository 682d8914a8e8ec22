package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The fields of capabilities to objects whose type they name: scheduling contexts, replies, objects of a kernel's own. */
public final class ObjectCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param number the number of the object's type in a retype
     * @param sizeBits the object's size in bits
     * @param rights a reply's four rights, of which grant counts
     */
    record Layout(Bits number, Bits sizeBits, Bits rights) {
        static final Layout WIDE =
                new Layout(new Bits("number", 0, 47, 6), new Bits("size bits", 0, 53, 6), new Bits("rights", 0, 59, 4));
        static final Layout NARROW =
                new Layout(new Bits("number", 0, 32, 6), new Bits("size bits", 0, 38, 6), new Bits("rights", 0, 44, 4));
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

    /**
     * The size of an object.
     *
     * @param slot a slot with an {@link CapabilityType#OBJECT}
     * @return size in bits
     */
    public @SizeBits int sizeBits(@PhysAddr long slot) {
        return (int) layout().sizeBits().get(memory, slot);
    }

    /**
     * The rights of a reply; of a structure of a guest's tables whether it is mapped, 1 or 0.
     *
     * @param slot a slot with an {@link CapabilityType#OBJECT}
     * @return the bits of {@link org.allocman.vka.CapRights}; 0 for other objects
     */
    public int rights(@PhysAddr long slot) {
        return (int) layout().rights().get(memory, slot);
    }

    /**
     * Sets the rights of a reply, or whether a structure of a guest's tables is mapped.
     *
     * @param slot a slot with an {@link CapabilityType#OBJECT}
     * @param rights four bits
     */
    public void setRights(@PhysAddr long slot, int rights) {
        layout().rights().set(memory, slot, rights);
    }
}
