package org.allocman.vka;

import io.vavr.control.Either;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;

/**
 * The invocations of a capability kernel, as the root task makes them: every cptr is looked up in the root task's own
 * CSpace, over the full word, and every refusal changes nothing (seL4 manual, "seL4 API reference").
 *
 * <p>A slot is given by a CNode's cptr, an index and a depth: {@code depth} bits of the index are resolved in the CNode. The
 * invocations that an allocator makes all the time take these as numbers, the others as a {@link CapPath}. A path that leads
 * nowhere is refused with {@link KernelError.Code#FAILED_LOOKUP}, a depth outside 1 to the word size with {@link
 * KernelError.Code#RANGE_ERROR}.
 *
 * <p>A kernel has to have {@link #retype}, {@link #delete} and {@link #revoke}; every other invocation is refused as {@link
 * #unsupported} says, unless the kernel has it.
 */
public interface Kernel {
    /**
     * What kernel this is.
     *
     * @return the architecture, which fixes object types and sizes
     */
    Architecture architecture();

    /**
     * Makes objects from an untyped's free part and puts their capabilities into consecutive slots
     * ({@code seL4_Untyped_Retype}).
     *
     * @param untyped the untyped
     * @param type what to make, as the architecture numbers it
     * @param sizeBits size bits of an untyped, radix of a CNode, otherwise ignored
     * @param root the CNode to look the destination up in
     * @param nodeIndex the destination CNode; ignored if the depth is 0
     * @param nodeDepth bits of the index; 0 means the root itself
     * @param nodeOffset first slot in the destination
     * @param count how many, 1 to {@link Architecture#RETYPE_FAN_OUT_LIMIT}
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError retype(
            @CPtr long untyped,
            int type,
            int sizeBits,
            @CPtr long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count);

    /**
     * Copies a capability ({@code seL4_CNode_Copy}).
     *
     * @param to the destination, an empty slot
     * @param from the source
     * @param rights what the copy may keep of the source's rights
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError copy(CapPath to, CapPath from, CapRights rights) {
        return unsupported(InvocationKind.COPY);
    }

    /**
     * Copies a capability and gives the copy a badge or a guard ({@code seL4_CNode_Mint}).
     *
     * @param to the destination, an empty slot
     * @param from the source
     * @param rights what the copy may keep of the source's rights
     * @param badge a badge for an endpoint or notification, guard data for a CNode
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        return unsupported(InvocationKind.MINT);
    }

    /**
     * Moves a capability ({@code seL4_CNode_Move}).
     *
     * @param to the destination, an empty slot
     * @param from the source
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError move(CapPath to, CapPath from) {
        return unsupported(InvocationKind.MOVE);
    }

    /**
     * Moves a capability and replaces a CNode's guard ({@code seL4_CNode_Mutate}).
     *
     * @param to the destination, an empty slot
     * @param from the source
     * @param badge guard data for a CNode
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError mutate(CapPath to, CapPath from, long badge) {
        return unsupported(InvocationKind.MUTATE);
    }

    /**
     * Moves the pivot to the destination and the source to the pivot ({@code seL4_CNode_Rotate}); source and destination
     * may be the same slot, which swaps.
     *
     * @param to the destination
     * @param toBadge guard data for what arrives at the destination
     * @param pivot the pivot
     * @param pivotBadge guard data for what arrives at the pivot
     * @param from the source
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        return unsupported(InvocationKind.ROTATE);
    }

    /**
     * Empties a slot; the last capability takes its object with it ({@code seL4_CNode_Delete}).
     *
     * @param root CNode to look the slot up in
     * @param index the slot
     * @param depth bits of the index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError delete(@CPtr long root, long index, int depth);

    /**
     * Deletes every capability derived from the one in a slot ({@code seL4_CNode_Revoke}).
     *
     * @param root CNode to look the slot up in
     * @param index the slot
     * @param depth bits of the index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError revoke(@CPtr long root, long index, int depth);

    /**
     * Empties a slot: {@link #delete(long, long, int)} with a path.
     *
     * @param at the slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError delete(CapPath at) {
        return delete(at.root(), at.index(), at.depth());
    }

    /**
     * Deletes every capability derived from the one in a slot: {@link #revoke(long, long, int)} with a path.
     *
     * @param at the slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError revoke(CapPath at) {
        return revoke(at.root(), at.index(), at.depth());
    }

    /**
     * Cancels sends through an endpoint's badge ({@code seL4_CNode_CancelBadgedSends}).
     *
     * @param at the endpoint's slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError cancelBadgedSends(CapPath at) {
        return unsupported(InvocationKind.CANCEL_BADGED_SENDS);
    }

    /**
     * Saves the reply capability ({@code seL4_CNode_SaveCaller}).
     *
     * @param at an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError saveCaller(CapPath at) {
        return unsupported(InvocationKind.SAVE_CALLER);
    }

    /**
     * Maps a frame ({@code seL4_..._Page_Map}). On the MPU profile the address is the frame's own.
     *
     * @param frame the frame
     * @param vspace the address space
     * @param vaddr where, a multiple of the frame's size
     * @param rights what the mapping allows, at most the capability's own
     * @param attributes caching and execution, as the architecture encodes them
     * @return {@link KernelError#NO_ERROR}, or what was wrong; a {@link LookupFault} tells which table is missing
     */
    default KernelError pageMap(
            @CPtr long frame, @CPtr long vspace, @VirtAddr long vaddr, CapRights rights, long attributes) {
        return unsupported(InvocationKind.PAGE_MAP);
    }

    /**
     * Unmaps a frame ({@code seL4_..._Page_Unmap}).
     *
     * @param frame the frame, mapped or not
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError pageUnmap(@CPtr long frame) {
        return unsupported(InvocationKind.PAGE_UNMAP);
    }

    /**
     * Tells where a frame is ({@code seL4_..._Page_GetAddress}).
     *
     * @param frame the frame
     * @return its physical address, or what was wrong
     */
    default Either<KernelError, @PhysAddr Long> pageGetAddress(@CPtr long frame) {
        return Either.left(unsupported(InvocationKind.PAGE_GET_ADDRESS));
    }

    /**
     * Maps a paging structure; which, the capability's type decides ({@code seL4_..._PageTable_Map} and its kin).
     *
     * @param table the structure
     * @param vspace the address space
     * @param vaddr an address in the range it is to cover
     * @param attributes as the architecture encodes them
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError tableMap(@CPtr long table, @CPtr long vspace, @VirtAddr long vaddr, long attributes) {
        return unsupported(InvocationKind.TABLE_MAP);
    }

    /**
     * Unmaps a paging structure ({@code seL4_..._PageTable_Unmap} and its kin).
     *
     * @param table the structure, mapped or not
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError tableUnmap(@CPtr long table) {
        return unsupported(InvocationKind.TABLE_UNMAP);
    }

    /**
     * Gives an address space an ASID ({@code seL4_..._ASIDPool_Assign}).
     *
     * @param pool the ASID pool
     * @param vspace the address space
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError asidPoolAssign(@CPtr long pool, @CPtr long vspace) {
        return unsupported(InvocationKind.ASID_POOL_ASSIGN);
    }

    /**
     * Makes an ASID pool ({@code seL4_..._ASIDControl_MakePool}).
     *
     * @param control the ASID control capability
     * @param untyped an untyped of the size of a pool, without children
     * @param to the destination, an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError asidControlMakePool(@CPtr long control, @CPtr long untyped, CapPath to) {
        return unsupported(InvocationKind.MAKE_ASID_POOL);
    }

    /**
     * Cache maintenance on a frame; aarch64 and aarch32 only.
     *
     * @param operation which
     * @param frame the frame, mapped
     * @param start first byte, from the frame's start
     * @param end one past the last byte
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError pageCache(CacheOperation operation, @CPtr long frame, @Bytes long start, @Bytes long end) {
        return unsupported(InvocationKind.PAGE_CACHE);
    }

    /**
     * Cache maintenance on part of an address space; aarch64 and aarch32 only.
     *
     * @param operation which
     * @param vspace the address space
     * @param start first byte
     * @param end one past the last byte
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError vspaceCache(
            CacheOperation operation, @CPtr long vspace, @VirtAddr long start, @VirtAddr long end) {
        return unsupported(InvocationKind.VSPACE_CACHE);
    }

    /**
     * Gives a thread its CSpace and address space ({@code seL4_TCB_SetSpace}).
     *
     * @param tcb the thread
     * @param spaces its spaces
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError tcbSetSpace(@CPtr long tcb, ThreadSpaces spaces) {
        return unsupported(InvocationKind.TCB_SET_SPACE);
    }

    /**
     * Sets a thread's spaces and its IPC buffer ({@code seL4_TCB_Configure}).
     *
     * @param tcb the thread
     * @param spaces its spaces
     * @param buffer address of the IPC buffer in the thread's address space; 0 for none
     * @param bufferFrame the frame that holds it
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError tcbConfigure(
            @CPtr long tcb, ThreadSpaces spaces, @VirtAddr long buffer, @CPtr long bufferFrame) {
        return unsupported(InvocationKind.TCB_CONFIGURE);
    }

    /**
     * The invocations of IRQ control and of interrupt handlers.
     *
     * @return always the same; {@link KernelInterrupts#NONE} if the kernel has none
     */
    default KernelInterrupts interrupts() {
        return KernelInterrupts.NONE;
    }

    /**
     * The invocations about priorities, bound notifications and scheduling contexts.
     *
     * @return always the same; {@link KernelScheduling#NONE} if the kernel has none
     */
    default KernelScheduling scheduling() {
        return KernelScheduling.NONE;
    }

    /**
     * The invocations of I/O ports.
     *
     * @return always the same; {@link KernelPorts#NONE} if the kernel has none
     */
    default KernelPorts ports() {
        return KernelPorts.NONE;
    }

    /**
     * The invocations of virtual CPUs.
     *
     * @return always the same; {@link KernelVcpus#NONE} if the kernel has none
     */
    default KernelVcpus vcpus() {
        return KernelVcpus.NONE;
    }

    /**
     * The invocations for guests of x86.
     *
     * @return always the same; {@link KernelVtx#NONE} if the kernel has none
     */
    default KernelVtx vtx() {
        return KernelVtx.NONE;
    }

    /**
     * The invocations of the domain capability.
     *
     * @return always the same; {@link KernelDomains#NONE} if the kernel has none
     */
    default KernelDomains domains() {
        return KernelDomains.NONE;
    }

    /**
     * The answer to an invocation that a kernel does not have.
     *
     * @param invocation which
     * @return {@link KernelError.Code#ILLEGAL_OPERATION}, as for a capability that does not have the invocation; a kernel may
     *     answer otherwise
     */
    default KernelError unsupported(InvocationKind invocation) {
        return KernelError.illegalOperation();
    }
}
