package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.KernelError;

/** Address spaces of RISC-V: page tables of one type at all levels, the root among them. */
final class RiscvSpaces extends PagedSpaces {
    private static final int SMALL_BITS = 12;

    RiscvSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        if (isBeyond(lastByte(frame, vaddr))) {
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
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        if (slots.mapping().isMapped(table)) {
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
        return PageTables.bitsLeft(place) == SMALL_BITS || tables.isTaken(place)
                ? KernelError.deleteFirst()
                : enterTable(table, vspace, vaddr, place, attributes);
    }

    private boolean isBeyond(long vaddr) {
        return Long.compareUnsigned(vaddr, userTop()) >= 0;
    }

    @Override
    void onCopiedFrame(long copy) {
        slots.mapping().setVaddr(copy, 0);
    }
}
