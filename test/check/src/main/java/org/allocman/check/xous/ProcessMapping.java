package org.allocman.check.xous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.machine.XousMachine;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.xous.Pid;

/**
 * A page that a process has mapped, as its page tables say.
 *
 * @param pid the process
 * @param vaddr where it is mapped
 * @param frame the physical address of the page
 */
public record ProcessMapping(
        int pid, @VirtAddr long vaddr, @PhysAddr long frame) {
    /**
     * Everything that processes of Xous have mapped.
     *
     * @param xous the machine
     * @return their pages, by the order of the page tables
     */
    public static List<ProcessMapping> in(XousMachine xous) {
        Map<Long, Integer> roots = new HashMap<>();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            if (xous.system().isRunning(pid)) {
                roots.put(xous.system().rootTable(pid).get(), pid);
            }
        }
        Machine machine = xous.managed().machine();
        List<ProcessMapping> mapped = new ArrayList<>();
        new Mappings(machine.memory().words(), machine.board().architecture(), machine.kernelState())
                .visit(new OfProcesses(roots, mapped));
        return mapped;
    }

    /** Gathers the frames of address spaces whose roots are known. */
    private static final class OfProcesses implements Mappings.Visitor {
        private final Map<Long, Integer> roots;
        private final List<ProcessMapping> mapped;
        private int pid;

        OfProcesses(Map<Long, Integer> roots, List<ProcessMapping> mapped) {
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
                mapped.add(new ProcessMapping(pid, vaddr, frame));
            }
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " has 0x" + Long.toHexString(frame) + " at 0x" + Long.toHexString(vaddr);
    }
}
