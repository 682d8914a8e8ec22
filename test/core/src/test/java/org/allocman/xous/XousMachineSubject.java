package org.allocman.xous;

import static org.allocman.xous.XousModel.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.xous.MappedPage;
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
import org.allocman.xous.process.XousSystem;

/**
 * Xous whole on a small machine, beside a {@link XousModel}: every call is made on both, and everything that can be seen is
 * compared. The model is written in the machine's memory, so that it goes back with it, and invocations can be refused.
 */
final class XousMachineSubject implements Subject {
    static final long RAM = 0x4020_0000L;
    static final long DEVICES = 0x1000_0000L;
    static final int DEVICE_PAGES = 2;

    private static final long MIB = 1 << 20;
    private static final long NOTES = 0x2000_0000L;
    private static final long NOTES_BYTES = 64 << 10;
    private static final long COUNT = NOTES + NOTES_BYTES - Long.BYTES;
    private static final int LAST_WORD = (int) PAGE - Long.BYTES;
    private static final int V = 1;
    private static final int R = 2;
    private static final int W = 4;
    private static final int X = 8;
    private static final int U = 16;

    private final XousMachine machine;
    private final XousSystem xous;
    private final PlannedFaults faults;
    private final PhysicalMemory memory;
    private final XousNotes notes;
    private final long ramPages;
    private final Set<Long> ours = new TreeSet<>();
    private final Map<Long, PagedMemory> views = new TreeMap<>();
    private final List<Action> actions = new ArrayList<>();

    /** Two processes on a machine where Xous has so many pages of RAM and two of devices. */
    XousMachineSubject(int ramPages, TableForm form) {
        this.ramPages = ramPages;
        PlannedFaults[] wrapper = new PlannedFaults[1];
        this.machine = start(ramPages, form, wrapper);
        this.faults = wrapper[0];
        this.xous = machine.system();
        this.memory = machine.managed().machine().memory();
        this.notes = new XousNotes(memory.words(), NOTES, NOTES_BYTES);
        memory.startJournal();
        for (long page = 0; page < xous.allocations().whitelist().pages(); page++) {
            if (xous.allocations().owner(page) == Pid.KERNEL && xous.frames().isHeld(page)) {
                ours.add(page);
            }
        }
        notes.write(
                new XousModel(List.of(new long[] {RAM, ramPages * PAGE}, new long[] {DEVICES, DEVICE_PAGES * PAGE})));
        for (int i = 0; i < 2; i++) {
            String wrong = spawn().wrong();
            if (wrong != null) {
                throw new IllegalStateException(wrong);
            }
        }
    }

    private static XousMachine start(int ramPages, TableForm form, PlannedFaults[] wrapper) {
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
            return XousMachine.start(XousMachine.boot(board), whitelist, form, kernel -> {
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
    private PagedMemory view(int pid) {
        return views.computeIfAbsent(xous.rootTable(pid).get(), root -> machine.memoryOf(pid));
    }

    // ---- calls, on both ----

    private static long answer(Either<XousError, ?> answer) {
        return answer.isLeft() ? answer.getLeft().code() : 0;
    }

    private static long answer(Option<XousError> answer) {
        return answer.isEmpty() ? 0 : answer.get().code();
    }

    private static String text(long answer) {
        return answer == 0 ? "done" : XousError.of(answer).text();
    }

    /** What a call on Xous came to: an error or 0, and what else it answered. */
    record Answer(long code, long result) {
        static <T> Answer of(Either<XousError, T> answer, ToLongFunction<T> result) {
            return new Answer(answer(answer), answer.isRight() ? result.applyAsLong(answer.get()) : 0);
        }

        static Answer of(Option<XousError> answer) {
            return new Answer(answer(answer), 0);
        }
    }

    private Outcome both(ToLongFunction<XousModel> model, Supplier<Answer> call, boolean isTwoStep) {
        return both(model, call, isTwoStep, false);
    }

    /**
     * Makes a call on both.
     *
     * @param isTwoStep whether the call does what it can and goes on when it is made again
     * @param isPartial whether an error may come after something was done
     */
    private Outcome both(ToLongFunction<XousModel> model, Supplier<Answer> call, boolean isTwoStep, boolean isPartial) {
        // what is unfinished is finished first, as it would be by the call
        xous.freeInterrupt(Pid.LAST, 0);
        XousModel next = notes.read();
        Set<Long> had = next.frames().keySet();
        for (long page = 0; page < ramPages; page++) {
            if (xous.allocations().owner(page) != Pid.FREE && !had.contains(RAM + page * PAGE)) {
                next.taken.add(RAM + page * PAGE);
            }
        }
        long expected = model.applyAsLong(next);
        long high = memory.fingerprint().high();
        Answer answer = call.get();
        boolean isIll = faults.hasRefused();
        if (isIll && isTwoStep && answer.code() == XousError.INTERNAL_ERROR.code()) {
            faults.plan(0, 0);
            answer = call.get();
        }
        if (isPartial && expected != 0 && answer.code() == expected) {
            notes.write(next);
            return Outcome.refused(text(expected));
        }
        if (answer.code() != expected) {
            String wrong = expected == 0 || isIll ? whyRefused(next, had, answer.code(), isIll) : "";
            return wrong == null
                    ? Outcome.refused(text(answer.code()))
                    : Outcome.wrong(text(answer.code()), "answers: it should be " + text(expected) + ", " + wrong);
        }
        if (expected != 0) {
            return !isIll && !isPartial && memory.fingerprint().high() != high
                    ? Outcome.wrong(text(expected), "all or nothing: it was refused and changed the memory")
                    : Outcome.refused(text(expected));
        }
        if (answer.result() != next.result) {
            return Outcome.wrong(answer, "answers: it should be 0x" + Long.toHexString(next.result));
        }
        String wrong = observe(next, had);
        notes.write(next);
        return wrong == null ? Outcome.DONE : Outcome.wrong("done", wrong);
    }

    /** Null if a call that should be done may have been refused like that. */
    private String whyRefused(XousModel next, Set<Long> had, long code, boolean isIll) {
        if (isIll
                && (code == XousError.INTERNAL_ERROR.code()
                        || code == XousError.OUT_OF_MEMORY.code()
                        || code == XousError.MEMORY_IN_USE.code())) {
            return null;
        }
        if (code == XousError.MEMORY_IN_USE.code()) {
            return next.frames().keySet().stream().anyMatch(address -> !had.contains(address) && isTaken(next, address))
                    ? null
                    : "nobody has the memory";
        }
        if (code != XousError.OUT_OF_MEMORY.code()) {
            return "";
        }
        int now = memory.checkpoint();
        // a process has more than pages: its thread, for which the manager may want pages of its own
        boolean isSpawn = next.processes.keySet().stream().anyMatch(pid -> !xous.isRunning(pid));
        long wanted = next.fresh.size() + next.freshTables + (isSpawn ? 2 : 0);
        boolean isRun = next.fresh.size() > 1;
        long free = 0;
        long run = 0;
        long longest = 0;
        for (long page = 0; page < ramPages; page++) {
            boolean isFree = xous.allocations().owner(page) == Pid.FREE
                    && machine.vka().frameAt(12, RAM + page * PAGE).isRight();
            free += isFree ? 1 : 0;
            run = isFree ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        memory.rewind(now);
        long named = next.frames().keySet().stream()
                .filter(address -> address >= 0 && next.isRam(address))
                .filter(address -> xous.allocations().owner((address - RAM) / PAGE) == Pid.FREE)
                .count();
        boolean isShort = free < wanted + named || isRun && longest < next.fresh.size();
        return isShort ? null : free + " pages are free, a run of " + longest + ", and " + wanted + " are wanted";
    }

    /** Whether the manager has a page, or it is one of somebody's tables, of which the model does not know where they are. */
    private boolean isTaken(XousModel model, long address) {
        if (!model.isRam(address)) {
            return false;
        }
        int now = memory.checkpoint();
        boolean isTaken = xous.allocations().owner((address - RAM) / PAGE) != Pid.FREE
                || machine.vka().frameAt(12, address).isLeft();
        memory.rewind(now);
        return isTaken;
    }

    /** Finds out where the pages are that a call took, and whether they are those that it should take. */
    private String observe(XousModel next, Set<Long> had) {
        for (Map.Entry<Integer, XousModel.Process> process : next.processes.entrySet()) {
            for (Map.Entry<Long, XousModel.Cell> cell : process.getValue().cells.entrySet()) {
                XousModel.Frame frame = cell.getValue().frame;
                if (frame != null
                        && frame.address == XousModel.UNKNOWN
                        && cell.getValue().kind != XousModel.Kind.LENT) {
                    // what may not be accessed at all is not in the page tables
                    long there = expectedEntry(cell.getValue()) == 0
                            ? xous.virtToPhys(process.getKey(), cell.getKey()).getOrElse(-1L)
                            : machine.space(process.getKey()).kernelSees(cell.getKey());
                    if (there < 0 || !next.isRam(there) || had.contains(there)) {
                        return "one owner: process " + process.getKey() + " got 0x" + Long.toHexString(there);
                    }
                    frame.address = there;
                }
            }
        }
        long last = 0;
        for (XousModel.Frame frame : next.fresh) {
            last = Math.max(last, (frame.address - RAM) / PAGE);
        }
        int size = next.fresh.size();
        long run = 0;
        for (long page = 0; page < last && size > 0; page++) {
            run = xous.allocations().owner(page) == Pid.FREE ? run + 1 : 0;
            if (run >= size) {
                return "lowest first: page " + page + " is free, and " + last + " was taken";
            }
        }
        return null;
    }

    // ---- what must hold ----

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

    private static int expectedEntry(XousModel.Cell cell) {
        if ((cell.flags & (Flags.READ | Flags.WRITE | Flags.EXECUTE)) == 0) {
            return 0;
        }
        boolean writes = (cell.flags & Flags.WRITE) != 0;
        boolean executes = (cell.flags & Flags.EXECUTE) != 0;
        return V | R | U | (writes ? W : 0) | (executes ? X : 0);
    }

    private void mappings(List<String> broken, XousModel model) {
        Map<String, Long> seen = new TreeMap<>();
        for (MappedPage one : MappedPage.in(machine)) {
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
        seen.forEach((where, frame) -> broken.add(
                "mappings: process " + where + " has 0x" + Long.toHexString(frame) + " and should have nothing"));
        windows(broken, model);
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

    private static boolean isWindow(long vaddr) {
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

    private static long places(XousModel model, XousModel.Frame frame) {
        return model.processes.values().stream()
                .flatMap(process -> process.cells.values().stream())
                .filter(cell -> cell.frame == frame && cell.kind != XousModel.Kind.LENT)
                .count();
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

    // ---- what can be done ----

    void add(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    boolean isThere(int pid) {
        return xous.isRunning(pid);
    }

    Outcome spawn() {
        return both(XousModel::spawn, () -> Answer.of(xous.spawn(), pid -> pid), false);
    }

    Outcome exit(int pid) {
        return both(model -> model.exit(pid), () -> Answer.of(xous.exit(pid)), true);
    }

    Outcome map(int pid, long physical, long virtual, long size, int flags) {
        return both(
                model -> model.map(pid, physical, virtual, size, flags),
                () -> Answer.of(xous.mapMemory(pid, physical, virtual, size, flags), range -> range.start()),
                false);
    }

    Outcome unmap(int pid, long start, long size) {
        return both(
                model -> model.unmap(pid, start, size),
                () -> Answer.of(xous.unmapMemory(pid, start, size)),
                true,
                size > PAGE);
    }

    Outcome increaseHeap(int pid, long delta, int flags) {
        return both(
                model -> model.increaseHeap(pid, delta, flags),
                () -> Answer.of(xous.increaseHeap(pid, delta, flags), range -> range.start()),
                false);
    }

    Outcome decreaseHeap(int pid, long delta) {
        long before = xous.isRunning(pid) ? xous.heapSize(pid).get() : 0;
        return both(
                model -> model.decreaseHeap(pid, delta),
                // what is gone already is not to go again
                () -> Answer.of(
                        xous.decreaseHeap(
                                pid, delta - before + xous.heapSize(pid).get()),
                        range -> range.start()),
                true);
    }

    Outcome updateFlags(int pid, long start, long size, int flags, int other) {
        return both(
                model -> model.updateFlags(pid, start, size, flags, other),
                () -> Answer.of(xous.updateMemoryFlags(pid, start, size, flags, other)),
                false);
    }

    Outcome touch(int pid, long address) {
        return both(
                model -> model.touch(pid, address),
                () -> Answer.of(xous.touch(pid, address).map(physical -> 0L), is -> is),
                false);
    }

    Outcome lend(int from, long start, long size, int to, boolean mutable) {
        return both(
                model -> model.lend(from, start, size, to, mutable),
                () -> Answer.of(xous.lend(from, start, size, to, mutable), lend -> lend.number()),
                false);
    }

    Outcome giveBack(int pid, int number, long start, long size) {
        return both(
                model -> model.giveBack(pid, number, start, size),
                () -> Answer.of(xous.returnMemory(pid, number, start, size)),
                true);
    }

    Outcome move(int from, long start, long size, int to) {
        return both(
                model -> model.move(from, start, size, to),
                () -> Answer.of(xous.moveMemory(from, start, size, to), range -> range.start()),
                false);
    }

    Outcome thread(int pid, long stack, long size) {
        return both(
                model -> model.createThread(pid, stack, size),
                () -> Answer.of(xous.createThread(pid, stack, size), thread -> thread),
                false);
    }

    Outcome claimInterrupt(int pid, int interrupt) {
        return both(
                model -> model.claimInterrupt(pid, interrupt),
                () -> Answer.of(xous.claimInterrupt(pid, interrupt)),
                false);
    }

    Outcome freeInterrupt(int pid, int interrupt) {
        return both(
                model -> model.freeInterrupt(pid, interrupt),
                () -> Answer.of(xous.freeInterrupt(pid, interrupt)),
                false);
    }

    Outcome limit(int pid, int index, long current, long wanted) {
        return both(
                model -> model.adjustLimit(pid, index, current, wanted),
                () -> Answer.of(xous.adjustProcessLimit(pid, index, current, wanted), is -> is),
                false);
    }

    /** A process stores in a page, if it may write it: the first word and the last. */
    Outcome store(int pid, long at, long word) {
        XousModel model = notes.read();
        XousModel.Cell cell = model.of(pid).cells.get(at);
        boolean may = cell != null
                && (cell.kind == XousModel.Kind.OWN || cell.kind == XousModel.Kind.BORROWED)
                && (expectedEntry(cell) & W) != 0;
        if (!may) {
            return Outcome.refused("it may not");
        }
        PagedMemory view = view(pid);
        view.store64(at, 0, word);
        view.store64(at, LAST_WORD, word);
        cell.frame.word = word;
        notes.write(model);
        return Outcome.DONE;
    }

    // ---- the subject ----

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public List<String> facts() {
        return XousPicture.of(machine);
    }

    @Override
    public boolean isRefusalClean() {
        return false;
    }

    @Override
    public PlannedFaults faults() {
        return faults;
    }

    @Override
    public long faultCount() {
        return COUNT;
    }

    @Override
    public Machine machine() {
        return machine.managed().machine();
    }
}
