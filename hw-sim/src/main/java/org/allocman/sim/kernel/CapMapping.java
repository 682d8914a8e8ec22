package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/**
 * Where the capability of a frame or of a paging structure is mapped: seL4's {@code capFMappedASID}, {@code
 * capFMappedAddress} and their kin. An ASID pool has its first ASID here.
 */
public final class CapMapping {
    private static final int VADDR_SHIFT = 10;
    private static final int AARCH32_VADDR_SHIFT = 12;

    private final PagedMemory memory;
    private final boolean isWide;
    private final boolean isAarch32;
    private final int vaddrShift;

    /**
     * Where the fields lie.
     *
     * @param asid the ASID; on aarch32 the low bits of it
     * @param vaddr the address in units of 1 KiB, on aarch32 of 4 KiB
     */
    record Layout(Bits asid, Bits vaddr) {
        static final Layout WIDE = new Layout(new Bits("ASID", 8, 48, 16), new Bits("vaddr", 8, 0, 48));
        static final Layout NARROW = new Layout(new Bits("ASID", 0, 32, 10), new Bits("vaddr", 0, 42, 22));
        static final Layout AARCH32 = new Layout(new Bits("ASID", 0, 32, 12), new Bits("vaddr", 0, 44, 20));

        /** On aarch32 the high bits of a small frame's ASID. */
        static final Bits SMALL_FRAME_ASID = new Bits("ASID high", 0, 7, 5);

        /** On aarch32 the high bits of a larger frame's ASID. */
        static final Bits FRAME_ASID = new Bits("ASID high", 0, 9, 5);

        /** On aarch32 the high bits of the ASID of a table or a pool. */
        static final Bits TABLE_ASID = new Bits("ASID high", 0, 5, 5);
    }

    CapMapping(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
        this.isAarch32 = slot == SlotLayout.AARCH32;
        this.vaddrShift = isAarch32 ? AARCH32_VADDR_SHIFT : VADDR_SHIFT;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : isAarch32 ? Layout.AARCH32 : Layout.NARROW;
    }

    private static Bits highAsidOf(long word) {
        int number = (int) SlotLayout.TYPE.of(word);
        return number == CapabilityType.SMALL_FRAME
                ? Layout.SMALL_FRAME_ASID
                : number == CapabilityType.FRAME.ordinal() ? Layout.FRAME_ASID : Layout.TABLE_ASID;
    }

    /**
     * The ASID that a frame or paging structure is mapped under, or the first ASID of a pool.
     *
     * @param slot the slot
     * @return the ASID; a frame with 0 is not mapped
     */
    public int asid(@PhysAddr long slot) {
        int low = (int) layout().asid().get(memory, slot);
        if (!isAarch32) {
            return low;
        }
        long word = memory.load64(slot, 0);
        return (int) highAsidOf(word).of(word) << layout().asid().width() | low;
    }

    /**
     * Sets the ASID that a frame or paging structure is mapped under, or the first ASID of a pool.
     *
     * @param slot the slot
     * @param asid the ASID, up to 16 bits; on 32-bit kernels 10, on aarch32 17
     */
    public void setAsid(@PhysAddr long slot, int asid) {
        layout().asid().set(memory, slot, asid);
        if (isAarch32) {
            highAsidOf(memory.load64(slot, 0))
                    .set(memory, slot, asid >>> layout().asid().width());
        }
    }

    /**
     * Where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @return the address, a multiple of 1 KiB below 2^48, on aarch32 of 4 KiB; it may be stale
     */
    public @VirtAddr long vaddr(@PhysAddr long slot) {
        return layout().vaddr().get(memory, slot) << vaddrShift;
    }

    /**
     * Sets where a frame or paging structure is mapped.
     *
     * @param slot the slot
     * @param vaddr the address, a multiple of 1 KiB below 2^48, on aarch32 of 4 KiB
     */
    public void setVaddr(@PhysAddr long slot, @VirtAddr long vaddr) {
        layout().vaddr().set(memory, slot, vaddr >>> vaddrShift);
    }
}
