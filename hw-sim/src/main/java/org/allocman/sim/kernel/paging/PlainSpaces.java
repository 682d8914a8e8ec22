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
final class PlainSpaces extends RiscvSpaces {
    PlainSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
    }

    @Override
    boolean isOutside(@PhysAddr long frame, @VirtAddr long vaddr) {
        return isBeyond(vaddr) || super.isOutside(frame, vaddr);
    }

    @Override
    KernelError checkTable(@PhysAddr long table, int bits) {
        ObjectType wanted = architecture.tableFor(bits);
        if (wanted != null && types.isTable(table, wanted)) {
            return KernelError.NO_ERROR;
        }
        // one that belongs further down wants others first; one that belongs further up is there already
        return belongsBelow(table, bits) ? missing(bits) : KernelError.deleteFirst();
    }

    private boolean belongsBelow(long table, int bits) {
        for (PagingLevel level : architecture.levels()) {
            if (level.entryBits() < bits && types.isTable(table, level.table())) {
                return true;
            }
        }
        return false;
    }
}
