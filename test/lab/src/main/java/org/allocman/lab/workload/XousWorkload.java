package org.allocman.lab.workload;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousError;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What processes of Xous do all day: map memory and touch it, grow and shrink heaps, claim device pages, lend, return and
 * move memory, make threads, end and start again. Seeded, so that it can be repeated; some calls are meant to be refused.
 */
public final class XousWorkload {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;
    private static final int MOST_PAGES = 6;
    private static final int MOST_RANGES = 12;

    private final XousSystem xous;
    private final XorShift random;
    private final Map<Integer, List<MemoryRange>> ranges = new TreeMap<>();
    private final List<Outstanding> lends = new ArrayList<>();
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();

    private String last = "";
    private int caller;

    private record Outstanding(Lend lend, int from, MemoryRange own, int to) {}

    /** What can be done in a step. */
    private enum Work {
        MAP,
        TOUCH,
        UNMAP,
        GROW,
        SHRINK,
        DEVICE,
        LEND,
        RETURN,
        MOVE,
        THREAD,
        INTERRUPT,
        RESTART
    }

    private static final int[] WEIGHTS = {14, 22, 8, 8, 4, 6, 10, 10, 4, 2, 2, 1};
    private static final Work[] WORKS = Work.values();

    /**
     * Work for a system.
     *
     * @param xous the system; it has no processes
     * @param seed which sequence
     */
    public XousWorkload(XousSystem xous, long seed) {
        this.xous = xous;
        this.random = new XorShift(seed);
    }

    /**
     * Starts processes.
     *
     * @param count how many
     * @return how many there are now; fewer if memory is short
     */
    public int start(int count) {
        last = "";
        for (int i = 0; i < count; i++) {
            spawn();
        }
        return ranges.size();
    }

    /** Does one step, if there is a process. */
    public void step() {
        last = "";
        if (ranges.isEmpty()) {
            return;
        }
        List<Integer> pids = List.copyOf(ranges.keySet());
        int pid = pids.get(random.below(pids.size()));
        int other = pids.get(random.below(pids.size()));
        caller = pid;
        perform(pid, other);
        last = last.isEmpty() ? "nothing to do" : "PID " + caller + " calls " + last;
    }

    private void perform(int pid, int other) {
        switch (draw()) {
            case MAP -> map(pid);
            case TOUCH -> touch(pid);
            case UNMAP -> unmap(pid);
            case GROW -> grow(pid);
            case SHRINK -> count("DecreaseHeap", xous.decreaseHeap(pid, PAGE));
            case DEVICE -> device(pid);
            case LEND -> lend(pid, other);
            case RETURN -> giveBack();
            case MOVE -> move(pid, other);
            case THREAD -> thread(pid);
            case INTERRUPT -> count("ClaimInterrupt", xous.claimInterrupt(pid, random.below(34)));
            case RESTART -> restart(pid);
        }
    }

    private Work draw() {
        int sum = 0;
        for (int weight : WEIGHTS) {
            sum += weight;
        }
        int at = random.below(sum);
        int work = 0;
        while (at >= WEIGHTS[work]) {
            at -= WEIGHTS[work];
            work++;
        }
        return WORKS[work];
    }

    private void spawn() {
        Either<XousError, Integer> pid = xous.spawn();
        count("CreateProcess", pid);
        pid.forEach(number -> ranges.put(number, new ArrayList<>()));
    }

    private List<MemoryRange> of(int pid) {
        return ranges.getOrDefault(pid, List.of());
    }

    private void map(int pid) {
        if (of(pid).size() < MOST_RANGES) {
            int flags = random.below(8) == 0 ? READ_WRITE | Flags.DEVICE : READ_WRITE;
            Either<XousError, MemoryRange> range =
                    xous.mapMemory(pid, 0, 0, (1 + (long) random.below(MOST_PAGES)) * PAGE, flags);
            count("MapMemory", range);
            range.forEach(of(pid)::add);
        } else {
            unmap(pid);
        }
    }

    private void touch(int pid) {
        MemoryRange range = any(pid);
        if (range == null) {
            count(
                    "first touch",
                    xous.touch(pid, AddressLayout.STACK_TOP - 1 - random.below((int) AddressLayout.STACK_BYTES)));
        } else {
            count("first touch", xous.touch(pid, range.start() + random.below((int) range.bytes())));
        }
    }

    private void unmap(int pid) {
        MemoryRange range = any(pid);
        if (range != null && lends.stream().noneMatch(lend -> lend.own.equals(range) && lend.from == pid)) {
            count("UnmapMemory", xous.unmapMemory(pid, range.start(), range.bytes()));
            of(pid).remove(range);
        }
    }

    private void grow(int pid) {
        Either<XousError, MemoryRange> part = xous.increaseHeap(pid, 2 * PAGE, READ_WRITE);
        count("IncreaseHeap", part);
        part.forEach(range -> count("first touch", xous.touch(pid, range.start())));
    }

    private void device(int pid) {
        Whitelist whitelist = xous.allocations().whitelist();
        if (whitelist.rangeCount() == 1) {
            return;
        }
        int index = 1 + random.below(whitelist.rangeCount() - 1);
        long page = whitelist.firstPage(index)
                + random.below((int) Math.min(whitelist.range(index).pages(), 1 << 10));
        Either<XousError, MemoryRange> range = xous.mapMemory(pid, whitelist.address(page), 0, PAGE, READ_WRITE);
        count("MapMemory of a device", range);
        range.forEach(of(pid)::add);
    }

    private void lend(int pid, int other) {
        MemoryRange range = any(pid);
        if (range != null && pid != other) {
            Either<XousError, Lend> lend = xous.lend(pid, range.start(), range.bytes(), other, random.below(2) == 0);
            count("SendMessage (borrow)", lend);
            lend.forEach(is -> lends.add(new Outstanding(is, pid, range, other)));
        }
    }

    private void giveBack() {
        if (!lends.isEmpty()) {
            Outstanding lend = lends.remove(random.below(lends.size()));
            MemoryRange there = lend.lend.range();
            caller = lend.to;
            count("ReturnMemory", xous.returnMemory(lend.to, lend.lend.number(), there.start(), there.bytes()));
        }
    }

    private void move(int pid, int other) {
        MemoryRange range = any(pid);
        if (range != null && pid != other && of(other).size() < MOST_RANGES) {
            Either<XousError, MemoryRange> there = xous.moveMemory(pid, range.start(), range.bytes(), other);
            count("SendMessage (move)", there);
            there.forEach(arrived -> {
                of(pid).remove(range);
                of(other).add(arrived);
            });
        }
    }

    private void thread(int pid) {
        MemoryRange range = any(pid);
        if (range != null) {
            count("CreateThread", xous.createThread(pid, range.start(), range.bytes()));
        }
    }

    private void restart(int pid) {
        end(pid);
        spawn();
    }

    private void end(int pid) {
        count("TerminateProcess", xous.exit(pid));
        ranges.remove(pid);
        lends.removeIf(lend -> lend.to == pid);
    }

    /** Ends all processes. */
    public void end() {
        last = "";
        List.copyOf(ranges.keySet()).forEach(this::end);
    }

    private @Nullable MemoryRange any(int pid) {
        List<MemoryRange> all = of(pid);
        return all.isEmpty() ? null : all.get(random.below(all.size()));
    }

    private void count(String call, Either<XousError, ?> answer) {
        count(call, answer.isLeft() ? Option.some(answer.getLeft()) : Option.none());
    }

    private void count(String call, Option<XousError> error) {
        last += (last.isEmpty() ? "" : "; ")
                + call
                + (error.isEmpty() ? ": done" : ": refused, " + error.get().text());
        calls.merge(call, 1L, Long::sum);
        error.forEach(is -> refusals.merge(is.text(), 1L, Long::sum));
    }

    /**
     * What was called last.
     *
     * @return the calls of the last step and what came of each, in words; empty if there was none
     */
    public String last() {
        return last;
    }

    /**
     * The processes there are.
     *
     * @return their numbers, ascending
     */
    public List<Integer> processes() {
        return List.copyOf(ranges.keySet());
    }

    /**
     * What was called.
     *
     * @return how often, by name
     */
    public Map<String, Long> calls() {
        return new TreeMap<>(calls);
    }

    /**
     * What was refused.
     *
     * @return how often, by the error's name
     */
    public Map<String, Long> refusals() {
        return new TreeMap<>(refusals);
    }
}
