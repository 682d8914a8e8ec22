package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.layout.Bits;

/**
 * What the capability of a frame or of a paging structure says of its mapping, field by field. As with {@link Slots},
 * a field means something only for the types that {@link SlotLayout} gives it to.
 */
public final class MappingFields {
    private static final int VADDR_SHIFT = 10;
    private static final int WIDE_ASIDS_VADDR_SHIFT = 12;
    private static final int NUMBER_MASK = 15;

    private final PagedMemory memory;
    private final SlotLayout layout;
    private final boolean wideAsids;
    private final int vaddrShift;

    /**
     * The fields of a layout.
     *
     * @param wideAsids whether it is that of aarch32, which has small frames and ASIDs in two parts
     */
    MappingFields(PagedMemory memory, SlotLayout layout, boolean wideAsids) {
        this.memory = memory;
        this.layout = layout;
        this.wideAsids = wideAsids;
        this.vaddrShift = wideAsids ? WIDE_ASIDS_VADDR_SHIFT : VADDR_SHIFT;
    }

    private boolean isSmall(long word) {
        return wideAsids && (word & NUMBER_MASK) == CapabilityType.SMALL_FRAME;
    }

    private Bits rightsOf(long word) {
        return isSmall(word) ? SlotLayout.SMALL_FRAME_RIGHTS : layout.frameRights();
    }

    private static Bits highAsidOf(long word) {
        int number = (int) word & NUMBER_MASK;
        return number == CapabilityType.SMALL_FRAME
                ? SlotLayout.SMALL_FRAME_ASID
                : number == CapabilityType.FRAME.ordinal() ? SlotLayout.FRAME_ASID : SlotLayout.TABLE_ASID;
    }

    /**
     * Which size a frame has.
     *
     * @param slot the slot
     * @return its place in {@link Architecture#frames()}
     */
    public int frameSize(@PhysAddr long slot) {
        return frameSizeOf(memory.load64(slot, 0));
    }

    /** The size of the frame in a word 0. */
    int frameSizeOf(long word) {
        return isSmall(word) ? 0 : (int) layout.frameSize().of(word);
    }

    /**
     * Sets which size a frame has.
     *
     * @param slot the slot
     * @param size its place in {@link Architecture#frames()}
     */
    public void setFrameSize(@PhysAddr long slot, int size) {
        if (wideAsids) {
            int asid = asid(slot);
            int rights = frameRights(slot);
            changeNumber(slot, size == 0 ? CapabilityType.SMALL_FRAME : CapabilityType.FRAME.ordinal());
            setFrameRights(slot, rights);
            setAsid(slot, asid);
        }
        if (!wideAsids || size != 0) {
            layout.frameSize().set(memory, slot, size);
        }
    }

    /** Makes a small frame a larger one or the reverse; of the flags only device stays. */
    private void changeNumber(long slot, int number) {
        long word = memory.load64(slot, 0);
        long device = layout.frameDevice().of(word);
        long address = isSmall(word) ? SlotLayout.SMALL_FRAME_ADDRESS : layout.addressMask(CapabilityType.FRAME);
        long kept = word & (-1L << Integer.SIZE | address);
        memory.store64(slot, 0, layout.frameDevice().into(kept, device) | number);
    }

    /**
     * What a frame capability allows.
     *
     * @param slot the slot
     * @return rights as the architecture numbers them
     */
    public int frameRights(@PhysAddr long slot) {
        long word = memory.load64(slot, 0);
        return (int) rightsOf(word).of(word);
    }

    /**
     * Sets what a frame capability allows.
     *
     * @param slot the slot
     * @param rights rights as the architecture numbers them, 0 to 3
     */
    public void setFrameRights(@PhysAddr long slot, int rights) {
        rightsOf(memory.load64(slot, 0)).set(memory, slot, rights);
    }

    /**
     * What kind of address space a frame is mapped in; x86 only.
     *
     * @param slot the slot
     * @return 0 if it is not mapped
     */
    public int mapType(@PhysAddr long slot) {
        return (int) layout.mapType().get(memory, slot);
    }

    /**
     * Sets what kind of address space a frame is mapped in; x86 only.
     *
     * @param slot the slot
     * @param mapType 0 if it is not mapped
     */
    public void setMapType(@PhysAddr long slot, int mapType) {
        layout.mapType().set(memory, slot, mapType);
    }

    /**
     * Whether a paging structure is mapped; for a root, whether it has an ASID.
     *
     * @param slot the slot
     * @return true if it is
     */
    public boolean isMapped(@PhysAddr long slot) {
        return layout.mapped().get(memory, slot) != 0;
    }

    /**
     * Says whether a paging structure is mapped; for a root, whether it has an ASID.
     *
     * @param slot the slot
     * @param mapped true if it is
     */
    public void setMapped(@PhysAddr long slot, boolean mapped) {
        layout.mapped().set(memory, slot, mapped ? 1 : 0);
    }

    /**
     * The ASID that a frame or paging structure is mapped under, or the first ASID of a pool.
     *
     * @param slot the slot
     * @return the ASID; a frame with 0 is not mapped
     */
    public int asid(@PhysAddr long slot) {
        int low = (int) layout.asid().get(memory, slot);
        if (!wideAsids) {
            return low;
        }
        long word = memory.load64(slot, 0);
        return (int) highAsidOf(word).of(word) << layout.asid().width() | low;
    }

    /**
     * Sets the ASID that a frame or paging structure is mapped under, or the first ASID of a pool.
     *
     * @param slot the slot
     * @param asid the ASID, up to 16 bits; on 32-bit kernels 10, on aarch32 17
     */
    public void setAsid(@PhysAddr long slot, int asid) {
        layout.asid().set(memory, slot, asid);
        if (wideAsids) {
            highAsidOf(memory.load64(slot, 0))
                    .set(memory, slot, asid >>> layout.asid().width());
        }
    }

    /**
     * Where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @return the address, a multiple of 1 KiB below 2^48, on aarch32 of 4 KiB; it may be stale
     */
    public @VirtAddr long vaddr(@PhysAddr long slot) {
        return layout.vaddrUnits().get(memory, slot) << vaddrShift;
    }

    /**
     * Sets where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @param vaddr the address, a multiple of 1 KiB below 2^48, on aarch32 of 4 KiB
     */
    public void setVaddr(@PhysAddr long slot, @VirtAddr long vaddr) {
        layout.vaddrUnits().set(memory, slot, vaddr >>> vaddrShift);
    }
}
