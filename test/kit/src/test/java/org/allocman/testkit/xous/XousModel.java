package org.allocman.testkit.xous;

import static org.allocman.testkit.xous.Precursor.PAGE;
import static org.allocman.testkit.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.testkit.machine.XousMachine;
import org.allocman.vka.MemoryFault;
import org.allocman.xous.PageBook;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.Places;
import org.allocman.xous.process.XousSystem;

/**
 * Xous beside a model of it that knows nothing of frames and tables: what each process has at each page, and the word in it.
 * Every call is made on both.
 */
final class XousModel {
    static final int DEVICES = 4;

    private static final int MOST_PROCESSES = 4;
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;

    private final XousMachine machine;
    private final XousSystem xous;
    private final TreeMap<Integer, TreeMap<Long, Cell>> processes = new TreeMap<>();
    private final Map<Integer, PagedMemory> views = new HashMap<>();
    private final List<Loan> loans = new ArrayList<>();
    private final int[] deviceOwner = new int[DEVICES];
    private long stamp;

    private enum Kind {
        RESERVED,
        OWN,
        LENT,
        BORROWED
    }

    /** What a process has at a page. The word is shared with whoever borrows the page. */
    private static final class Cell {
        private final Kind kind;
        private final long[] word;
        private final int device;
        private final boolean mayWrite;

        Cell(Kind kind, long[] word, int device, boolean mayWrite) {
            this.kind = kind;
            this.word = word;
            this.device = device;
            this.mayWrite = mayWrite;
        }

        Cell as(Kind other, boolean writes) {
            return new Cell(other, word, device, writes);
        }
    }

    private record Loan(Lend lend, int from, long own, int to) {}

    XousModel(XousMachine machine) {
        this.machine = machine;
        this.xous = machine.system();
    }

    private int process(int choice) {
        List<Integer> pids = List.copyOf(processes.keySet());
        return pids.isEmpty() ? 0 : pids.get(choice % pids.size());
    }

    private TreeMap<Long, Cell> of(int pid) {
        return processes.getOrDefault(pid, new TreeMap<>());
    }

    private long page(int pid, int choice) {
        List<Long> pages = List.copyOf(of(pid).keySet());
        return pages.isEmpty() ? 0x6000_0000L : pages.get(choice % pages.size());
    }

    private PagedMemory view(int pid) {
        return views.computeIfAbsent(pid, machine::memoryOf);
    }

    void spawn() {
        if (processes.size() < MOST_PROCESSES) {
            int expected = Pid.FIRST;
            while (processes.containsKey(expected)) {
                expected++;
            }
            assertEquals(Either.right(expected), xous.spawn());
            processes.put(expected, new TreeMap<>());
        }
    }

    void exit(int choice) {
        int pid = process(choice);
        assertEquals(pid == 0 ? Option.some(XousError.PROCESS_NOT_FOUND) : Option.none(), xous.exit(pid));
        for (Loan loan : List.copyOf(loans)) {
            if (loan.to == pid) {
                loans.remove(loan);
                comeBack(loan);
            }
        }
        for (int i = 0; i < DEVICES; i++) {
            deviceOwner[i] = deviceOwner[i] == pid ? 0 : deviceOwner[i];
        }
        // a device page that is out on loan is the kernel's until it comes back
        for (Loan loan : loans) {
            Cell cell = of(pid).get(loan.own);
            if (loan.from == pid && cell != null && cell.device >= 0 && cell.word == borrowed(loan).word) {
                deviceOwner[cell.device] = Pid.KERNEL;
            }
        }
        processes.remove(pid);
        views.remove(pid);
    }

    void map(int choice, int pages) {
        int pid = process(choice);
        Either<XousError, MemoryRange> range = xous.mapMemory(pid, 0, 0, pages * PAGE, READ_WRITE);
        if (pid == 0) {
            assertEquals(Either.left(XousError.PROCESS_NOT_FOUND), range);
            return;
        }
        for (long at = 0; at < pages * PAGE; at += PAGE) {
            long page = right(range).start() + at;
            assertEquals(null, of(pid).put(page, new Cell(Kind.RESERVED, new long[1], -1, true)));
        }
    }

    void device(int choice, int device) {
        int pid = process(choice);
        if (pid == 0 || deviceOwner[device] == pid) {
            return;
        }
        Either<XousError, MemoryRange> range = xous.mapMemory(pid, Precursor.UART + device * PAGE, 0, PAGE, READ_WRITE);
        if (deviceOwner[device] != 0) {
            assertEquals(Either.left(XousError.MEMORY_IN_USE), range);
            return;
        }
        deviceOwner[device] = pid;
        long[] word = {view(pid).load64(right(range).start(), 0)};
        assertEquals(null, of(pid).put(right(range).start(), new Cell(Kind.OWN, word, device, true)));
    }

    void touch(int choice, int at) {
        int pid = process(choice);
        long page = page(pid, at);
        Cell cell = of(pid).get(page);
        Either<XousError, Long> answer = xous.touch(pid, page + 8);
        if (cell == null || cell.kind == Kind.LENT) {
            assertTrue(answer.isLeft());
            return;
        }
        assertTrue(answer.isRight(), () -> "" + answer);
        if (cell.kind == Kind.RESERVED) {
            of(pid).put(page, cell.as(Kind.OWN, true));
        }
        if (cell.mayWrite) {
            assertEquals(cell.word[0], view(pid).load64(page, 0));
            cell.word[0] = ++stamp;
            view(pid).store64(page, 0, stamp);
        }
    }

    void unmap(int choice, int at) {
        int pid = process(choice);
        long page = page(pid, at);
        Cell cell = of(pid).get(page);
        if (cell == null) {
            return;
        }
        Option<XousError> answer = xous.unmapMemory(pid, page, PAGE);
        if (cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
            assertEquals(Option.some(XousError.SHARE_VIOLATION), answer);
            return;
        }
        assertEquals(Option.none(), answer);
        of(pid).remove(page);
        if (cell.device >= 0) {
            deviceOwner[cell.device] = 0;
        }
    }

    void lend(int choice, int at, int choiceOfOther, boolean mutable) {
        int from = process(choice);
        int to = process(choiceOfOther);
        long page = page(from, at);
        Cell cell = of(from).get(page);
        if (from == to || from == 0) {
            return;
        }
        Either<XousError, Lend> lend = xous.lend(from, page, PAGE, to, mutable);
        if (cell == null || cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
            assertEquals(Either.left(XousError.BAD_ADDRESS), lend);
            return;
        }
        of(from).put(page, cell.as(Kind.LENT, false));
        assertEquals(null, of(to).put(right(lend).range().start(), cell.as(Kind.BORROWED, mutable)));
        loans.add(new Loan(right(lend), from, page, to));
    }

    void giveBack(int choice) {
        if (loans.isEmpty()) {
            return;
        }
        Loan loan = loans.remove(choice % loans.size());
        long there = loan.lend.range().start();
        assertEquals(Option.none(), xous.returnMemory(loan.to, loan.lend.number(), there, PAGE));
        comeBack(loan);
    }

    private Cell borrowed(Loan loan) {
        return of(loan.to).get(loan.lend.range().start());
    }

    /** The owner has the page again; if that process has ended, whoever has its number now does not. */
    private void comeBack(Loan loan) {
        Cell cell = of(loan.to).remove(loan.lend.range().start());
        boolean isWithOwner = processes.containsKey(loan.from)
                && of(loan.from).get(loan.own) != null
                && of(loan.from).get(loan.own).word == cell.word;
        if (isWithOwner) {
            of(loan.from).put(loan.own, cell.as(Kind.OWN, true));
        } else if (cell.device >= 0) {
            deviceOwner[cell.device] = 0;
        }
    }

    void move(int choice, int at, int choiceOfOther) {
        int from = process(choice);
        int to = process(choiceOfOther);
        long page = page(from, at);
        Cell cell = of(from).get(page);
        if (from == to || from == 0) {
            return;
        }
        Either<XousError, MemoryRange> there = xous.moveMemory(from, page, PAGE, to);
        if (cell == null || cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
            assertEquals(Either.left(XousError.BAD_ADDRESS), there);
            return;
        }
        of(from).remove(page);
        assertEquals(null, of(to).put(right(there).start(), cell.as(Kind.OWN, true)));
        if (cell.device >= 0) {
            deviceOwner[cell.device] = to;
        }
    }

    /** What must hold between two calls. */
    void check() {
        PageBook book = xous.book();
        assertEquals(36_916, book.tableBytes());
        processes.forEach((pid, cells) -> {
            cells.forEach((page, cell) -> check(pid, page, cell));
            for (long window : Places.kernelWindows()) {
                assertEquals(Pid.KERNEL, book.owner(book.find(machine.space(pid).kernelSees(window))));
                assertThrows(MemoryFault.class, () -> view(pid).load32(window, 0));
            }
        });
        for (int pid = Pid.FIRST; pid < Pid.FIRST + MOST_PROCESSES + 1; pid++) {
            if (!processes.containsKey(pid)) {
                assertEquals(-1, book.next(0, pid), "who has ended owns nothing");
            }
        }
        for (long page = 0; page < book.whitelist().ramPages(); page++) {
            assertTrue(book.owner(page) != Pid.FREE || !xous.frames().isHeld(page), "a free page holds nothing");
            assertTrue(book.owner(page) < Pid.FIRST || xous.frames().isHeld(page), "an owned page is a frame");
        }
        for (int i = 0; i < DEVICES; i++) {
            assertEquals(deviceOwner[i], book.owner(book.find(Precursor.UART + i * PAGE)));
        }
    }

    private void check(int pid, long page, Cell cell) {
        PageBook book = xous.book();
        long physical = machine.space(pid).kernelSees(page);
        switch (cell.kind) {
            case RESERVED, LENT -> assertEquals(-1, physical);
            case OWN -> {
                assertEquals(cell.word[0], view(pid).load64(page, 0));
                assertEquals(pid, book.owner(book.find(physical)));
            }
            case BORROWED -> {
                assertEquals(cell.word[0], view(pid).load64(page, 0));
                assertTrue(xous.frames().isLent(book.find(physical)));
                if (!cell.mayWrite) {
                    assertThrows(MemoryFault.class, () -> view(pid).store64(page, 0, 1));
                }
            }
        }
    }

    @Override
    public String toString() {
        return processes.size() + " processes, " + loans.size() + " loans";
    }
}
