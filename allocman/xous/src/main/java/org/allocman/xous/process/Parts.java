package org.allocman.xous.process;

import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.allocman.xous.FrameBook;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageBook;
import org.allocman.xous.SparseMap;

/** What all calls need: the ports, where things lie, and the two books. */
record Parts(
        Kernel kernel, Memory memory, Vka vka, NodeStore nodes, SystemLayout layout, PageBook book, FrameBook frames) {
    static Parts of(Kernel kernel, Memory memory, Vka vka, NodeStore nodes, SystemLayout layout) {
        FrameBook frames = layout.book().frames(memory, nodes, vka);
        return new Parts(kernel, memory, vka, nodes, layout, layout.book().book(memory, nodes, frames), frames);
    }

    SparseMap map(int pid) {
        return layout.map(memory, nodes, pid);
    }

    /** Notes that the kernel beneath refused to undo something, so that it is done later. */
    void setUnfinished() {
        layout.setUnfinished(memory, true);
    }

    long process(int pid) {
        return layout.process(pid);
    }
}
