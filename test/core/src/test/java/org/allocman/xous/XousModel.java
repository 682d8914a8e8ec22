package org.allocman.xous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.xous.process.Flags;

/**
 * Xous as a plain program that knows nothing of kernels, capabilities and frames: what each process has at each page, with
 * which rights, what is in it, who owns what, and what each call answers. Only which free page is taken it has to be told.
 *
 * <p>A call answers an error, or 0, with what is to be observed still in {@link #fresh}: pages of RAM that were taken from the
 * free ones.
 */
final class XousModel {
    static final long PAGE = 4096;
    static final long END = 0x8000_0000L;
    static final long HEAP = 0x2000_0000L;
    static final long MESSAGES = 0x4000_0000L;
    static final long DEFAULT = 0x6000_0000L;
    static final int MOST_THREADS = 29;
    static final int LENDS = 128;
    static final int INTERRUPTS = 32;
    static final long UNKNOWN = -1;

    private static final int ACCESS = Flags.READ | Flags.WRITE | Flags.EXECUTE;
    private static final long[] WINDOWS = {0x0100_0000L, 0x0200_0000L, 0x0400_0000L};

    /** How something is with a process at a page of its addresses. */
    enum Kind {
        RESERVED,
        OWN,
        LENT,
        BORROWED
    }

    /** A page of memory that somebody has; where it is may have to be found out. */
    static final class Frame {
        long address;
        int owner;
        boolean lent;
        long word;

        Frame(long address, int owner, long word) {
            this.address = address;
            this.owner = owner;
            this.word = word;
        }
    }

    /** What a process has at a page; the frame is nothing for addresses that are set aside. */
    static final class Cell {
        Kind kind;
        int flags;
        Frame frame;

        Cell(Kind kind, int flags, Frame frame) {
            this.kind = kind;
            this.flags = flags & ACCESS;
            this.frame = frame;
        }
    }

    static final class Process {
        final TreeMap<Long, Cell> cells = new TreeMap<>();
        final TreeSet<Long> tables = new TreeSet<>();
        final TreeSet<Integer> threads = new TreeSet<>();
        int lastThread = 2;
        long heapSize;
        long heapMost = 512 << 10;
        long lastDefault;
        long lastMessage;
    }

    static final class Loan {
        int number;
        int from;
        int to;
        long own;
        long there;
        long size;
        boolean orphan;
    }

    final TreeMap<Integer, Process> processes = new TreeMap<>();
    final TreeMap<Integer, Loan> loans = new TreeMap<>();
    final int[] interrupts = new int[INTERRUPTS];

    /** Where RAM and devices are: start and bytes. */
    final List<long[]> areas = new ArrayList<>();

    /** What is in pages of devices, which nobody clears; by address. */
    final TreeMap<Long, Long> deviceWords = new TreeMap<>();

    /** Pages of RAM that are somebody's tables, or the manager's. */
    final TreeSet<Long> taken = new TreeSet<>();

    /** Frames that the last call took from the free ones. */
    List<Frame> fresh = new ArrayList<>();

    /** Page tables and roots that the last call took from the free ones. */
    int freshTables;

    /** Where the last call put something, or what else it answered. */
    long result;

    XousModel(List<long[]> areas) {
        this.areas.addAll(areas);
    }

    private static long code(XousError error) {
        return error.code();
    }

    Process of(int pid) {
        return processes.get(pid);
    }

    boolean isRam(long address) {
        long[] ram = areas.get(0);
        return address >= ram[0] && address < ram[0] + ram[1];
    }

    private boolean isListed(long address) {
        return areas.stream().anyMatch(area -> address >= area[0] && address < area[0] + area[1]);
    }

    /** All frames that somebody has, by address. */
    Map<Long, Frame> frames() {
        Map<Long, Frame> frames = new HashMap<>();
        for (Process process : processes.values()) {
            for (Cell cell : process.cells.values()) {
                if (cell.frame != null) {
                    frames.put(cell.frame.address, cell.frame);
                }
            }
        }
        return frames;
    }

    private long places(int pid, Frame frame) {
        return of(pid).cells.values().stream()
                .filter(cell -> cell.frame == frame)
                .count();
    }

    private void begin() {
        fresh = new ArrayList<>();
        freshTables = 0;
        result = 0;
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

    private void addTable(Process process, long address) {
        if (process.tables.add(address >>> 22)) {
            freshTables++;
        }
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

    private void drop(Frame frame) {
        if (!isRam(frame.address)) {
            deviceWords.put(frame.address, frame.word);
        }
    }

    private long free(Process process, long last, long base, long bytes, long size) {
        for (long begin : new long[] {Math.max(base, last), base}) {
            long at = begin;
            while (at + size <= base + bytes) {
                Long taken = process.cells.ceilingKey(at);
                if (taken == null || taken >= at + size) {
                    return at;
                }
                at = taken + PAGE;
            }
        }
        return code(XousError.BAD_ADDRESS);
    }

    long map(int pid, long physical, long virtual, long size, int flags) {
        begin();
        if (size <= 0 || (flags & ~0x3f) != 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (virtual >= END) {
            return code(XousError.BAD_ADDRESS);
        }
        if (size % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        Process process = of(pid);
        long start = virtual != 0 ? virtual : free(process, process.lastDefault, DEFAULT, 256 << 20, size);
        if (start < 0) {
            return start;
        }
        if (start + size > END) {
            return code(XousError.BAD_ADDRESS);
        }
        long error = physical == 0 && (flags & Flags.DEVICE) == 0
                ? reserve(pid, start, size, flags)
                : mapPages(pid, physical, start, size, flags);
        if (error == 0 && virtual == 0) {
            process.lastDefault = start;
        }
        result = start;
        return error;
    }

    private long reserve(int pid, long start, long size, int flags) {
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        TreeMap<Long, Cell> cells = of(pid).cells;
        for (Cell cell : cells.subMap(start, start + size).values()) {
            if (cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        for (long at = start; at < start + size; at += PAGE) {
            if (isWindow(at)) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = cells.get(at);
            if (cell == null) {
                cells.put(at, new Cell(Kind.RESERVED, flags, null));
            } else if (cell.kind == Kind.RESERVED) {
                cell.flags = flags & ACCESS;
            }
        }
        return 0;
    }

    private static boolean isWindow(long address) {
        for (long window : WINDOWS) {
            if (window == address) {
                return true;
            }
        }
        return false;
    }

    private long mapPages(int pid, long physical, long start, long size, int flags) {
        Map<Long, Frame> all = frames();
        for (long at = 0; at < size && physical != 0; at += PAGE) {
            long address = physical + at;
            if (address % PAGE != 0) {
                return code(XousError.BAD_ALIGNMENT);
            }
            if (!isListed(address)) {
                return code(XousError.BAD_ADDRESS);
            }
            Frame frame = all.get(address);
            if (frame == null ? taken.contains(address) : frame.owner != pid || frame.lent) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        Process process = of(pid);
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = process.cells.get(at);
            if (cell != null && cell.kind != Kind.RESERVED || isWindow(at)) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        for (long at = 0; at < size; at += PAGE) {
            long address = physical == 0 ? UNKNOWN : physical + at;
            Frame frame = physical == 0 ? null : all.get(address);
            if (frame == null) {
                long word = physical == 0 || isRam(address) ? 0 : deviceWords.getOrDefault(address, 0L);
                frame = new Frame(address, pid, word);
                if (physical == 0) {
                    fresh.add(frame);
                }
            } else if (isRam(address)) {
                frame.word = 0;
            }
            process.cells.put(start + at, new Cell(Kind.OWN, flags, frame));
            addTable(process, start + at);
        }
        return 0;
    }

    long unmap(int pid, long start, long size) {
        begin();
        if (start == 0 || size <= 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        long first = 0;
        for (long at = start; at < start + size; at += PAGE) {
            long error = unmapPage(of(pid), at);
            first = first == 0 ? error : first;
        }
        return first;
    }

    private long unmapPage(Process process, long at) {
        Cell cell = process.cells.get(at);
        if (isWindow(at)) {
            return code(XousError.BAD_ADDRESS);
        }
        if (cell == null) {
            long near = at >>> 22;
            boolean is = process.tables.contains(near)
                    || !process.cells.subMap(near << 22, near + 1 << 22).isEmpty();
            return is ? 0 : code(XousError.BAD_ADDRESS);
        }
        if (cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
            return code(XousError.SHARE_VIOLATION);
        }
        process.cells.remove(at);
        if (cell.kind == Kind.OWN && process.cells.values().stream().noneMatch(is -> is.frame == cell.frame)) {
            drop(cell.frame);
        }
        return 0;
    }

    long increaseHeap(int pid, long delta, int flags) {
        begin();
        Process process = of(pid);
        result = HEAP;
        if ((flags & ~0x3f) != 0 || delta < 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (delta % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        if (delta == 0) {
            return 0;
        }
        if (delta > process.heapMost - process.heapSize) {
            return code(XousError.OUT_OF_MEMORY);
        }
        if (delta > END - HEAP - process.heapSize) {
            return code(XousError.OUT_OF_MEMORY);
        }
        long error = reserve(pid, HEAP + process.heapSize, delta, flags);
        if (error == 0) {
            result = HEAP + process.heapSize;
            process.heapSize += delta;
        }
        return error;
    }

    long decreaseHeap(int pid, long delta) {
        begin();
        Process process = of(pid);
        result = HEAP;
        if (delta % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        if (delta < 0 || delta > process.heapSize) {
            return code(XousError.OUT_OF_MEMORY);
        }
        long end = HEAP + process.heapSize;
        for (Cell cell : process.cells.subMap(end - delta, end).values()) {
            if (cell.kind == Kind.LENT || cell.kind == Kind.BORROWED) {
                return code(XousError.SHARE_VIOLATION);
            }
        }
        for (long at = end - PAGE; at >= end - delta; at -= PAGE) {
            if (process.cells.containsKey(at)) {
                unmapPage(process, at);
            }
        }
        process.heapSize -= delta;
        return 0;
    }

    long updateFlags(int pid, long start, long size, int flags, int other) {
        begin();
        if (start == 0 || size <= 0) {
            return code(XousError.BAD_ADDRESS);
        }
        if (other != 0) {
            return code(XousError.PROCESS_NOT_CHILD);
        }
        if (start % PAGE != 0 || size % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = of(pid).cells.get(at);
            if (cell == null || cell.kind != Kind.OWN || cell.flags == 0 || (flags & ACCESS & ~cell.flags) != 0) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        if ((flags & ACCESS) == 0) {
            return code(XousError.MEMORY_IN_USE);
        }
        for (long at = start; at < start + size; at += PAGE) {
            of(pid).cells.get(at).flags = flags & ACCESS;
        }
        return 0;
    }

    long touch(int pid, long address) {
        begin();
        if (address >= END) {
            return code(XousError.OUT_OF_MEMORY);
        }
        long page = address & -PAGE;
        Cell cell = of(pid).cells.get(page);
        if (cell == null || cell.kind == Kind.LENT || cell.kind == Kind.RESERVED && cell.flags == 0) {
            return code(XousError.BAD_ADDRESS);
        }
        back(pid, page);
        return 0;
    }

    private void back(int pid, long page) {
        Process process = of(pid);
        Cell cell = process.cells.get(page);
        if (cell.kind == Kind.RESERVED) {
            Frame frame = new Frame(UNKNOWN, pid, 0);
            fresh.add(frame);
            process.cells.put(page, new Cell(Kind.OWN, cell.flags, frame));
            addTable(process, page);
        }
    }

    private long checkPages(int pid, long start, long size) {
        for (long at = start; at < start + size; at += PAGE) {
            if (at >= END) {
                return code(XousError.OUT_OF_MEMORY);
            }
            Cell cell = of(pid).cells.get(at);
            boolean isThere = cell != null && (cell.kind == Kind.OWN || cell.kind == Kind.RESERVED && cell.flags != 0);
            if (!isThere) {
                return code(XousError.BAD_ADDRESS);
            }
            if (cell.kind == Kind.OWN && places(pid, cell.frame) > 1) {
                return code(XousError.SHARE_VIOLATION);
            }
        }
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
