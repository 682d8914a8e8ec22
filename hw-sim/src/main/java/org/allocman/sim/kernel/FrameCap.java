package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.layout.Bits;

/**
 * The fields of frame capabilities, seL4's {@code frame_cap}; where a frame is mapped is in {@link CapMapping}. On aarch32
 * the smallest frames have a type of their own instead of a size, seL4's {@code small_frame_cap}.
 */
public final class FrameCap {
    private final PagedMemory memory;
    private final CapMapping mapping;
    private final boolean isWide;
    private final boolean isAarch32;

    /**
     * Where the fields lie.
     *
     * @param size which of the architecture's frame sizes, from the smallest
     * @param isDevice whether it is device memory
     * @param vmRights rights as the architecture numbers them
     * @param mapType what kind of address space it is mapped in, x86 only
     */
    record Layout(Bits size, Bits isDevice, Bits vmRights, Bits mapType) {
        static final Layout WIDE = new Layout(
                new Bits("size", 0, 47, 2),
                new Bits("device", 0, 49, 1),
                new Bits("rights", 0, 50, 2),
                new Bits("map type", 0, 52, 2));
        static final Layout NARROW = new Layout(
                new Bits("size", 0, 4, 2),
                new Bits("device", 0, 6, 1),
                new Bits("rights", 0, 7, 2),
                new Bits("map type", 0, 9, 1));
        static final Layout AARCH32 =
                new Layout(NARROW.size, NARROW.isDevice, NARROW.vmRights, new Bits("map type", 0, 14, 1));

        /** On aarch32 the rights of a small frame. */
        static final Bits SMALL_FRAME_RIGHTS = new Bits("rights", 0, 4, 2);
    }

    FrameCap(PagedMemory memory, SlotLayout slot, CapMapping mapping) {
        this.memory = memory;
        this.mapping = mapping;
        this.isWide = slot == SlotLayout.WIDE;
        this.isAarch32 = slot == SlotLayout.AARCH32;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : isAarch32 ? Layout.AARCH32 : Layout.NARROW;
    }

    private boolean isSmall(long word) {
        return isAarch32 && SlotLayout.TYPE.of(word) == CapabilityType.SMALL_FRAME;
    }

    private Bits vmRightsIn(long word) {
        return isSmall(word) ? Layout.SMALL_FRAME_RIGHTS : layout().vmRights();
    }

    /**
     * Which size a frame has.
     *
     * @param slot the slot
     * @return its index in {@link Architecture#frames()}
     */
    public int size(@PhysAddr long slot) {
        return sizeOf(memory.load64(slot, 0));
    }

    /** The size of the frame in a word 0. */
    int sizeOf(long word) {
        return isSmall(word) ? 0 : (int) layout().size().of(word);
    }

    /**
     * Sets which size a frame has.
     *
     * @param slot the slot
     * @param size its index in {@link Architecture#frames()}
     */
    public void setSize(@PhysAddr long slot, int size) {
        if (isAarch32) {
            int asid = mapping.asid(slot);
            int rights = vmRights(slot);
            changeNumber(slot, size == 0 ? CapabilityType.SMALL_FRAME : CapabilityType.FRAME.ordinal());
            setVmRights(slot, rights);
            mapping.setAsid(slot, asid);
        }
        if (!isAarch32 || size != 0) {
            layout().size().set(memory, slot, size);
        }
    }

    /** Makes a small frame a larger one or the reverse; of the flags only device stays. */
    private void changeNumber(long slot, int number) {
        long word = memory.load64(slot, 0);
        long device = layout().isDevice().of(word);
        long address =
                isSmall(word) ? SlotLayout.SMALL_FRAME_ADDRESS : SlotLayout.AARCH32.addressMask(CapabilityType.FRAME);
        long kept = word & (-1L << Integer.SIZE | address);
        memory.store64(slot, 0, layout().isDevice().into(kept, device) | number);
    }

    /** Whether the frame in a word 0 is device memory. */
    boolean isDeviceOf(long word) {
        return layout().isDevice().of(word) != 0;
    }

    /**
     * Sets whether a frame is device memory.
     *
     * @param slot the slot
     * @param isDevice true if it is
     */
    public void setDevice(@PhysAddr long slot, boolean isDevice) {
        layout().isDevice().set(memory, slot, isDevice ? 1 : 0);
    }

    /**
     * The rights of a frame capability.
     *
     * @param slot the slot
     * @return rights as the architecture numbers them
     */
    public int vmRights(@PhysAddr long slot) {
        long word = memory.load64(slot, 0);
        return (int) vmRightsIn(word).of(word);
    }

    /**
     * Sets the rights of a frame capability.
     *
     * @param slot the slot
     * @param rights rights as the architecture numbers them, 0 to 3
     */
    public void setVmRights(@PhysAddr long slot, int rights) {
        vmRightsIn(memory.load64(slot, 0)).set(memory, slot, rights);
    }

    /**
     * What kind of address space a frame is mapped in; x86 only.
     *
     * @param slot the slot
     * @return 0 if it is not mapped
     */
    public int mapType(@PhysAddr long slot) {
        return (int) layout().mapType().get(memory, slot);
    }

    /**
     * Sets what kind of address space a frame is mapped in; x86 only.
     *
     * @param slot the slot
     * @param mapType 0 if it is not mapped
     */
    public void setMapType(@PhysAddr long slot, int mapType) {
        layout().mapType().set(memory, slot, mapType);
    }
}
