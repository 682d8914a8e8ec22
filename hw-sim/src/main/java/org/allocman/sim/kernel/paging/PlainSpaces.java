package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.PagingLevel;

/**
 * Address spaces of a kernel of one's own: as many levels as its profile says, of one type of table or of several. Checks
 * come in the order that RISC-V has.
 */
final class PlainSpaces extends PagedSpaces {
    private static final int SMALL_BITS = 12;

    PlainSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
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
        if (isBeyond(vaddr) || isBeyond(lastByte(frame, vaddr))) {
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
        int bits = PageTables.bitsLeft(place);
        if (bits == SMALL_BITS || tables.isTaken(place)) {
            return KernelError.deleteFirst();
        }
        ObjectType wanted = architecture.tableFor(bits);
        if (wanted == null || !types.isTable(table, wanted)) {
            // one that belongs further down wants others first; one that belongs further up is there already
            return belongsBelow(table, bits) ? missing(bits) : KernelError.deleteFirst();
        }
        return enterTable(table, vspace, vaddr, place, attributes);
    }

    private boolean belongsBelow(long table, int bits) {
        for (PagingLevel level : architecture.levels()) {
            if (level.entryBits() < bits && types.isTable(table, level.table())) {
                return true;
            }
        }
        return false;
    }

    private boolean isBeyond(long vaddr) {
        return Long.compareUnsigned(vaddr, userTop()) >= 0;
    }

    @Override
    void onCopiedFrame(long copy) {
        slots.mapping().setVaddr(copy, 0);
    }
}
