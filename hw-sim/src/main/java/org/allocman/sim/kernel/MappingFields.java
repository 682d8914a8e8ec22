package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;

/**
 * What the capability of a frame or of a paging structure says of its mapping, field by field. As with {@link Slots},
 * a field means something only for the types that {@link SlotLayout} gives it to.
 */
public final class MappingFields {
    private static final int VADDR_SHIFT = 10;

    private final PagedMemory memory;
    private final SlotLayout layout;

    MappingFields(PagedMemory memory, SlotLayout layout) {
        this.memory = memory;
        this.layout = layout;
    }

    /**
     * Which size a frame has.
     *
     * @param slot the slot
     * @return its place in {@link Architecture#frames()}
     */
    public int frameSize(@PhysAddr long slot) {
        return (int) layout.frameSize().get(memory, slot);
    }

    /**
     * Sets which size a frame has.
     *
     * @param slot the slot
     * @param size its place in {@link Architecture#frames()}
     */
    public void setFrameSize(@PhysAddr long slot, int size) {
        layout.frameSize().set(memory, slot, size);
    }

    /**
     * What a frame capability allows.
     *
     * @param slot the slot
     * @return rights as the architecture numbers them
     */
    public int frameRights(@PhysAddr long slot) {
        return (int) layout.frameRights().get(memory, slot);
    }

    /**
     * Sets what a frame capability allows.
     *
     * @param slot the slot
     * @param rights rights as the architecture numbers them, 0 to 3
     */
    public void setFrameRights(@PhysAddr long slot, int rights) {
        layout.frameRights().set(memory, slot, rights);
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
        return (int) layout.asid().get(memory, slot);
    }

    /**
     * Sets the ASID that a frame or paging structure is mapped under, or the first ASID of a pool.
     *
     * @param slot the slot
     * @param asid the ASID, up to 16 bits; on 32-bit kernels 10
     */
    public void setAsid(@PhysAddr long slot, int asid) {
        layout.asid().set(memory, slot, asid);
    }

    /**
     * Where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @return the address, a multiple of 1 KiB below 2^48; it may be stale
     */
    public @VirtAddr long vaddr(@PhysAddr long slot) {
        return layout.vaddrUnits().get(memory, slot) << VADDR_SHIFT;
    }

    /**
     * Sets where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @param vaddr the address, a multiple of 1 KiB below 2^48
     */
    public void setVaddr(@PhysAddr long slot, @VirtAddr long vaddr) {
        layout.vaddrUnits().set(memory, slot, vaddr >>> VADDR_SHIFT);
    }
}
