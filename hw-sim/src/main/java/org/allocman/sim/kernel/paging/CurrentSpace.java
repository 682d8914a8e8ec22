package org.allocman.sim.kernel.paging;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The address space of the thread that runs, as the MMU or MPU sees it. */
public final class CurrentSpace implements Walk {

    private final PagedMemory memory;
    private final Slots slots;
    private final @PhysAddr long state;
    private final AsidTable asids;
    private final MpuRegions regions;
    private final MpuSpaceTable spaces;
    private final @Nullable PageTables tables;

    /**
     * The address space of whichever thread runs.
     *
     * @param memory the physical memory
     * @param architecture the kernel's
     * @param state physical address of the kernel's own words
     */
    public CurrentSpace(PagedMemory memory, Architecture architecture, @PhysAddr long state) {
        this.memory = memory;
        this.slots = new Slots(memory, architecture);
        this.state = state;
        this.asids = new AsidTable(memory, architecture, state);
        this.regions = new MpuRegions(memory);
        this.spaces = new MpuSpaceTable(memory, state);
        this.tables = architecture.hasPaging() ? new PageTables(memory, Behaviours.of(architecture)) : null;
    }

    @Override
    public long translate(@VirtAddr long vaddr) {
        long thread = KernelState.thread(memory, state);
        if (thread < 0) {
            return 0;
        }
        long slot = slots.at(thread, TcbLayout.VSPACE);
        if (slots.isEmpty(slot)) {
            return 0;
        }
        long root = slots.object(slot);
        PageTables paging = tables;
        if (paging != null) {
            // an address space whose ASID was taken away is not used any more
            return asids.root(slots.mapping().asid(slot)) == root ? paging.translate(root, vaddr & -PAGE) : 0;
        }
        long access = spaces.space(slots.mapping().asid(slot)) == root ? regions.access(root, vaddr) : 0;
        return access == 0 ? 0 : vaddr & -PAGE | access | PARTIAL;
    }
}
