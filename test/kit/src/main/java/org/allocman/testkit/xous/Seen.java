package org.allocman.testkit.xous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.testkit.machine.XousMachine;
import org.allocman.xous.Pid;

/** A page that a process has mapped, as its page tables say. */
record Seen(int pid, @VirtAddr long vaddr, @PhysAddr long frame) {
    /** Everything that processes of Xous have mapped. */
    static List<Seen> in(XousMachine xous) {
        Map<Long, Integer> roots = new HashMap<>();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            if (xous.system().isRunning(pid)) {
                roots.put(xous.system().rootTable(pid), pid);
            }
        }
        Machine machine = xous.managed().machine();
        List<Seen> mapped = new ArrayList<>();
        new Mappings(machine.memory().words(), machine.board().architecture(), machine.kernelState())
                .visit(new OfProcesses(roots, mapped));
        return mapped;
    }

    /** Gathers the frames of address spaces whose roots are known. */
    private static final class OfProcesses implements Mappings.Visitor {
        private final Map<Long, Integer> roots;
        private final List<Seen> mapped;
        private int pid;

        OfProcesses(Map<Long, Integer> roots, List<Seen> mapped) {
            this.roots = roots;
            this.mapped = mapped;
        }

        @Override
        public void pool(int base, @PhysAddr long pool) {}

        @Override
        public void root(int asid, @PhysAddr long root) {
            pid = roots.getOrDefault(root, Pid.FREE);
        }

        @Override
        public void table(int asid, @VirtAddr long vaddr, @PhysAddr long table) {}

        @Override
        public void frame(int asid, @VirtAddr long vaddr, @PhysAddr long frame, @SizeBits int sizeBits) {
            if (pid != Pid.FREE) {
                mapped.add(new Seen(pid, vaddr, frame));
            }
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " has 0x" + Long.toHexString(frame) + " at 0x" + Long.toHexString(vaddr);
    }
}
