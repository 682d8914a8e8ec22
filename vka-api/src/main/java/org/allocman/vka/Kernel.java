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
 * <p>Where a place is given by root, index and depth, the root is a cptr of a CNode and {@code depth} bits of the index
 * are resolved in it; a bad place is answered with {@link KernelError.Code#FAILED_LOOKUP}, a depth outside 1 to the word
 * size with {@link KernelError.Code#RANGE_ERROR}.
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
     * @param destRoot CNode to look the destination up in
     * @param destIndex the destination, an empty slot
     * @param destDepth bits of the destination index
     * @param srcRoot CNode to look the source up in
     * @param srcIndex the source
     * @param srcDepth bits of the source index
     * @param rights what the copy may keep of the source's rights
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError copy(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            CapRights rights);

    /**
     * Copies a capability and gives the copy a badge or a guard ({@code seL4_CNode_Mint}).
     *
     * @param destRoot CNode to look the destination up in
     * @param destIndex the destination, an empty slot
     * @param destDepth bits of the destination index
     * @param srcRoot CNode to look the source up in
     * @param srcIndex the source
     * @param srcDepth bits of the source index
     * @param rights what the copy may keep of the source's rights
     * @param badge a badge for an endpoint or notification, guard data for a CNode
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError mint(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            CapRights rights,
            long badge);

    /**
     * Moves a capability ({@code seL4_CNode_Move}).
     *
     * @param destRoot CNode to look the destination up in
     * @param destIndex the destination, an empty slot
     * @param destDepth bits of the destination index
     * @param srcRoot CNode to look the source up in
     * @param srcIndex the source
     * @param srcDepth bits of the source index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError move(
            @CPtr long destRoot, long destIndex, int destDepth, @CPtr long srcRoot, long srcIndex, int srcDepth);

    /**
     * Moves a capability and replaces a CNode's guard ({@code seL4_CNode_Mutate}).
     *
     * @param destRoot CNode to look the destination up in
     * @param destIndex the destination, an empty slot
     * @param destDepth bits of the destination index
     * @param srcRoot CNode to look the source up in
     * @param srcIndex the source
     * @param srcDepth bits of the source index
     * @param badge guard data for a CNode
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError mutate(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            long badge);

    /**
     * Moves the pivot to the destination and the source to the pivot ({@code seL4_CNode_Rotate}); source and destination
     * may be the same slot, which swaps.
     *
     * @param destRoot CNode to look the destination up in
     * @param destIndex the destination
     * @param destDepth bits of the destination index
     * @param destBadge guard data for what arrives at the destination
     * @param pivotRoot CNode to look the pivot up in
     * @param pivotIndex the pivot
     * @param pivotDepth bits of the pivot index
     * @param pivotBadge guard data for what arrives at the pivot
     * @param srcRoot CNode to look the source up in
     * @param srcIndex the source
     * @param srcDepth bits of the source index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError rotate(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            long destBadge,
            @CPtr long pivotRoot,
            long pivotIndex,
            int pivotDepth,
            long pivotBadge,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth);

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
     * Cancels sends through an endpoint's badge ({@code seL4_CNode_CancelBadgedSends}).
     *
     * @param root CNode to look the slot up in
     * @param index the slot
     * @param depth bits of the index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError cancelBadgedSends(@CPtr long root, long index, int depth);

    /**
     * Saves the reply capability ({@code seL4_CNode_SaveCaller}).
     *
     * @param root CNode to look the slot up in
     * @param index the slot, empty
     * @param depth bits of the index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError saveCaller(@CPtr long root, long index, int depth);

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
    KernelError pageMap(@CPtr long frame, @CPtr long vspace, @VirtAddr long vaddr, CapRights rights, long attributes);

    /**
     * Unmaps a frame ({@code seL4_..._Page_Unmap}).
     *
     * @param frame the frame, mapped or not
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError pageUnmap(@CPtr long frame);

    /**
     * Tells where a frame is ({@code seL4_..._Page_GetAddress}).
     *
     * @param frame the frame
     * @return its physical address, or what was wrong
     */
    Either<KernelError, @PhysAddr Long> pageGetAddress(@CPtr long frame);

    /**
     * Maps a paging structure; which, the capability's type decides ({@code seL4_..._PageTable_Map} and its kin).
     *
     * @param table the structure
     * @param vspace the address space
     * @param vaddr an address in the range it is to cover
     * @param attributes as the architecture encodes them
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError tableMap(@CPtr long table, @CPtr long vspace, @VirtAddr long vaddr, long attributes);

    /**
     * Unmaps a paging structure ({@code seL4_..._PageTable_Unmap} and its kin).
     *
     * @param table the structure, mapped or not
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError tableUnmap(@CPtr long table);

    /**
     * Gives an address space an ASID ({@code seL4_..._ASIDPool_Assign}).
     *
     * @param pool the ASID pool
     * @param vspace the address space
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError asidPoolAssign(@CPtr long pool, @CPtr long vspace);

    /**
     * Makes an ASID pool ({@code seL4_..._ASIDControl_MakePool}).
     *
     * @param control the ASID control capability
     * @param untyped an untyped of the size of a pool, without children
     * @param root CNode to look the destination up in
     * @param index the destination, an empty slot
     * @param depth bits of the index
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError asidControlMakePool(@CPtr long control, @CPtr long untyped, @CPtr long root, long index, int depth);

    /**
     * Cache maintenance on a frame; aarch64 and aarch32 only.
     *
     * @param operation which
     * @param frame the frame, mapped
     * @param start first byte, from the frame's start
     * @param end one past the last byte
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError pageCache(CacheOperation operation, @CPtr long frame, @Bytes long start, @Bytes long end);

    /**
     * Cache maintenance on part of an address space; aarch64 and aarch32 only.
     *
     * @param operation which
     * @param vspace the address space
     * @param start first byte
     * @param end one past the last byte
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError vspaceCache(CacheOperation operation, @CPtr long vspace, @VirtAddr long start, @VirtAddr long end);

    /**
     * Gives a thread its CSpace and address space ({@code seL4_TCB_SetSpace}).
     *
     * @param tcb the thread
     * @param faultEndpoint cptr, in the thread's CSpace, of its fault handler; 0 for none
     * @param cspaceRoot the CSpace's root CNode
     * @param cspaceData guard data for the root; 0 leaves it as it is
     * @param vspaceRoot the address space
     * @param vspaceData ignored on the architectures we have
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError tcbSetSpace(
            @CPtr long tcb,
            @CPtr long faultEndpoint,
            @CPtr long cspaceRoot,
            long cspaceData,
            @CPtr long vspaceRoot,
            long vspaceData);

    /**
     * Sets a thread's spaces and its IPC buffer ({@code seL4_TCB_Configure}).
     *
     * @param tcb the thread
     * @param faultEndpoint cptr, in the thread's CSpace, of its fault handler; 0 for none
     * @param cspaceRoot the CSpace's root CNode
     * @param cspaceData guard data for the root; 0 leaves it as it is
     * @param vspaceRoot the address space
     * @param vspaceData ignored on the architectures we have
     * @param buffer address of the IPC buffer in the thread's address space; 0 for none
     * @param bufferFrame the frame that holds it
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    KernelError tcbConfigure(
            @CPtr long tcb,
            @CPtr long faultEndpoint,
            @CPtr long cspaceRoot,
            long cspaceData,
            @CPtr long vspaceRoot,
            long vspaceData,
            @VirtAddr long buffer,
            @CPtr long bufferFrame);
}
