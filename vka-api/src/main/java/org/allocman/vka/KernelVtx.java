package org.allocman.vka;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;

/**
 * The invocations for guests of x86 with VT-x (seL4 manual, "seL4_X86_VCPU", "seL4_X86_EPTPDPT" and its kin), as {@link Kernel#vtx} has
 * them; that a virtual CPU is bound to a thread, {@link Kernel#vcpus} has. A kernel that has none of them refuses each as an
 * invocation that a capability does not have.
 */
public interface KernelVtx {
    /** Refuses everything. */
    KernelVtx NONE = new KernelVtx() {};

    /**
     * A guest's general registers.
     *
     * @param eax the first
     * @param ebx the second
     * @param ecx the third
     * @param edx the fourth
     * @param esi the fifth
     * @param edi the sixth
     * @param ebp the seventh
     */
    record GuestRegisters(long eax, long ebx, long ecx, long edx, long esi, long edi, long ebp) {}

    /**
     * Gives a thread the root of a guest's physical addresses ({@code seL4_TCB_SetEPTRoot}).
     *
     * @param tcb the thread
     * @param root an EPT PML4 that has an ASID
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setEptRoot(@CPtr long tcb, @CPtr long root) {
        return KernelError.illegalOperation();
    }

    /**
     * Maps a structure of extended page tables ({@code seL4_X86_EPTPDPT_Map}, {@code EPTPD_Map}, {@code EPTPT_Map}).
     *
     * @param table the structure, an EPT PDPT, PD or PT
     * @param root an EPT PML4 that has an ASID
     * @param address a physical address of the guest's, in the range that it is to cover
     * @param attributes caching, which the kernel ignores here
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError mapTable(@CPtr long table, @CPtr long root, @PhysAddr long address, long attributes) {
        return KernelError.illegalOperation();
    }

    /**
     * Unmaps a structure of extended page tables ({@code seL4_X86_EPTPDPT_Unmap}, {@code EPTPD_Unmap}, {@code EPTPT_Unmap}).
     *
     * @param table the structure
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError unmapTable(@CPtr long table) {
        return KernelError.illegalOperation();
    }

    /**
     * Maps a frame into a guest's physical addresses ({@code seL4_X86_Page_MapEPT}).
     *
     * @param frame a frame of 4 KiB or 2 MiB that is not mapped
     * @param root an EPT PML4 that has an ASID
     * @param address a physical address of the guest's, a multiple of the frame's size
     * @param rights what the guest may do
     * @param attributes caching: 0, 1, 4, or 6 for memory that is written back
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError mapPage(
            @CPtr long frame, @CPtr long root, @PhysAddr long address, CapRights rights, long attributes) {
        return KernelError.illegalOperation();
    }

    /**
     * Reads a field of a guest's control structure ({@code seL4_X86_VCPU_ReadVMCS}).
     *
     * @param vcpu the virtual CPU
     * @param field its number, as the processor has it
     * @return what is in it, or what was wrong
     */
    default Either<KernelError, Long> readField(@CPtr long vcpu, int field) {
        return Either.left(KernelError.illegalOperation());
    }

    /**
     * Writes a field of a guest's control structure ({@code seL4_X86_VCPU_WriteVMCS}).
     *
     * @param vcpu the virtual CPU
     * @param field its number, as the processor has it
     * @param value what
     * @return what is in it now, or what was wrong
     */
    default Either<KernelError, Long> writeField(@CPtr long vcpu, int field, long value) {
        return Either.left(KernelError.illegalOperation());
    }

    /**
     * Lets a guest use I/O ports ({@code seL4_X86_VCPU_EnableIOPort}).
     *
     * @param vcpu the virtual CPU
     * @param range a range of ports
     * @param first the first port, one of the range
     * @param last the last port, one of the range
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError enablePorts(@CPtr long vcpu, @CPtr long range, int first, int last) {
        return KernelError.illegalOperation();
    }

    /**
     * Undoes {@link #enablePorts} ({@code seL4_X86_VCPU_DisableIOPort}).
     *
     * @param vcpu the virtual CPU
     * @param first the first port
     * @param last the last port
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError disablePorts(@CPtr long vcpu, int first, int last) {
        return KernelError.illegalOperation();
    }

    /**
     * Sets a guest's general registers ({@code seL4_X86_VCPU_WriteRegisters}).
     *
     * @param vcpu the virtual CPU
     * @param registers what is in them
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError writeRegisters(@CPtr long vcpu, GuestRegisters registers) {
        return KernelError.illegalOperation();
    }
}
