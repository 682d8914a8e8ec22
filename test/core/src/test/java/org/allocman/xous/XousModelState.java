package org.allocman.xous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.xous.process.Flags;

/** What {@link XousModel} knows: who has what at which page, what is lent to whom, and what lies in it. */
abstract class XousModelState {
    static final long PAGE = 4096;
    static final long END = 0x8000_0000L;
    static final long HEAP = 0x2000_0000L;
    static final long MESSAGES = 0x4000_0000L;
    static final long DEFAULT = 0x6000_0000L;
    static final int MOST_THREADS = 29;
    static final int LENDS = 128;
    static final int INTERRUPTS = 32;
    static final long UNKNOWN = -1;

    static final int ACCESS = Flags.READ | Flags.WRITE | Flags.EXECUTE;
    static final long[] WINDOWS = {0x0100_0000L, 0x0200_0000L, 0x0400_0000L};

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

    /** What PID 1 has mapped, in every process; the windows' own pages are in it from the start. */
    final TreeMap<Long, Cell> kernel = new TreeMap<>();

    final XousRules rules;

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

    XousModelState(List<long[]> areas, XousRules rules) {
        this.rules = rules;
        this.areas.addAll(areas);
    }

    static long code(XousError error) {
        return error.code();
    }

    Process of(int pid) {
        return processes.get(pid);
    }

    boolean isRam(long address) {
        long[] ram = areas.get(0);
        return address >= ram[0] && address < ram[0] + ram[1];
    }

    boolean isListed(long address) {
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
        for (Cell cell : kernel.values()) {
            frames.put(cell.frame.address, cell.frame);
        }
        return frames;
    }

    long places(int pid, Frame frame) {
        return of(pid).cells.values().stream()
                .filter(cell -> cell.frame == frame)
                .count();
    }

    void begin() {
        fresh = new ArrayList<>();
        freshTables = 0;
        result = 0;
    }

    void addTable(Process process, long address) {
        if (process.tables.add(address >>> 22)) {
            freshTables++;
        }
    }

    void drop(Frame frame) {
        if (!isRam(frame.address)) {
            deviceWords.put(frame.address, frame.word);
        }
    }

    long free(Process process, long last, long base, long bytes, long size) {
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

    void back(int pid, long page) {
        Process process = of(pid);
        Cell cell = process.cells.get(page);
        if (cell.kind == Kind.RESERVED) {
            Frame frame = new Frame(UNKNOWN, pid, 0);
            fresh.add(frame);
            process.cells.put(page, new Cell(Kind.OWN, cell.flags, frame));
            addTable(process, page);
        }
    }

    long checkPages(int pid, long start, long size) {
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
}
