package org.allocman.lesson;

import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * A root task as the kernel has started it: it may invoke the kernel, it sees the memory that is mapped, and it has read
 * its boot info. Nothing is managed yet.
 *
 * @param kernel the kernel
 * @param memory the root task's memory, by virtual address
 * @param bootInfo what the kernel told it
 * @param freeVirtual an address from which on nothing is mapped
 */
public record RootTask(
        Kernel kernel,
        Memory memory,
        BootInfo bootInfo,
        @VirtAddr long freeVirtual) {
    /** The slot of the root CNode, where every look-up of this task starts. */
    public static final @CPtr long CNODE = BootSlots.CNODE;

    /** The slot of the task's own VSpace. */
    public static final @CPtr long VSPACE = BootSlots.VSPACE;

    /**
     * How many bits a cptr has.
     *
     * @return 64 or 32
     */
    public int depth() {
        return kernel.architecture().wordBits();
    }

    /**
     * Makes one object ({@code seL4_Untyped_Retype}).
     *
     * @param untyped slot of the untyped
     * @param type what to make
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param slot the slot of the root CNode that is to hold the capability
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError retype(@CPtr long untyped, ObjectType type, int size, @CPtr long slot) {
        return kernel.retype(untyped, kernel.architecture().number(type), size, CNODE, 0, 0, slot, 1);
    }

    /**
     * Copies a capability from one slot of the root CNode to another ({@code seL4_CNode_Copy}).
     *
     * @param to an empty slot
     * @param from the source
     * @param rights what the copy may keep of the source's rights
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError copy(@CPtr long to, @CPtr long from, CapRights rights) {
        return kernel.copy(path(to), path(from), rights);
    }

    /**
     * Copies a capability and gives the copy a badge or a guard ({@code seL4_CNode_Mint}).
     *
     * @param to an empty slot of the root CNode
     * @param from the source, in the root CNode
     * @param rights what the copy may keep of the source's rights
     * @param badge a badge, or for a CNode {@link #guard}
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError mint(@CPtr long to, @CPtr long from, CapRights rights, long badge) {
        return kernel.mint(path(to), path(from), rights, badge);
    }

    private CapPath path(@CPtr long slot) {
        return new CapPath(CNODE, slot, depth());
    }

    /**
     * Empties a slot of the root CNode ({@code seL4_CNode_Delete}).
     *
     * @param slot the slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError delete(@CPtr long slot) {
        return kernel.delete(CNODE, slot, depth());
    }

    /**
     * Deletes all that descends from the capability in a slot of the root CNode ({@code seL4_CNode_Revoke}).
     *
     * @param slot the slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError revoke(@CPtr long slot) {
        return kernel.revoke(CNODE, slot, depth());
    }

    /**
     * The word that says how a CNode is guarded ({@code seL4_CNode_CapData}), for a 64-bit kernel.
     *
     * @param value the bits that a cptr must have there
     * @param bits how many, 0 to 58
     * @return what {@link #mint} takes for a CNode
     */
    public static long guard(long value, int bits) {
        return value << GUARD_SHIFT | bits;
    }

    private static final int GUARD_SHIFT = 6;
}
