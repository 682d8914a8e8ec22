package org.allocman.xous;

import static org.allocman.xous.XousModel.PAGE;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.xous.ProcessMapping;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.KernelMapping;
import org.allocman.xous.process.XousSystem;

/**
 * Xous on a small machine and the {@link XousModel} that is written in its memory, compared: page table entries, accesses, owners,
 * figures.
 */
abstract class XousComparison implements Subject {
    static final long RAM = 0x4020_0000L;
    static final long DEVICES = 0x1000_0000L;
    static final int DEVICE_PAGES = 2;

    private static final long MIB = 1 << 20;
    private static final long NOTES = 0x2000_0000L;
    private static final long NOTES_BYTES = 64 << 10;
    static final long COUNT = NOTES + NOTES_BYTES - Long.BYTES;
    static final int LAST_WORD = (int) PAGE - Long.BYTES;
    private static final int V = 1;
    private static final int R = 2;
    static final int W = 4;
    private static final int X = 8;
    private static final int U = 16;

    final XousMachine machine;
    final XousSystem xous;
    final PlannedFaults faults;
    final PhysicalMemory memory;
    final XousNotes notes;
    final long ramPages;
    final Set<Long> ours = new TreeSet<>();
    private final Map<Long, PagedMemory> views = new TreeMap<>();

    XousComparison(int ramPages, TableForm form, XousRules rules) {
        this.ramPages = ramPages;
        PlannedFaults[] wrapper = new PlannedFaults[1];
        this.machine = start(ramPages, form, rules, wrapper);
        this.faults = wrapper[0];
        this.xous = machine.system();
        this.memory = machine.managed().machine().memory();
        this.notes = new XousNotes(memory.words(), NOTES, NOTES_BYTES, rules);
        memory.startJournal();
        for (long page = 0; page < xous.allocations().whitelist().pages(); page++) {
            if (xous.allocations().owner(page) == Pid.KERNEL && xous.frames().isHeld(page)) {
                ours.add(page);
            }
        }
        XousModel model = new XousModel(
                List.of(new long[] {RAM, ramPages * PAGE}, new long[] {DEVICES, DEVICE_PAGES * PAGE}), rules);
        for (long window : AddressLayout.kernelWindows()) {
            long address = xous.virtToPhys(Pid.KERNEL, window).get();
            model.kernel.put(
                    window, new XousModel.Cell(XousModel.Kind.OWN, 0, new XousModel.Frame(address, Pid.KERNEL, 0)));
        }
        notes.write(model);
    }

    private static XousMachine start(int ramPages, TableForm form, XousRules rules, PlannedFaults[] wrapper) {
        Board board = new Board(
                "small",
                Architecture.RISCV32,
                List.of(
                        new Region("devices", Region.Kind.DEVICE, DEVICES, DEVICE_PAGES * PAGE),
                        new Region("notes", Region.Kind.KERNEL_DEVICE, NOTES, NOTES_BYTES),
                        new Region("sram", Region.Kind.RAM, 0x4000_0000L, 4 * MIB)),
                List.of());
        List<NamedRange> ranges = List.of(
                new NamedRange("RAM ", RAM, ramPages * PAGE), new NamedRange("Dev ", DEVICES, DEVICE_PAGES * PAGE));
        try {
            Whitelist whitelist = XousMachine.whitelist(board, ranges);
            return XousMachine.start(XousMachine.boot(board), whitelist, form, rules, kernel -> {
                        wrapper[0] = new PlannedFaults(kernel);
                        return wrapper[0];
                    })
                    .getOrElseThrow(error -> new IllegalStateException(error.message()));
        } catch (BootFailure | ArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    XousMachine machineOfXous() {
        return machine;
    }

    XousModel model() {
        return notes.read();
    }

    /** A process' memory; the machine remembers every window that was ever made, so there is one for each root. */
    PagedMemory view(int pid) {
        return views.computeIfAbsent(xous.rootTable(pid).get(), root -> machine.memoryOf(pid));
    }

    @Override
    public List<String> broken() {
        faults.plan(0, 0);
        int start = memory.checkpoint();
        List<String> broken = new ArrayList<>();
        XousModel model = notes.read();
        if (answer(xous.freeInterrupt(Pid.LAST, 0)) == XousError.INTERNAL_ERROR.code()) {
            broken.add("undo: what was refused is not finished though nothing is refused");
        }
        mappings(broken, model);
        owners(broken, model);
        figures(broken, model);
        memory.rewind(start);
        return broken;
    }

    static int expectedEntry(XousModel.Cell cell) {
        if ((cell.flags & (Flags.READ | Flags.WRITE | Flags.EXECUTE)) == 0) {
            return 0;
        }
        boolean writes = (cell.flags & Flags.WRITE) != 0;
        boolean executes = (cell.flags & Flags.EXECUTE) != 0;
        return V | R | U | (writes ? W : 0) | (executes ? X : 0);
    }

    private void mappings(List<String> broken, XousModel model) {
        Map<String, Long> seen = new TreeMap<>();
        for (ProcessMapping one : ProcessMapping.in(machine)) {
            if (!isWindow(one.vaddr())) {
                seen.put(one.pid() + " at " + Long.toHexString(one.vaddr()), one.frame());
            }
        }
        model.processes.forEach((pid, process) -> {
            PagedMemory view = view(pid);
            process.cells.forEach((at, cell) -> {
                boolean isSeen = cell.kind == XousModel.Kind.OWN || cell.kind == XousModel.Kind.BORROWED;
                int expected = isSeen ? expectedEntry(cell) : 0;
                String where = pid + " at " + Long.toHexString(at);
                Long frame = seen.remove(where);
                if (expected == 0 ? frame != null : frame == null || frame != cell.frame.address) {
                    broken.add("mappings: process " + where + " has " + frame + ", " + cell.kind + " of "
                            + (cell.frame == null ? "nothing" : Long.toHexString(cell.frame.address)));
                    return;
                }
                long physical = xous.virtToPhys(pid, at + 12).getOrElse(-1L);
                if (physical != (isSeen ? cell.frame.address + 12 : -1)) {
                    broken.add("mappings: process " + where + " is told 0x" + Long.toHexString(physical));
                }
                if (expected != 0) {
                    int entry = memory.words().load32(XousPicture.entryOf(machine, pid, at), 0) & 0x1f;
                    if (entry != expected) {
                        broken.add("rights: process " + where + " has " + entry + " instead of " + expected);
                    }
                }
                if (expected != 0) {
                    access(broken, view, where, at, cell, expected);
                } else if (machine.space(pid).translate(at) != 0) {
                    broken.add("rights: process " + where + " sees something");
                }
            });
        });
        kernelMappings(broken, model, seen);
        seen.forEach((where, frame) -> broken.add(
                "mappings: process " + where + " has 0x" + Long.toHexString(frame) + " and should have nothing"));
        windows(broken, model);
    }

    /** What PID 1 has mapped is in every process, which does not see it, and in its own list. */
    private void kernelMappings(List<String> broken, XousModel model, Map<String, Long> seen) {
        List<KernelMapping> expected = new ArrayList<>();
        model.kernel.forEach((at, cell) -> {
            if (xous.virtToPhys(Pid.KERNEL, at + 12).getOrElse(-1L) != cell.frame.address + 12) {
                broken.add("mappings: PID 1 at " + Long.toHexString(at) + " is told something else");
            }
            if (isWindow(at)) {
                return;
            }
            expected.add(new KernelMapping(at, cell.frame.address, cell.flags));
            for (int pid : model.processes.keySet()) {
                Long frame = seen.remove(pid + " at " + Long.toHexString(at));
                if (frame == null
                        || frame != cell.frame.address
                        || machine.space(pid).translate(at) != 0) {
                    broken.add("mappings: process " + pid + " at " + Long.toHexString(at) + " has " + frame
                            + " of PID 1's");
                }
                if (xous.virtToPhys(pid, at).isRight()) {
                    broken.add("mappings: process " + pid + " is told what PID 1 has");
                }
            }
        });
        if (!xous.kernelMappings().equals(expected)) {
            broken.add("mappings: PID 1 has " + xous.kernelMappings() + ", not " + expected);
        }
    }

    /** Loads and stores as the process makes them: what it may not must fault, what it may finds what was stored. */
    private void access(
            List<String> broken, PagedMemory view, String where, long at, XousModel.Cell cell, int expected) {
        boolean reads = (expected & R) != 0;
        boolean writes = (expected & W) != 0;
        try {
            long word = view.load64(at, 0);
            long last = view.load64(at, LAST_WORD);
            if (!reads) {
                broken.add("rights: process " + where + " reads");
            } else if (word != cell.frame.word || last != cell.frame.word) {
                broken.add(
                        "contents: process " + where + " finds " + word + " and " + last + ", not " + cell.frame.word);
            }
        } catch (MemoryFault fault) {
            if (reads) {
                broken.add("rights: process " + where + " cannot read");
            }
        }
        try {
            view.store64(at, Long.BYTES, view.load64(at, Long.BYTES));
            if (!writes) {
                broken.add("rights: process " + where + " writes");
            }
        } catch (MemoryFault fault) {
            if (writes) {
                broken.add("rights: process " + where + " cannot write");
            }
        }
    }

    static boolean isWindow(long vaddr) {
        for (long window : AddressLayout.kernelWindows()) {
            if (window == vaddr) {
                return true;
            }
        }
        return false;
    }

    private void windows(List<String> broken, XousModel model) {
        long[] windows = AddressLayout.kernelWindows();
        for (int pid : model.processes.keySet()) {
            Set<Long> behind = new HashSet<>();
            for (long window : windows) {
                long page =
                        xous.allocations().whitelist().pageAt(machine.space(pid).kernelSees(window));
                if (!ours.contains(page) || machine.space(pid).translate(window) != 0 || !behind.add(page)) {
                    broken.add("kernel windows: process " + pid + " has page " + page + " at 0x"
                            + Long.toHexString(window));
                }
            }
        }
    }

    static long places(XousModel model, XousModel.Frame frame) {
        return model.processes.values().stream()
                        .flatMap(process -> process.cells.values().stream())
                        .filter(cell -> cell.frame == frame && cell.kind != XousModel.Kind.LENT)
                        .count()
                + model.placesOfKernel(frame);
    }

    private void owners(List<String> broken, XousModel model) {
        PageAllocations allocations = xous.allocations();
        Map<Long, XousModel.Frame> frames = model.frames();
        long free = 0;
        Map<Integer, Integer> tables = new TreeMap<>();
        for (long page = 0; page < allocations.whitelist().pages(); page++) {
            int owner = allocations.owner(page);
            XousModel.Frame frame = frames.get(allocations.whitelist().address(page));
            boolean isHeld = xous.frames().isHeld(page);
            free += owner == Pid.FREE && page < ramPages ? 1 : 0;
            if (frame != null) {
                if (owner != frame.owner || !isHeld || xous.frames().use(page) != PageUse.FRAME) {
                    broken.add("owners: page " + page + " is " + owner + "'s, not " + frame.owner + "'s");
                } else if (xous.frames().mappings(page) != places(model, frame)) {
                    broken.add("owners: page " + page + " is mapped "
                            + xous.frames().mappings(page) + " times, not " + places(model, frame));
                } else if (xous.frames().isLent(page) != frame.lent) {
                    broken.add("owners: page " + page + " is lent: "
                            + xous.frames().isLent(page));
                }
            } else if (owner >= Pid.FIRST) {
                boolean isTable = isHeld && xous.frames().use(page) != PageUse.FRAME;
                if (isTable) {
                    tables.merge(owner, 1, Integer::sum);
                } else {
                    broken.add("owners: page " + page + " is " + owner + "'s, and should be nobody's");
                }
            } else if (isHeld != (owner == Pid.KERNEL && ours.contains(page))) {
                broken.add("owners: page " + page + " of " + owner + " holds an object: " + isHeld);
            }
        }
        model.processes.forEach((pid, process) -> {
            int charged = tables.getOrDefault(pid, 0);
            tables.remove(pid);
            if (charged != 1 + process.tables.size()) {
                broken.add("owners: process " + pid + " is charged " + charged + " pages for tables, not "
                        + (1 + process.tables.size()));
            }
        });
        tables.forEach((pid, count) -> broken.add("owners: process " + pid + ", which is gone, has tables"));
        if (free != allocations.freeRamPages()) {
            broken.add("owners: " + free + " pages are nobody's, and " + allocations.freeRamPages() + " are counted");
        }
    }

    private void figures(List<String> broken, XousModel model) {
        for (int pid = Pid.FIRST; pid < Pid.FIRST + 6; pid++) {
            XousModel.Process process = model.of(pid);
            if (xous.isRunning(pid) != (process != null)) {
                broken.add("processes: " + pid + " runs: " + xous.isRunning(pid));
            } else if (process != null
                    && (xous.threads(pid).get() != process.threads.size()
                            || xous.heapSize(pid).get() != process.heapSize)) {
                broken.add("processes: " + pid + " has " + xous.threads(pid).get() + " threads and a heap of "
                        + xous.heapSize(pid).get());
            }
        }
        if (model.processes.isEmpty()) {
            return;
        }
        int any = model.processes.firstKey();
        for (int i = 0; i < XousModel.INTERRUPTS; i++) {
            int owner = model.interrupts[i];
            long claimed = answer(xous.claimInterrupt(owner == 0 ? any : owner, i));
            if (claimed != (owner == 0 ? 0 : XousError.INTERRUPT_IN_USE.code())) {
                broken.add("interrupts: " + i + " of " + owner + " is answered " + text(claimed));
            }
            if (owner == 0) {
                xous.freeInterrupt(any, i);
            }
        }
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public PlannedFaults faults() {
        return faults;
    }

    @Override
    public Machine machine() {
        return machine.managed().machine();
    }

    static long answer(Option<XousError> answer) {
        return answer.isEmpty() ? 0 : answer.get().code();
    }

    static String text(long answer) {
        return answer == 0 ? "done" : XousError.of(answer).text();
    }
}
