package org.allocman.xous.process;

import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.allocman.xous.FrameTable;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.XousError;

/** What all calls need: the ports, where things lie, the owners of pages, and their frames. */
record SystemContext(
        Kernel kernel,
        Memory memory,
        Vka vka,
        NodeStore nodes,
        SystemLayout layout,
        PageAllocations allocations,
        FrameTable frames) {
    static SystemContext of(Kernel kernel, Memory memory, Vka vka, NodeStore nodes, SystemLayout layout) {
        FrameTable frames = layout.allocations().frames(memory, nodes, vka);
        return new SystemContext(
                kernel, memory, vka, nodes, layout, layout.allocations().allocations(memory, nodes, frames), frames);
    }

    /** A view of the process of a number from {@link org.allocman.xous.Pid#KERNEL} to {@link org.allocman.xous.Pid#LAST}. */
    Process process(int pid) {
        return new Process(pid, memory, layout.process(pid), layout.map(memory, nodes, pid));
    }

    /** Copies the capability of a page's frame into an empty slot. Returns 0 or an {@link XousError#code()}. */
    long copyFrame(long page, CapPath slot) {
        KernelError error = kernel.copy(slot, vka.path(frames.cptr(page)), CapRights.ALL);
        return error.failed() ? XousError.INTERNAL_ERROR.code() : 0;
    }

    /** Notes that the kernel beneath refused to undo something, so that it is done later. */
    void setUnfinished() {
        layout.setUnfinished(memory, true);
    }
}
