package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.KernelError;

/** The part of the kernel that knows the extended page tables of guests, as {@link AddressSpaces#guests} has it; all are slots. */
public interface GuestTables {
    /** There are no guests. */
    GuestTables NONE = new GuestTables() {};

    /**
     * Maps a structure.
     *
     * @param table slot of an EPT PDPT, PD or PT
     * @param root slot of the root, or of anything
     * @param address an address in the range it is to cover
     * @return what {@link org.allocman.vka.KernelVtx#mapTable} answers
     */
    default KernelError mapTable(@PhysAddr long table, @PhysAddr long root, @PhysAddr long address) {
        return KernelError.illegalOperation();
    }

    /**
     * Unmaps a structure.
     *
     * @param table slot of an EPT PDPT, PD or PT
     * @return what {@link org.allocman.vka.KernelVtx#unmapTable} answers
     */
    default KernelError unmapTable(@PhysAddr long table) {
        return KernelError.illegalOperation();
    }

    /**
     * Maps a frame.
     *
     * @param frame slot of the frame
     * @param root slot of the root, or of anything
     * @param address where
     * @param rights the bits of {@link org.allocman.vka.CapRights}
     * @param attributes caching
     * @return what {@link org.allocman.vka.KernelVtx#mapPage} answers
     */
    default KernelError mapPage(
            @PhysAddr long frame, @PhysAddr long root, @PhysAddr long address, long rights, long attributes) {
        return KernelError.illegalOperation();
    }

    /**
     * Whether a capability is of a structure that is mapped, or of a root that has an ASID.
     *
     * @param slot slot of any capability
     * @return true if it can be copied
     */
    default boolean isMapped(@PhysAddr long slot) {
        return false;
    }

    /**
     * Whether a capability is of a guest's root or of a structure below one.
     *
     * @param slot slot of any capability
     * @return true for the four types
     */
    default boolean isTable(@PhysAddr long slot) {
        return false;
    }

    /**
     * Lets go of what the last capability of a structure stands for.
     *
     * @param slot its slot
     */
    default void onDelete(@PhysAddr long slot) {}
}
