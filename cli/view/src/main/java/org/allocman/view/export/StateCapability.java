package org.allocman.view.export;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A slot that holds a capability.
 *
 * @param id its number, in the order of the slots' addresses
 * @param place what a script calls the slot: a cptr, or {@code CNODE/SLOT}; for a thread's slots {@code TCB.name}, for
 *     the kernel's own slots {@code interrupt N}
 * @param slot physical address of the slot
 * @param holder number of the CNode or thread that the slot is in; null if no capability is left to it
 * @param index number of the slot in its holder
 * @param kind for instance {@code endpoint} or {@code IRQ control}
 * @param object number of the object; null if it stands for no object
 * @param detail the rest in words, as {@link org.allocman.script.CapabilityText} has it
 * @param rights of endpoints, notifications and frames: letters of {@code WRGP}; otherwise null
 * @param badge of endpoints and notifications, hexadecimal; otherwise null
 * @param guard of CNodes, hexadecimal; otherwise null
 * @param guardBits of CNodes; otherwise null
 * @param vaddr where a frame or a paging structure is mapped; null if it is not
 * @param asid in which address space that is; of roots of address spaces the ASID; null if there is none
 * @param parent number of the capability that it is derived from; null if there is none
 */
public record StateCapability(
        int id,
        String place,
        @PhysAddr long slot,
        @Nullable Integer holder,
        long index,
        String kind,
        @Nullable Integer object,
        String detail,
        @Nullable String rights,
        @Nullable String badge,
        @Nullable String guard,
        @Nullable Integer guardBits,
        @Nullable @VirtAddr Long vaddr,
        @Nullable Integer asid,
        @Nullable Integer parent) {}
