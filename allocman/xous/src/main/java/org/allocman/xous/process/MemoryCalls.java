package org.allocman.xous.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;
import org.allocman.xous.PageUse;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/** The calls of one process on its own memory. Answers are an address or 0, or an {@link XousError#code()}. */
final class MemoryCalls {
    private static final int PAGE = BookWindow.PAGE;
    private static final long SWAPPED = 0xb000_0000L;

    private final Parts parts;
    private final Spaces spaces;
    private final Memory memory;

    MemoryCalls(Parts parts, Spaces spaces) {
        this.parts = parts;
        this.spaces = spaces;
        this.memory = parts.memory();
    }

    private static boolean isOdd(long number) {
        return (number & PAGE - 1) != 0;
    }

    long mapMemory(int pid, long physical, long virtual, long size, int flags) {
        if (size <= 0 || (flags & ~Flags.ALL) != 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (virtual < 0 || virtual >= spaces.end()) {
            return XousError.BAD_ADDRESS.code();
        }
        if (isOdd(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        boolean isReserve = physical == 0 && (flags & Flags.DEVICE) == 0;
        long start = virtual != 0 ? virtual : free(pid, ProcessRecord.LAST_DEFAULT, Places.DEFAULT, size);
        if (start < 0) {
            return start;
        }
        long end = start + size;
        if (physical == 0 && (flags & Flags.VIRTUAL) != 0 && (start & SWAPPED) == SWAPPED) {
            isReserve = true;
            end = end + PAGE - 1 & -PAGE;
            start = start & -PAGE;
        }
        if (end > spaces.end()) {
            return XousError.BAD_ADDRESS.code();
        }
        long answer = isReserve ? reserve(pid, start, end, flags) : mapPages(pid, physical, start, size, flags);
        if (answer >= 0 && virtual == 0) {
            ProcessRecord.LAST_DEFAULT.set(memory, parts.process(pid), start);
        }
        return answer;
    }

    /** Sets addresses aside. What is mapped there stays so. */
    long reserve(int pid, long start, long end, int flags) {
        if (isOdd(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        SparseMap map = parts.map(pid);
        for (long page = map.next(start / PAGE); page >= 0 && page < end / PAGE; page = map.next(page + 1)) {
            int state = spaces.state(pid, page);
            if (state != Mapping.RESERVED && state != Mapping.MAPPED) {
                return XousError.MEMORY_IN_USE.code();
            }
        }
        Deque<Runnable> undo = new ArrayDeque<>();
        for (long page = start / PAGE; page < end / PAGE; page++) {
            long error = spaces.reserve(pid, page, flags, undo);
            if (error != 0) {
                return Spaces.undo(undo, error);
            }
        }
        return start;
    }

    /** Maps pages; RAM that the caller had before this call is cleared, when nothing else can be refused any more. */
    private long mapPages(int pid, long physical, long start, long size, int flags) {
        Deque<Runnable> undo = new ArrayDeque<>();
        List<Long> toClear = new ArrayList<>();
        long from = physical == 0 ? claimRun(pid, size / PAGE, undo) : physical;
        long error = from < 0 ? from : checkMap(pid, from, start, size);
        for (long at = 0; at < size && error == 0; at += PAGE) {
            long page = parts.book().find(from + at);
            boolean isOld = physical != 0 && parts.book().owner(page) == pid;
            if (isOld && page < parts.book().whitelist().ramPages()) {
                toClear.add(page);
            }
            error = isOld ? 0 : claimPage(pid, from + at, undo);
            error = error == 0 ? spaces.map(pid, (start + at) / PAGE, page, flags, Mapping.MAPPED, undo) : error;
        }
        for (int i = 0; i < toClear.size() && error == 0; i++) {
            error = spaces.clear(toClear.get(i));
        }
        return error == 0 ? start : Spaces.undo(undo, error);
    }

    private long checkMap(int pid, long from, long start, long size) {
        for (long at = 0; at < size; at += PAGE) {
            long page = checkClaim(pid, from + at);
            if (page < 0) {
                return page;
            }
        }
        if (isOdd(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        for (long at = start; at < start + size; at += PAGE) {
            int state = spaces.state(pid, at / PAGE);
            if (state != 0 && state != Mapping.RESERVED) {
                return XousError.MEMORY_IN_USE.code();
            }
        }
        return 0;
    }

    private long checkClaim(int pid, long address) {
        long page = parts.book().find(address);
        if (page < 0) {
            return page;
        }
        int owner = parts.book().owner(page);
        boolean isMine = owner == pid
                && (!parts.frames().isHeld(page)
                        || parts.frames().use(page) == PageUse.FRAME
                                && !parts.frames().isLent(page));
        return owner == Pid.FREE || isMine ? page : XousError.MEMORY_IN_USE.code();
    }

    private long claimPage(int pid, long address, Deque<Runnable> undo) {
        boolean isNew = parts.book().owner(parts.book().find(address)) == Pid.FREE;
        long page = parts.book().claim(address, pid);
        if (page >= 0 && isNew) {
            undo.push(() -> parts.book().drop(page));
        }
        return Math.min(page, 0);
    }

    /**
     * Claims the first free pages in a row. One that turns out to be the manager's is the kernel's from then on, and the
     * search goes on, at most once for each page of RAM. Answers the address of the first.
     */
    private long claimRun(int pid, long pages, Deque<Runnable> undo) {
        long answer = XousError.MEMORY_IN_USE.code();
        for (long tries = 0; tries <= parts.book().whitelist().ramPages(); tries++) {
            long run = parts.book().freeRun(pages);
            if (run < 0) {
                return run;
            }
            long start = parts.book().whitelist().address(run);
            answer = 0;
            long claimed = 0;
            while (claimed < pages && answer == 0) {
                answer = claimPage(pid, start + claimed * PAGE, undo);
                claimed++;
            }
            if (answer == 0) {
                return start;
            }
            if (answer != XousError.MEMORY_IN_USE.code()) {
                return answer;
            }
            Spaces.undo(undo, answer);
            if (!parts.book().setElsewhere(run + claimed - 1)) {
                return XousError.OUT_OF_MEMORY.code();
            }
        }
        return answer;
    }

    /** Addresses where nothing is: from the last place on, else from the beginning of the window. */
    long free(int pid, Word last, long base, long size) {
        long bytes = base == Places.MESSAGES ? Places.MESSAGES_BYTES : Places.DEFAULT_BYTES;
        long begin = Math.max(base, last.get(memory, parts.process(pid)));
        long start = free(pid, begin, base + bytes, size);
        return start < 0 ? free(pid, base, base + bytes, size) : start;
    }

    private long free(int pid, long begin, long end, long size) {
        SparseMap map = parts.map(pid);
        long page = begin / PAGE;
        while (size <= end - page * PAGE) {
            long taken = map.next(page);
            if (taken < 0 || taken - page >= size / PAGE) {
                return page * PAGE;
            }
            page = taken + 1;
        }
        return XousError.BAD_ADDRESS.code();
    }

    long unmapMemory(int pid, long start, long size) {
        if (start == 0 || size <= 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (isOdd(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long first = 0;
        for (long at = start; at < start + size && at >= 0 && at < 1L << 32; at += PAGE) {
            long error = unmapPage(pid, at / PAGE);
            first = first == 0 ? error : first;
        }
        return first;
    }

    private long unmapPage(int pid, long page) {
        int state = spaces.state(pid, page);
        switch (state) {
            case Mapping.MAPPED -> {
                return spaces.unmap(pid, page);
            }
            case Mapping.RESERVED -> parts.map(pid).remove(page);
            case Mapping.LENT, Mapping.BORROWED -> {
                return XousError.SHARE_VIOLATION.code();
            }
            case Mapping.KERNEL -> {
                return XousError.BAD_ADDRESS.code();
            }
            default -> {
                return isNear(pid, page) ? 0 : XousError.BAD_ADDRESS.code();
            }
        }
        return 0;
    }

    /** Whether anything of the 4 MiB around a page is in use, or was mapped once: then there is a page table. */
    private boolean isNear(int pid, long page) {
        int shift = Mapping.TABLE_BITS - Mapping.PAGE_BITS;
        long first = page >>> shift << shift;
        long next = parts.map(pid).next(first);
        return next >= 0 && next < first + (1L << shift)
                || parts.map(pid).find(Mapping.FIRST_TABLE + (page >>> shift)) != 0;
    }

    long increaseHeap(int pid, long delta, int flags) {
        if ((flags & ~Flags.ALL) != 0 || delta < 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (isOdd(delta)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long process = parts.process(pid);
        long size = ProcessRecord.HEAP_SIZE.get(memory, process);
        if (delta == 0) {
            return Places.HEAP;
        }
        if (delta > ProcessRecord.HEAP_MOST.get(memory, process) - size) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long start = Places.HEAP + size;
        if (delta > spaces.end() - start) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long answer = reserve(pid, start, start + delta, flags);
        if (answer >= 0) {
            ProcessRecord.HEAP_SIZE.set(memory, process, size + delta);
        }
        return answer;
    }

    long decreaseHeap(int pid, long delta) {
        if (isOdd(delta)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long process = parts.process(pid);
        long size = ProcessRecord.HEAP_SIZE.get(memory, process);
        if (delta < 0 || delta > size) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long end = (Places.HEAP + size) / PAGE;
        for (long page = end - delta / PAGE; page < end; page++) {
            int state = spaces.state(pid, page);
            if (state == Mapping.LENT || state == Mapping.BORROWED) {
                return XousError.SHARE_VIOLATION.code();
            }
        }
        for (long page = end - 1; page >= end - delta / PAGE; page--) {
            if (spaces.state(pid, page) != 0) {
                long error = unmapPage(pid, page);
                if (error != 0) {
                    return error;
                }
            }
            ProcessRecord.HEAP_SIZE.set(memory, process, page * PAGE - Places.HEAP);
        }
        return Places.HEAP;
    }

    long updateFlags(int pid, long start, long size, int flags) {
        if (isOdd(start) || isOdd(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        for (long at = start; at < start + size; at += PAGE) {
            if (at < 0 || at >= spaces.end() || spaces.state(pid, at / PAGE) != Mapping.MAPPED) {
                return XousError.MEMORY_IN_USE.code();
            }
            int has = flags(pid, at / PAGE);
            if (has == 0 || (flags & Flags.ACCESS & ~has) != 0) {
                return XousError.MEMORY_IN_USE.code();
            }
        }
        if ((flags & Flags.ACCESS) == 0) {
            return XousError.MEMORY_IN_USE.code();
        }
        Deque<Runnable> undo = new ArrayDeque<>();
        for (long at = start; at < start + size; at += PAGE) {
            long page = at / PAGE;
            int old = flags(pid, page);
            long error = spaces.remap(pid, page, flags & Flags.ACCESS);
            if (error != 0) {
                return Spaces.undo(undo, error);
            }
            undo.push(() -> spaces.remapAgain(pid, page, old));
        }
        return 0;
    }

    private int flags(int pid, long page) {
        return (int) Mapping.FLAGS.get(memory, parts.map(pid).find(page));
    }

    /** First touch of an address: its page is there from then on. */
    long touch(int pid, long address) {
        if (address < 0 || address >= spaces.end()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long page = address / PAGE;
        int state = spaces.state(pid, page);
        if (state == Mapping.RESERVED && flags(pid, page) != 0) {
            Deque<Runnable> undo = new ArrayDeque<>();
            long error = spaces.back(pid, page, undo);
            return error == 0 ? physical(pid, address) : Spaces.undo(undo, error);
        }
        return state == Mapping.MAPPED || state == Mapping.BORROWED
                ? physical(pid, address)
                : XousError.BAD_ADDRESS.code();
    }

    long physical(int pid, long address) {
        if (address < 0 || address >= 1L << 32) {
            return XousError.BAD_ADDRESS.code();
        }
        int state = spaces.state(pid, address / PAGE);
        if (state != Mapping.MAPPED && state != Mapping.BORROWED) {
            return XousError.BAD_ADDRESS.code();
        }
        long page = Mapping.PAGE.get(memory, parts.map(pid).find(address / PAGE));
        return parts.book().whitelist().address(page) + (address & PAGE - 1);
    }
}
