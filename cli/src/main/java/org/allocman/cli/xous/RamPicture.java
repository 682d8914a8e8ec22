package org.allocman.cli.xous;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.OwnershipMap;
import org.allocman.resource.ResourceType;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.XousPages;

/** The RAM as a picture of characters; the kernel's has one of its own. */
record RamPicture(OwnershipMap map) {
    private static final char KERNEL = '#';

    /** Draws the RAM for a terminal of so many columns. */
    static RamPicture of(PageAllocations allocations, int width) {
        XousPages pages = new XousPages(allocations);
        return new RamPicture(OwnershipMap.of(pages, List.of(pages.stretches().get(0)), RamPicture::letter, width));
    }

    /** The character of an owner. */
    static char letter(int pid) {
        return pid == Pid.KERNEL ? KERNEL : OwnershipMap.letter(pid == Pid.FREE ? ResourceType.NOBODY : pid);
    }

    /** Prints it, and what the characters mean, the kernel first. */
    void print(Console console, List<Integer> processes) {
        console.out().println(console.bold("RAM by owner") + ", " + map.scale());
        map.lines().forEach(console.out()::println);
        List<Integer> pids = new ArrayList<>(List.of(Pid.KERNEL));
        pids.addAll(processes);
        map.legend(pids, pid -> pid == Pid.KERNEL ? "kernel, PID 1" : "PID " + pid)
                .forEach(console.out()::println);
        console.out().println();
    }
}
