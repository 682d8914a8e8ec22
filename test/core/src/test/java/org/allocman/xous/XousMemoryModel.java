package org.allocman.xous;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.xous.process.Flags;

/** The calls of {@link XousModel} about a process' own pages: mapping, unmapping, the heap, flags, the first touch. */
abstract class XousMemoryModel extends XousKernelModel {
    XousMemoryModel(List<long[]> areas, XousRules rules) {
        super(areas, rules);
    }

    long map(int pid, long physical, long virtual, long size, int flags) {
        begin();
        if (pid == 1) {
            return mapOfKernel(physical, virtual, size, flags);
        }
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
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = cells.get(at);
            boolean isAway = cell != null && (cell.kind == Kind.LENT || cell.kind == Kind.BORROWED);
            if (kernel.containsKey(at) || isAway) {
                return code(XousError.MEMORY_IN_USE);
            }
            if (cell != null && cell.kind == Kind.OWN && rules == XousRules.PULL_980) {
                return code(XousError.SHARE_VIOLATION);
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

    private long mapPages(int pid, long physical, long start, long size, int flags) {
        Map<Long, Frame> all = frames();
        long error = physical == 0 ? 0 : checkClaims(pid, physical, size);
        if (error != 0) {
            return error;
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        Process process = of(pid);
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = process.cells.get(at);
            if (cell != null && cell.kind != Kind.RESERVED || kernel.containsKey(at)) {
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
        if (pid == 1) {
            return unmapOfKernel(start, size);
        }
        if (start == 0 || size <= 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        if (rules == XousRules.PULL_980 && start + size > END) {
            return code(XousError.BAD_ADDRESS);
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
        if (kernel.containsKey(at)) {
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
            return code(XousError.BAD_ADDRESS);
        }
        long page = address & -PAGE;
        Cell cell = of(pid).cells.get(page);
        if (cell == null || cell.kind == Kind.LENT || cell.kind == Kind.RESERVED && cell.flags == 0) {
            return code(XousError.BAD_ADDRESS);
        }
        back(pid, page);
        return 0;
    }
}
