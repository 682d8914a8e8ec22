package org.allocman.sim.kernel;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.KernelError;

/**
 * The part of the kernel that knows page tables, or MPU regions. Capabilities are given as slots; the kernel has looked
 * them up, and has checked the type of the one invoked. Every refusal changes nothing; success makes no object.
 */
public interface AddressSpaces {
    /**
     * Carries out a message to a frame, a paging structure, an ASID pool or ASID control: the label is checked first, then
     * the message's length.
     *
     * @param slot the capability invoked
     * @param message the message
     * @param first slot of the first extra capability; negative if there is none
     * @param second slot of the second extra capability; negative if there is none
     * @return the answer
     */
    KernelReply invoke(@PhysAddr long slot, KernelMessage message, @PhysAddr long first, @PhysAddr long second);

    /**
     * The highest label of the architecture's invocations of paging structures; those for interrupts follow it.
     *
     * @return the label
     */
    int lastLabel();

    /**
     * Whether the architecture has invocations of I/O ports, whose labels lie between those of paging and of interrupts.
     *
     * @return true on x86
     */
    default boolean hasIoPorts() {
        return false;
    }

    /**
     * Maps a frame.
     *
     * @param frame slot of the frame
     * @param vspace slot of the address space, or of anything
     * @param vaddr where
     * @param rights the bits of {@link org.allocman.vka.CapRights}
     * @param attributes caching and execution, as the architecture encodes them
     * @return what {@link org.allocman.vka.Kernel#pageMap} answers
     */
    KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes);

    /**
     * Unmaps a frame.
     *
     * @param frame slot of the frame
     * @return what {@link org.allocman.vka.Kernel#pageUnmap} answers
     */
    KernelError pageUnmap(@PhysAddr long frame);

    /**
     * Maps a paging structure.
     *
     * @param table slot of the structure
     * @param vspace slot of the address space, or of anything
     * @param vaddr an address in the range it is to cover
     * @param attributes as the architecture encodes them
     * @return what {@link org.allocman.vka.Kernel#tableMap} answers
     */
    KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes);

    /**
     * Unmaps a paging structure.
     *
     * @param table slot of the structure
     * @return what {@link org.allocman.vka.Kernel#tableUnmap} answers
     */
    KernelError tableUnmap(@PhysAddr long table);

    /**
     * Gives an address space an ASID.
     *
     * @param pool slot of the ASID pool
     * @param vspace slot of the address space, or of anything
     * @return what {@link org.allocman.vka.Kernel#asidPoolAssign} answers
     */
    KernelError asidPoolAssign(@PhysAddr long pool, @PhysAddr long vspace);

    /**
     * Makes an ASID pool.
     *
     * @param untyped slot of the untyped, or of anything
     * @param root slot of the CNode to look the destination up in, or of anything
     * @param index the destination
     * @param depth bits of the index
     * @return what {@link org.allocman.vka.Kernel#asidControlMakePool} answers
     */
    KernelError makePool(@PhysAddr long untyped, @PhysAddr long root, long index, long depth);

    /**
     * Cache maintenance on a frame.
     *
     * @param operation which
     * @param frame slot of the frame
     * @param start first byte, from the frame's start
     * @param end one past the last byte
     * @return what {@link org.allocman.vka.Kernel#pageCache} answers
     */
    KernelError pageCache(CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end);

    /**
     * Cache maintenance on part of an address space.
     *
     * @param operation which
     * @param vspace slot of the address space
     * @param start first byte
     * @param end one past the last byte
     * @return what {@link org.allocman.vka.Kernel#vspaceCache} answers
     */
    KernelError vspaceCache(CacheOperation operation, @PhysAddr long vspace, @VirtAddr long start, @VirtAddr long end);

    /**
     * The rights of a new frame capability.
     *
     * @return read and write, as the architecture numbers them
     */
    int newFrameRights();

    /**
     * Makes a new object ready: called after its zeroed memory got its first capability.
     *
     * @param slot slot of a frame or paging structure
     */
    void onCreate(@PhysAddr long slot);

    /**
     * Whether a capability may be copied.
     *
     * @param slot slot of a frame, a paging structure or an ASID pool
     * @return {@link KernelError#NO_ERROR}, or what the copy is to be answered with
     */
    KernelError checkCopy(@PhysAddr long slot);

    /**
     * Turns an identical copy into what a copy is to be: its rights masked, a frame not mapped.
     *
     * @param copy slot of the copy
     * @param rights the bits of {@link org.allocman.vka.CapRights} that it may keep
     */
    void onCopy(@PhysAddr long copy, int rights);

    /**
     * Lets go of what a capability stands for, before it is removed: unmaps a frame, with the last capability also a
     * paging structure, an address space's ASID, or a pool's place. The kernel clears the object's memory afterwards.
     *
     * @param slot slot of a frame, a paging structure or an ASID pool
     * @param last whether it is the last capability to its object
     */
    void onDelete(@PhysAddr long slot, boolean last);

    /**
     * The part that knows the extended page tables of guests.
     *
     * @return {@link GuestTables#NONE} if there are none
     */
    default GuestTables guests() {
        return GuestTables.NONE;
    }

    /**
     * Whether a capability can be a thread's address space.
     *
     * @param slot slot of any capability
     * @return true for the root of an address space that has an ASID
     */
    boolean isRoot(@PhysAddr long slot);
}
