package org.allocman.sim.kernel.paging;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Architecture;

/** Any address space as the MMU sees it, whoever runs: give it to {@link PhysicalMemory#window} to load and store in it. */
public final class TaskSpace implements Walk {

    private final PageTables tables;
    private final @PhysAddr long root;

    /**
     * The address space of a root.
     *
     * @param memory the physical memory
     * @param architecture one with paging
     * @param root physical address of the root page table
     */
    public TaskSpace(PagedMemory memory, Architecture architecture, @PhysAddr long root) {
        this.tables = new PageTables(memory, Behaviours.of(architecture));
        this.root = root;
    }

    @Override
    public long translate(@VirtAddr long vaddr) {
        return tables.translate(root, vaddr & -PAGE);
    }

    /**
     * What is at an address for the kernel, which sees also what user code does not.
     *
     * @param vaddr virtual address
     * @return physical address of its page; -1 if nothing is mapped there
     */
    public long kernelSees(@VirtAddr long vaddr) {
        return tables.mapped(root, vaddr & -PAGE);
    }
}
