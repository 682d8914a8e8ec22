package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;

/**
 * Address spaces of aarch32: a page directory and page tables. Large pages and super sections fill sixteen entries, which
 * must not hold anything of another size.
 */
final class Aarch32Spaces extends PagedSpaces {
    private static final int TABLE_COVERS = 20;

    Aarch32Spaces(PhysicalMemory physical, @PhysAddr long state) {
        super(physical, Architecture.AARCH32, state);
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = slots.mapping().asid(frame) != 0
                ? checkRemap(frame, vspace, vaddr)
                : vaddr + frameBytes(frame) - 1 >= architecture.userTop()
                        ? KernelError.invalidArgument(0)
                        : KernelError.NO_ERROR;
        if (error.failed()) {
            return error;
        }
        error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        if (!isAligned(frame, vaddr)) {
            return KernelError.alignmentError();
        }
        int bits = frameBits(frame);
        int level = tables.levelFor(bits);
        long place = tables.walk(slots.object(vspace), vaddr, level);
        if (PageTables.bitsLeft(place) != level) {
            return missing(PageTables.bitsLeft(place));
        }
        return tables.holdsOther(place, bits)
                ? KernelError.deleteFirst()
                : enter(frame, vspace, vaddr, place, rights, attributes);
    }

    @Override
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        if (slots.type(table) != CapabilityType.PAGE_TABLE) {
            return KernelError.illegalOperation();
        }
        if (slots.mapping().isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        if (vaddr >= architecture.userTop()) {
            return KernelError.invalidArgument(0);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), vaddr, TABLE_COVERS);
        return tables.isTaken(place) ? KernelError.deleteFirst() : enterTable(table, vspace, vaddr, place, attributes);
    }
}
