package org.allocman.check.manager;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.CurrentSpace;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Memory;

/** What must hold of the virtual pool between two operations: what the manager believes is mapped, the MMU sees, and nothing else. */
public final class PoolInvariants {

    private final Allocman allocman;
    private final Memory memory;
    private final CurrentSpace space;
    private final boolean hasPaging;

    /**
     * Prepares to check.
     *
     * @param machine the machine
     * @param allocman the manager on it
     */
    public PoolInvariants(Machine machine, Allocman allocman) {
        PagedMemory words = machine.memory().words();
        this.allocman = allocman;
        this.memory = machine.rootMemory();
        this.space = new CurrentSpace(words, machine.board().architecture(), machine.kernelState());
        this.hasPaging = machine.board().architecture().hasPaging();
    }

    /**
     * Checks all.
     *
     * @return what is broken
     */
    public List<String> check() {
        List<String> broken = new ArrayList<>();
        Set<Long> pages = new HashSet<>();
        Set<Long> handles = new HashSet<>();
        Statistics now = allocman.statistics();
        if (hasPaging && !readable(broken)) {
            return broken;
        }
        allocman.visitHandles(word -> {
            long handle = memory.load64(word, 0);
            if (handle == 0) {
                return;
            }
            if (allocman.untypeds().manager().check(handle) != 0) {
                broken.add("pool: the handle at 0x" + Long.toHexString(word)
                        + " of an object of the pools' own is not good");
            } else if (!handles.add(allocman.untypeds().manager().physicalAddress(handle))) {
                broken.add("pool: the handle at 0x" + Long.toHexString(word) + " is there twice");
            } else if (isInWindow(word)) {
                long page = word & -PAGE;
                pages.add(page);
                long frame = allocman.untypeds().manager().physicalAddress(handle);
                if ((space.translate(page) & -PAGE) != frame) {
                    broken.add("pool: the page at 0x" + Long.toHexString(page) + " is not mapped to its frame at 0x"
                            + Long.toHexString(frame));
                }
            }
        });
        if (pages.size() != now.virtualPagesMapped()) {
            broken.add("pool: " + now.virtualPagesMapped() + " pages are counted, " + pages.size() + " have a frame");
        }
        return broken;
    }

    /** Whether the pages that the manager believes to be mapped can be read; the others must not be mapped at all. */
    private boolean readable(List<String> broken) {
        long mapped = 0;
        for (long i = 0; i < allocman.layout().windowPages(); i++) {
            mapped += space.translate(allocman.layout().windowBase() + i * PAGE) != 0 ? 1 : 0;
        }
        if (mapped != allocman.statistics().virtualPagesMapped()) {
            broken.add("pool: the MMU maps " + mapped + " pages of the window, the manager believes in "
                    + allocman.statistics().virtualPagesMapped());
        }
        return broken.isEmpty();
    }

    private boolean isInWindow(long word) {
        // without paging the window is all of RAM, the static pool included
        return isIn(word, allocman.layout().windowBase(), allocman.layout().windowPages() * PAGE)
                && !isIn(word, allocman.layout().base(), allocman.layout().bytes());
    }

    private static boolean isIn(long word, long start, long bytes) {
        return word >= start && word - start < bytes;
    }
}
