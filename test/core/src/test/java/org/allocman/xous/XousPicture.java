package org.allocman.xous;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.xous.ProcessMapping;
import org.allocman.lab.machine.XousMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.xous.process.XousSystem;

/** Everything about Xous that can be seen from outside, as text: two moments that are alike have the same. */
final class XousPicture {
    private static final int PTE_FLAGS = 0x1f;
    private static final String PTE_NAMES = "VRWXU";

    private XousPicture() {}

    /** Who owns which page and how it stands in the books, what is mapped where with which rights, and the processes' figures. */
    static List<String> of(XousMachine machine) {
        List<String> lines = new ArrayList<>();
        XousSystem xous = machine.system();
        PageAllocations allocations = xous.allocations();
        for (int pid = Pid.KERNEL; pid <= Pid.LAST; pid++) {
            for (long page = allocations.next(0, pid); page >= 0; page = allocations.next(page + 1, pid)) {
                // a page that turned out to be the manager's is the kernel's from then on, whatever became of the call
                if (pid != Pid.KERNEL || xous.frames().isHeld(page)) {
                    lines.add("page " + page + " is " + pid + "'s" + condition(xous, page));
                }
            }
        }
        for (ProcessMapping seen : ProcessMapping.in(machine)) {
            lines.add(seen + " " + rights(machine, seen.pid(), seen.vaddr()));
        }
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            if (xous.isRunning(pid)) {
                lines.add(pid + " has " + xous.threads(pid).get() + " threads and a heap of "
                        + xous.heapSize(pid).get());
            }
        }
        return lines;
    }

    /** What one picture has that the other has not; two empty lists if they are alike. */
    static List<List<String>> difference(List<String> one, List<String> other) {
        List<String> missing = new ArrayList<>(one);
        missing.removeAll(other);
        List<String> more = new ArrayList<>(other);
        more.removeAll(one);
        return List.of(missing, more);
    }

    private static String condition(XousSystem xous, long page) {
        if (!xous.frames().isHeld(page)) {
            return "";
        }
        return ", a " + xous.frames().use(page) + " mapped " + xous.frames().mappings(page)
                + (xous.frames().isLent(page) ? " lent" : "");
    }

    /** What an entry of the page tables of 32-bit RISC-V allows. */
    static String rights(XousMachine machine, int pid, long vaddr) {
        PagedMemory memory = machine.managed().machine().memory().words();
        long flags = memory.load32(entryOf(machine, pid, vaddr), 0) & PTE_FLAGS;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PTE_NAMES.length(); i++) {
            text.append((flags >>> i & 1) != 0 ? PTE_NAMES.charAt(i) : '-');
        }
        return text.toString();
    }

    /** The word that maps a page, on 32-bit RISC-V; its table is there. */
    static long entryOf(XousMachine machine, int pid, long vaddr) {
        PagedMemory memory = machine.managed().machine().memory().words();
        long root = machine.system().rootTable(pid).get();
        long table = (Integer.toUnsignedLong(memory.load32(root, (int) (vaddr >>> 22) * 4)) >>> 10) << 12;
        return table + (vaddr >>> 12 & 0x3ff) * 4;
    }

    /** What the manager beneath has when it has let go of all that is kept for speed; the machine is as before afterwards. */
    static Statistics beneath(XousMachine machine) {
        PhysicalMemory memory = machine.managed().machine().memory();
        int start = memory.checkpoint();
        Allocman allocman = machine.managed().allocman();
        allocman.trim();
        Statistics statistics = allocman.statistics();
        memory.rewind(start);
        return statistics;
    }
}
