package org.allocman.xous;

import java.util.List;
import org.allocman.xous.process.Flags;

/**
 * Xous as a plain program that knows nothing of kernels, capabilities and frames: what each process has at each page, with
 * which rights, what is in it, who owns what, and what each call answers. Only which free page is taken it has to be told.
 *
 * <p>A call answers an error, or 0, with what is to be observed still in {@link #fresh}: pages of RAM that were taken from the
 * free ones.
 */
final class XousModel extends XousMemoryModel {
    XousModel(List<long[]> areas, XousRules rules) {
        super(areas, rules);
    }

    long spawn() {
        begin();
        int pid = 2;
        while (processes.containsKey(pid)) {
            pid++;
        }
        Process process = new Process();
        processes.put(pid, process);
        freshTables = 1;
        for (long window : WINDOWS) {
            addTable(process, window);
        }
        for (long at = END - (128 << 10); at < END; at += PAGE) {
            process.cells.put(at, new Cell(Kind.RESERVED, Flags.READ | Flags.WRITE, null));
        }
        process.threads.add(2);
        result = pid;
        return 0;
    }

    long exit(int pid) {
        begin();
        if (!processes.containsKey(pid)) {
            return code(XousError.PROCESS_NOT_FOUND);
        }
        for (Loan loan : List.copyOf(loans.values())) {
            if (loan.to == pid) {
                comeBack(loan);
            }
        }
        for (Loan loan : loans.values()) {
            if (loan.from == pid) {
                loan.orphan = true;
            }
        }
        for (Cell cell : of(pid).cells.values()) {
            if (cell.kind == Kind.LENT) {
                cell.frame.owner = 1;
            } else if (cell.kind == Kind.OWN) {
                drop(cell.frame);
            }
        }
        for (int i = 0; i < INTERRUPTS; i++) {
            interrupts[i] = interrupts[i] == pid ? 0 : interrupts[i];
        }
        processes.remove(pid);
        return 0;
    }

    long lend(int from, long start, long size, int to, boolean mutable) {
        begin();
        if (size <= 0) {
            return code(XousError.BAD_ADDRESS);
        }
        if (start % PAGE != 0 || size % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        int number = 0;
        while (loans.containsKey(number)) {
            number++;
        }
        if (number == LENDS) {
            return code(XousError.SERVER_QUEUE_FULL);
        }
        long error = checkPages(from, start, size);
        if (error != 0) {
            return error;
        }
        Process borrower = of(to);
        long there = from == to ? start : free(borrower, borrower.lastMessage, MESSAGES, 4 << 20, size);
        if (there < 0) {
            return there;
        }
        for (long at = 0; at < size; at += PAGE) {
            back(from, start + at);
            if (from != to) {
                Cell cell = of(from).cells.get(start + at);
                int flags = Flags.READ | (mutable ? cell.flags & Flags.WRITE : 0);
                cell.kind = Kind.LENT;
                cell.frame.lent = true;
                borrower.cells.put(there + at, new Cell(Kind.BORROWED, flags, cell.frame));
                addTable(borrower, there + at);
            }
        }
        if (from != to) {
            borrower.lastMessage = there;
        }
        Loan loan = new Loan();
        loan.number = number;
        loan.from = from;
        loan.to = to;
        loan.own = start;
        loan.there = there;
        loan.size = size;
        loans.put(number, loan);
        result = number;
        return 0;
    }

    long giveBack(int pid, int number, long start, long size) {
        begin();
        Loan loan = loans.get(number);
        if (loan == null) {
            return code(XousError.DOUBLE_FREE);
        }
        if (loan.to != pid) {
            return code(XousError.SERVER_NOT_FOUND);
        }
        if (loan.there != start || loan.size != size) {
            return code(XousError.BAD_ADDRESS);
        }
        comeBack(loan);
        return 0;
    }

    private void comeBack(Loan loan) {
        loans.remove(loan.number);
        for (long at = 0; loan.from != loan.to && at < loan.size; at += PAGE) {
            Cell there = of(loan.to).cells.remove(loan.there + at);
            if (loan.orphan) {
                drop(there.frame);
            } else {
                of(loan.from).cells.get(loan.own + at).kind = Kind.OWN;
                there.frame.lent = false;
            }
        }
    }

    long move(int from, long start, long size, int to) {
        begin();
        if (size <= 0 || start % PAGE != 0 || size % PAGE != 0) {
            return code(XousError.BAD_ADDRESS);
        }
        long error = checkPages(from, start, size);
        if (error != 0) {
            return error;
        }
        Process receiver = of(to);
        long there = from == to ? start : free(receiver, receiver.lastMessage, MESSAGES, 4 << 20, size);
        if (there < 0) {
            return there;
        }
        for (long at = 0; at < size; at += PAGE) {
            back(from, start + at);
            if (from != to) {
                Cell cell = of(from).cells.remove(start + at);
                cell.frame.owner = to;
                receiver.cells.put(there + at, cell);
                addTable(receiver, there + at);
            }
        }
        if (from != to) {
            receiver.lastMessage = there;
        }
        result = there;
        return 0;
    }

    long createThread(int pid, long stack, long size) {
        begin();
        Process process = of(pid);
        if (process.threads.size() == MOST_THREADS) {
            return code(XousError.THREAD_NOT_AVAILABLE);
        }
        if (size <= 0 || stack + size <= 16 || stack + size > END) {
            return code(XousError.BAD_ADDRESS);
        }
        for (long at = stack & -PAGE; at < stack + size; at += PAGE) {
            Cell cell = process.cells.get(at);
            if (cell == null || cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
                return code(XousError.BAD_ADDRESS);
            }
        }
        int thread = process.lastThread;
        do {
            thread = thread == 30 ? 2 : thread + 1;
        } while (process.threads.contains(thread));
        process.threads.add(thread);
        process.lastThread = thread;
        result = thread;
        return 0;
    }

    long claimInterrupt(int pid, int interrupt) {
        begin();
        if (interrupt < 0 || interrupt >= INTERRUPTS) {
            return code(XousError.INTERRUPT_NOT_FOUND);
        }
        if (interrupts[interrupt] != 0) {
            return code(XousError.INTERRUPT_IN_USE);
        }
        interrupts[interrupt] = pid;
        return 0;
    }

    long freeInterrupt(int pid, int interrupt) {
        begin();
        if (interrupt < 0 || interrupt >= INTERRUPTS || interrupts[interrupt] != pid) {
            return code(XousError.INTERRUPT_NOT_FOUND);
        }
        interrupts[interrupt] = 0;
        return 0;
    }

    long adjustLimit(int pid, int index, long current, long wanted) {
        begin();
        Process process = of(pid);
        if (index == 1) {
            process.heapMost = process.heapMost == current && wanted >= 0 ? wanted : process.heapMost;
            result = process.heapMost;
            return 0;
        }
        if (index != 2) {
            return code(XousError.INVALID_LIMIT);
        }
        boolean may = process.heapSize == current && wanted >= 0 && wanted < process.heapMost;
        process.heapSize = may ? wanted : process.heapSize;
        result = process.heapSize;
        return 0;
    }
}
