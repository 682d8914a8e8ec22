package org.allocman.xous;

import static org.allocman.xous.XousModel.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.sim.memory.PagedMemory;

/**
 * Xous whole on a small machine, beside a {@link XousModel}: every call is made on both, and everything that can be seen is
 * compared. The model is written in the machine's memory, so that it goes back with it, and invocations can be refused.
 */
final class XousMachineSubject extends XousComparison {
    private final List<Action> actions = new ArrayList<>();

    /** Two processes on a machine where Xous has so many pages of RAM and two of devices. */
    XousMachineSubject(int ramPages, TableForm form) {
        this(ramPages, form, XousRules.COMMIT_73C0946);
    }

    /** The same, by the rules of one of Xous' kernels. */
    XousMachineSubject(int ramPages, TableForm form, XousRules rules) {
        super(ramPages, form, rules);
        for (int i = 0; i < 2; i++) {
            String wrong = spawn().wrong();
            if (wrong != null) {
                throw new IllegalStateException(wrong);
            }
        }
    }

    private static long answer(Either<XousError, ?> answer) {
        return answer.isLeft() ? answer.getLeft().code() : 0;
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
    public long faultCount() {
        return COUNT;
    }
}
