package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.PageFrames;
import org.allocman.xous.PageUse;
import org.allocman.xous.Pid;
import org.allocman.xous.TableForm;
import org.allocman.xous.TablesLayout;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousError;

/**
 * The pages of Xous, of which one is a device's, and three processes: pages are claimed, taken, mapped, lent, moved, released,
 * and given up by a process that ends; the resource manager beneath may have taken a page before. Both forms of the owners'
 * table are asked the same, and have to answer the same.
 */
public final class XousSubject implements Subject {
    /** A few pages. */
    static final int MOST_PAGES = 8;

    private static final int PROCESSES = 3;
    private static final long RAM = 0x4000_0000L;
    private static final long DEVICE = 0x1000_0000L;
    private static final long ARRAY = 0;
    private static final long SPARSE = 0x1000;
    private static final long NOTES = 0x2000;
    private static final long NODES = 0x3000;
    private static final int NODE_PAGES = 4;
    private static final int MAPPED = 0;
    private static final int LENT = 8;
    private static final int BLOCKED = 16;
    private static final int NODES_IN_USE = 24;

    private final PhysicalMemory physical;
    private final Memory memory;
    private final Whitelist whitelist;
    private final PageAllocations array;
    private final PageAllocations sparse;
    private final long arrayBytes;
    private final List<Action> actions = new ArrayList<>();

    /**
     * Pages that nobody owns.
     *
     * @param pages how many there are, 2 to 8, the last one a device's
     */
    public XousSubject(int pages) {
        if (pages < 2 || pages > MOST_PAGES) {
            throw new IllegalArgumentException("2 to " + MOST_PAGES + " pages, not " + pages);
        }
        this.physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, NODES + NODE_PAGES * PAGE - 1)));
        this.memory = physical.words();
        this.whitelist = whitelist(pages);
        this.array = new TablesLayout(ARRAY, whitelist, TableForm.ARRAY).allocations(memory, new Nodes(), new Frames());
        this.sparse = new TablesLayout(SPARSE, whitelist, TableForm.PROGRAMMATIC)
                .allocations(memory, new Nodes(), new Frames());
        array.initialise();
        sparse.initialise();
        this.arrayBytes = array.tableBytes();
        for (int pid = Pid.FIRST; pid < Pid.FIRST + PROCESSES; pid++) {
            addProcess(pid);
        }
        for (long page = 0; page < pages; page++) {
            addPage(page);
        }
    }

    private static Whitelist whitelist(int pages) {
        List<NamedRange> ranges =
                List.of(new NamedRange("RAM ", RAM, (pages - 1) * PAGE), new NamedRange("Dev ", DEVICE, PAGE));
        try {
            return Whitelist.of(ranges, List.of(), KernelArguments.END);
        } catch (ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whose each page is.
     *
     * @return the book whose table is an array
     */
    public PageAllocations allocations() {
        return array;
    }

    /** The frames of the pages, which are there unless a note says that the manager has one. */
    private final class Frames implements PageFrames {
        @Override
        public long obtain(long page, long address, PageUse use) {
            return isNoted(BLOCKED, page) ? XousError.MEMORY_IN_USE.code() : 0;
        }

        @Override
        public boolean giveBack(long page) {
            return true;
        }

        @Override
        public boolean isMapped(long page) {
            return isNoted(MAPPED, page);
        }
    }

    /** Nodes of the sparse table, with a bit for each that is in use. */
    private final class Nodes implements NodeStore {
        private static final int NODE = 1024;

        @Override
        public long take() {
            long used = memory.load64(NOTES, NODES_IN_USE);
            int node = Long.numberOfTrailingZeros(~used);
            if (node >= NODE_PAGES * PAGE / NODE) {
                return 0;
            }
            memory.store64(NOTES, NODES_IN_USE, used | 1L << node);
            return NODES + (long) node * NODE;
        }

        @Override
        public void giveBack(long node) {
            long bit = 1L << (node - NODES) / NODE;
            memory.store64(NOTES, NODES_IN_USE, memory.load64(NOTES, NODES_IN_USE) & ~bit);
        }
    }

    private boolean isNoted(int what, long page) {
        return (memory.load64(NOTES, what) >>> page & 1) != 0;
    }

    private Outcome note(int what, long page, boolean set) {
        long bit = 1L << page;
        long word = memory.load64(NOTES, what);
        memory.store64(NOTES, what, set ? word | bit : word & ~bit);
        return Outcome.DONE;
    }

    private void add(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    private void give(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.givingBack(name, enabled, work));
    }

    private void addProcess(int pid) {
        String who = "process " + pid + " ";
        add(who + "takes a page", () -> true, () -> take(pid));
        give(who + "ends", () -> true, () -> end(pid));
        add(
                who + "claims what is no page",
                () -> true,
                () -> refused(
                        XousError.BAD_ADDRESS, allocations -> allocations.claim(RAM + whitelist.pages() * PAGE, pid)));
        add(
                who + "claims between two pages",
                () -> true,
                () -> refused(XousError.BAD_ALIGNMENT, allocations -> allocations.claim(RAM + PAGE / 2, pid)));
        for (long page = 0; page < whitelist.pages(); page++) {
            long number = page;
            long address = whitelist.address(page);
            add(who + "claims page " + page, () -> true, () -> claim(number, pid));
            give(who + "releases page " + page, () -> true, () -> release(number, pid));
            for (int other = Pid.FIRST; other < Pid.FIRST + PROCESSES; other++) {
                int to = other;
                add(
                        who + "moves page " + page + " to process " + to,
                        () -> array.owner(number) == pid,
                        () -> both(allocations -> allocations.move(address, pid, to), number, number, to));
            }
        }
    }

    private void addPage(long page) {
        BooleanSupplier isOwned = () -> array.owner(page) >= Pid.FIRST;
        add(
                "page " + page + " is mapped",
                () -> isOwned.getAsBoolean() && !isNoted(MAPPED, page),
                () -> note(MAPPED, page, true));
        give("page " + page + " is unmapped", () -> isNoted(MAPPED, page), () -> {
            note(LENT, page, false);
            note(MAPPED, page, false);
            // of a lender that has ended the kernel has the page until the borrower returns it
            return array.owner(page) != Pid.KERNEL || array.giveBack(page) & sparse.giveBack(page)
                    ? Outcome.DONE
                    : Outcome.wrong("refused", "free never fails: nobody sees page " + page);
        });
        add(
                "page " + page + " is lent",
                () -> isNoted(MAPPED, page) && !isNoted(LENT, page),
                () -> note(LENT, page, true));
        add(
                "the manager takes page " + page,
                () -> array.owner(page) == Pid.FREE && !isNoted(BLOCKED, page),
                () -> note(BLOCKED, page, true));
        add("the manager gives page " + page + " back", () -> isNoted(BLOCKED, page), () -> note(BLOCKED, page, false));
    }

    /** Asks both tables, which have to answer what is expected and then give a page to who is expected. */
    private Outcome both(ToLongFunction<PageAllocations> call, long expected, long page, int owner) {
        long one = call.applyAsLong(array);
        long other = call.applyAsLong(sparse);
        if (one != other) {
            return Outcome.wrong(
                    text(one), "both forms agree: the array answered " + text(one) + ", the other " + text(other));
        }
        if (one != expected) {
            return Outcome.wrong(text(one), "one owner: the answer should be " + text(expected));
        }
        if (page >= 0 && array.owner(page) != owner) {
            return Outcome.wrong(text(one), "one owner: page " + page + " should be " + owner + "'s");
        }
        return one < 0 ? Outcome.refused(text(one)) : Outcome.DONE;
    }

    private static String text(long answer) {
        return answer < 0 ? XousError.of(answer).text() : "page " + answer;
    }

    private Outcome refused(XousError error, ToLongFunction<PageAllocations> call) {
        return both(call, error.code(), -1, 0);
    }

    private Outcome claim(long page, int pid) {
        int owner = array.owner(page);
        boolean mayHave = owner == pid || owner == Pid.FREE && !isNoted(BLOCKED, page);
        long expected = mayHave ? page : XousError.MEMORY_IN_USE.code();
        return both(
                allocations -> allocations.claim(whitelist.address(page), pid), expected, page, mayHave ? pid : owner);
    }

    private Outcome release(long page, int pid) {
        int owner = array.owner(page);
        boolean isOthers = owner != Pid.FREE && owner != pid || isNoted(MAPPED, page);
        long expected = isOthers ? XousError.MEMORY_IN_USE.code() : page;
        return both(
                allocations -> allocations.release(whitelist.address(page), pid),
                expected,
                page,
                isOthers ? owner : Pid.FREE);
    }

    /** The lowest free page of RAM, and if there is none the lowest of the kernel's that can be had. */
    private Outcome take(int pid) {
        for (int from = Pid.FREE; from <= Pid.KERNEL; from++) {
            for (long page = 0; page < whitelist.ramPages(); page++) {
                if (array.owner(page) == from && !isNoted(BLOCKED, page) && !isNoted(LENT, page)) {
                    return both(allocations -> allocations.allocate(pid), page, page, pid);
                }
            }
        }
        return refused(XousError.OUT_OF_MEMORY, allocations -> allocations.allocate(pid));
    }

    private Outcome end(int pid) {
        long before = 0;
        for (long page = 0; page < whitelist.pages(); page++) {
            before += array.owner(page) == pid ? 1 : 0;
            if (array.owner(page) == pid && !isNoted(LENT, page)) {
                note(MAPPED, page, false);
            }
        }
        Outcome outcome = both(allocations -> allocations.end(pid, page -> isNoted(LENT, page)), before, -1, 0);
        return outcome.wrong() == null && array.next(0, pid) >= 0
                ? Outcome.wrong("done", "exit frees all: page " + array.next(0, pid) + " is still the process's")
                : outcome;
    }

    @Override
    public PhysicalMemory memory() {
        return physical;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public List<SubjectRule> rules() {
        return List.of(
                SubjectRule.ofDone("one owner", "takes", "claims"),
                SubjectRule.always("both forms agree"),
                SubjectRule.always("table size is fixed"),
                SubjectRule.ofDone("free never fails", "releases"),
                SubjectRule.ofDone("exit frees all", "ends"));
    }

    /** No page is anybody's, and nothing is mapped or lent. */
    @Override
    public BooleanSupplier reset() {
        return () -> {
            for (long page = 0; page < whitelist.pages(); page++) {
                if (array.owner(page) != Pid.FREE || isNoted(MAPPED, page) || isNoted(LENT, page)) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        long free = 0;
        for (long page = 0; page < whitelist.pages(); page++) {
            int owner = array.owner(page);
            if (owner != sparse.owner(page)) {
                broken.add("both forms agree: page " + page + " is " + owner + "'s and " + sparse.owner(page) + "'s");
            }
            if (owner > Pid.FIRST + PROCESSES) {
                broken.add("one owner: page " + page + " is " + owner + "'s, who is not there");
            }
            free += owner == Pid.FREE && page < whitelist.ramPages() ? 1 : 0;
        }
        if (free != array.freeRamPages() || free != sparse.freeRamPages()) {
            broken.add(
                    "one owner: " + free + " pages of RAM are nobody's, " + array.freeRamPages() + " are called free");
        }
        if (array.tableBytes() != arrayBytes) {
            broken.add("table size is fixed: it has " + array.tableBytes() + " bytes, and had " + arrayBytes);
        }
        return broken;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (long page = 0; page < whitelist.pages(); page++) {
            int owner = array.owner(page);
            facts.add("page " + page + ": "
                    + (owner == Pid.FREE ? "free" : owner == Pid.KERNEL ? "the kernel's" : "process " + owner + "'s")
                    + (isNoted(MAPPED, page) ? ", mapped" : "")
                    + (isNoted(LENT, page) ? ", lent" : "")
                    + (isNoted(BLOCKED, page) ? ", the manager's" : ""));
        }
        return facts;
    }
}
