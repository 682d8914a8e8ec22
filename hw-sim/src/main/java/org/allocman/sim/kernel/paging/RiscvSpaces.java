package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.KernelError;

/** Address spaces of RISC-V: page tables of one type at all levels, the root among them. */
class RiscvSpaces extends PagedSpaces {
    private static final int SMALL_BITS = 12;

    RiscvSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
    }

    @Override
    public final KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        if (isOutside(frame, vaddr)) {
            return KernelError.invalidArgument(0);
        }
        if (!isAligned(frame, vaddr)) {
            return KernelError.alignmentError();
        }
        long place = tables.walk(slots.object(vspace), vaddr, SMALL_BITS);
        if (PageTables.bitsLeft(place) != frameBits(frame)) {
            return missing(PageTables.bitsLeft(place));
        }
        error = slots.mapping().asid(frame) != 0
                ? checkRemap(frame, vspace, vaddr)
                : tables.isTaken(place) ? KernelError.deleteFirst() : KernelError.NO_ERROR;
        return error.failed() ? error : enter(frame, vspace, vaddr, place, rights, attributes);
    }

    @Override
    public final KernelError tableMap(
            @PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        if (slots.table().isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        if (isBeyond(vaddr)) {
            return KernelError.invalidArgument(0);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), vaddr, SMALL_BITS);
        int bits = PageTables.bitsLeft(place);
        if (bits == SMALL_BITS || tables.isTaken(place)) {
            return KernelError.deleteFirst();
        }
        error = checkTable(table, bits);
        return error.failed() ? error : enterTable(table, vspace, vaddr, place, attributes);
    }

    /** Whether a frame at an address would reach beyond what users may map; the kernel looks at its last byte alone. */
    boolean isOutside(@PhysAddr long frame, @VirtAddr long vaddr) {
        return isBeyond(lastByte(frame, vaddr));
    }

    /** Whether a table may be put where so many bits of the address are left: there is one type for all levels. */
    KernelError checkTable(@PhysAddr long table, int bits) {
        return KernelError.NO_ERROR;
    }

    final boolean isBeyond(long vaddr) {
        return Long.compareUnsigned(vaddr, userTop()) >= 0;
    }

    @Override
    final void onCopiedFrame(long copy) {
        slots.mapping().setVaddr(copy, 0);
    }
}
