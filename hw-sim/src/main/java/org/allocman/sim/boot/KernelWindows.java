package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.KernelWindow;
import org.allocman.vka.Rounding;

/** Where the kernel can be loaded, and which memory it then reaches. */
final class KernelWindows {
    private KernelWindows() {}

    /**
     * The windows that a kernel for a board can have, the real one's first. Memory that the real one has no room in is none
     * on which a real kernel could be built; ours is then loaded where there is room.
     *
     * @param behaviour the kernel's
     * @param userTop where the kernel's half of an address space begins, if it is a 32-bit one
     * @param memory RAM that nobody else keeps, in address order
     * @return windows, at least one
     */
    static List<KernelWindow> of(ArchitectureBehaviour behaviour, @VirtAddr long userTop, List<Span> memory) {
        long alignment = behaviour.imageAlignment();
        List<KernelWindow> windows = new ArrayList<>();
        for (Span span : alignment == 1 ? List.<Span>of() : memory) {
            long aligned = Rounding.up(span.start(), alignment);
            if (aligned < span.end()) {
                windows.add(behaviour.window(userTop, aligned));
            }
        }
        windows.add(
                behaviour.window(userTop, memory.isEmpty() ? 0 : memory.get(0).start()));
        return windows;
    }

    /** What of a window the kernel keeps. */
    static Span kept(KernelWindow window) {
        return new Span(window.keptStart(), window.keptEnd());
    }
}
