package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;
import org.allocman.xous.PageUse;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/** The calls of one process on its own memory. Answers are an address or 0, or an {@link XousError#code()}. */
final class MemoryCalls {
    private static final long SWAPPED = 0xb000_0000L;

    private final SystemContext context;
    private final Spaces spaces;
    private final ScratchMapping scratch;
    private final Memory memory;

    MemoryCalls(SystemContext context, Spaces spaces, ScratchMapping scratch) {
        this.context = context;
        this.spaces = spaces;
        this.scratch = scratch;
        this.memory = context.memory();
    }

    long mapMemory(Process process, long physical, long virtual, long size, int flags) {
        if (size <= 0 || (flags & ~Flags.ALL) != 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (virtual < 0 || virtual >= spaces.end()) {
            return XousError.BAD_ADDRESS.code();
        }
        if (AddressLayout.isUnaligned(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        boolean isReserve = physical == 0 && (flags & Flags.DEVICE) == 0;
        long start = virtual != 0 ? virtual : free(process, ProcessRecord.LAST_DEFAULT, AddressLayout.DEFAULT, size);
        if (start < 0) {
            return start;
        }
        if (size > spaces.end() - start) {
            return XousError.BAD_ADDRESS.code();
        }
        long end = start + size;
        if (physical == 0 && (flags & Flags.VIRTUAL) != 0 && (start & SWAPPED) == SWAPPED) {
            isReserve = true;
            end = end + PAGE - 1 & -PAGE;
            start = start & -PAGE;
        }
        long answer = isReserve ? reserve(process, start, end, flags) : mapPages(process, physical, start, size, flags);
        if (answer >= 0 && virtual == 0) {
            process.set(ProcessRecord.LAST_DEFAULT, start);
        }
        return answer;
    }

    /** Sets addresses aside. What is mapped there stays so, or is a reason to refuse, as the rules have it. */
    long reserve(Process process, long start, long end, int flags) {
        if (AddressLayout.isUnaligned(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        SparseMap map = process.mappings();
        for (long page = map.next(start / PAGE); page >= 0 && page < end / PAGE; page = map.next(page + 1)) {
            int state = process.state(page);
            if (state != Mapping.RESERVED && state != Mapping.MAPPED) {
                return XousError.MEMORY_IN_USE.code();
            }
            if (state == Mapping.MAPPED && context.layout().rules().checkWholeRanges()) {
                return XousError.SHARE_VIOLATION.code();
            }
        }
        Undo undo = new Undo();
        for (long page = start / PAGE; page < end / PAGE; page++) {
            long error = spaces.reserve(process, page, flags, undo);
            if (error != 0) {
                return undo.rollback(error);
            }
        }
        return start;
    }

    /**
     * Maps pages. All of them are claimed before the first is mapped, so that none becomes a page table of this call's. RAM that
     * the caller had before is cleared, when nothing else can be refused any more.
     */
    private long mapPages(Process process, long physical, long start, long size, int flags) {
        Undo undo = new Undo();
        List<Long> toClear = new ArrayList<>();
        long from = physical == 0 ? claimRun(process, size / PAGE, undo) : physical;
        long error = physical != 0 ? checkClaims(process, from, size) : Math.min(from, 0);
        error = error == 0 ? checkAddresses(process, start, size) : error;
        for (long at = 0; at < size && error == 0; at += PAGE) {
            long page = context.allocations().find(from + at);
            boolean isOld = physical != 0 && context.allocations().owner(page) == process.pid();
            if (isOld && page < context.allocations().whitelist().ramPages()) {
                toClear.add(page);
            }
            error = isOld || physical == 0 ? 0 : claimPage(process, from + at, undo);
        }
        for (long at = 0; at < size && error == 0; at += PAGE) {
            long page = context.allocations().find(from + at);
            error = spaces.map(process, (start + at) / PAGE, page, flags, Mapping.MAPPED, undo);
        }
        for (int i = 0; i < toClear.size() && error == 0; i++) {
            error = scratch.clear(toClear.get(i));
        }
        return error == 0 ? start : undo.rollback(error);
    }

    /** Whether a process, or PID 1, may have all pages from an address on: 0, or why not; nothing is done. */
    long checkClaims(Process process, long from, long size) {
        for (long at = 0; at < size; at += PAGE) {
            long page = checkClaim(process, from + at);
            if (page < 0) {
                return page;
            }
        }
        return 0;
    }

    private long checkAddresses(Process process, long start, long size) {
        if (AddressLayout.isUnaligned(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        for (long at = start; at < start + size; at += PAGE) {
            int state = process.state(at / PAGE);
            if (state != 0 && state != Mapping.RESERVED) {
                return XousError.MEMORY_IN_USE.code();
            }
        }
        return 0;
    }

    private long checkClaim(Process process, long address) {
        long page = context.allocations().find(address);
        if (page < 0) {
            return page;
        }
        int owner = context.allocations().owner(page);
        boolean isRam = page < context.allocations().whitelist().ramPages();
        boolean isMine = owner == process.pid()
                && context.layout().rules().allowSecondClaim(isRam)
                // a page of PID 1's in which nothing is is the kernel's beneath or the manager's
                && (!context.frames().isHeld(page)
                        ? owner != Pid.KERNEL
                        : context.frames().use(page) == PageUse.FRAME
                                && !context.frames().isLent(page));
        return owner == Pid.FREE || isMine ? page : XousError.MEMORY_IN_USE.code();
    }

    /** Claims a page that {@link #checkClaims} has found to be free or the caller's. */
    long claimPage(Process process, long address, Undo undo) {
        boolean isNew = context.allocations().owner(context.allocations().find(address)) == Pid.FREE;
        long page = context.allocations().claim(address, process.pid());
        if (page >= 0 && isNew) {
            undo.push(() -> context.allocations().drop(page));
        }
        return Math.min(page, 0);
    }

    /**
     * Claims the first free pages in a row. One that turns out to be the manager's is the kernel's from then on, and the
     * search goes on, at most once for each page of RAM. Answers the address of the first.
     */
    private long claimRun(Process process, long pages, Undo undo) {
        long answer = XousError.MEMORY_IN_USE.code();
        for (long tries = 0; tries <= context.allocations().whitelist().ramPages(); tries++) {
            long run = context.allocations().freeRun(pages);
            if (run < 0) {
                return run;
            }
            long start = context.allocations().whitelist().address(run);
            answer = 0;
            long claimed = 0;
            while (claimed < pages && answer == 0) {
                answer = claimPage(process, start + claimed * PAGE, undo);
                claimed++;
            }
            if (answer == 0) {
                return start;
            }
            if (answer != XousError.MEMORY_IN_USE.code()) {
                return answer;
            }
            undo.rollback(answer);
            if (!context.allocations().setUnavailable(run + claimed - 1)) {
                return XousError.OUT_OF_MEMORY.code();
            }
        }
        return answer;
    }

    /** Addresses where nothing is: from the last place on, else from the beginning of the window. */
    long free(Process process, Word last, long base, long size) {
        long bytes = base == AddressLayout.MESSAGES ? AddressLayout.MESSAGES_BYTES : AddressLayout.DEFAULT_BYTES;
        long begin = Math.max(base, process.get(last));
        long start = free(process, begin, base + bytes, size);
        return start < 0 ? free(process, base, base + bytes, size) : start;
    }

    private long free(Process process, long begin, long end, long size) {
        SparseMap map = process.mappings();
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

    long unmapMemory(Process process, long start, long size) {
        if (start == 0 || size <= 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (AddressLayout.isUnaligned(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        if (start < 0 || size > AddressLayout.ADDRESSES - start) {
            return XousError.BAD_ADDRESS.code();
        }
        if (context.layout().rules().checkWholeRanges() && size > spaces.end() - start) {
            return XousError.BAD_ADDRESS.code();
        }
        long first = 0;
        for (long page = start / PAGE; page <= (start + size - 1) / PAGE; page++) {
            long error = unmapPage(process, page);
            first = first == 0 ? error : first;
        }
        return first;
    }

    private long unmapPage(Process process, long page) {
        int state = process.state(page);
        switch (state) {
            case Mapping.MAPPED -> {
                return spaces.unmap(process, page);
            }
            case Mapping.RESERVED -> process.mappings().remove(page);
            case Mapping.LENT, Mapping.BORROWED -> {
                return XousError.SHARE_VIOLATION.code();
            }
            case Mapping.KERNEL -> {
                return XousError.BAD_ADDRESS.code();
            }
            default -> {
                return isNear(process, page) ? 0 : XousError.BAD_ADDRESS.code();
            }
        }
        return 0;
    }

    /** Whether anything of the 4 MiB around a page is in use, or was mapped once: then there is a page table. */
    private boolean isNear(Process process, long page) {
        int shift = Mapping.TABLE_BITS - PAGE_BITS;
        long first = page >>> shift << shift;
        long next = process.mappings().next(first);
        return next >= 0 && next < first + (1L << shift) || process.entry(Mapping.FIRST_TABLE + (page >>> shift)) != 0;
    }

    long increaseHeap(Process process, long delta, int flags) {
        if ((flags & ~Flags.ALL) != 0 || delta < 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (AddressLayout.isUnaligned(delta)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long size = process.get(ProcessRecord.HEAP_SIZE);
        if (delta == 0) {
            return AddressLayout.HEAP;
        }
        if (delta > process.get(ProcessRecord.HEAP_MOST) - size) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long start = AddressLayout.HEAP + size;
        if (delta > spaces.end() - start) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long answer = reserve(process, start, start + delta, flags);
        if (answer >= 0) {
            process.set(ProcessRecord.HEAP_SIZE, size + delta);
        }
        return answer;
    }

    long decreaseHeap(Process process, long delta) {
        if (AddressLayout.isUnaligned(delta)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long size = process.get(ProcessRecord.HEAP_SIZE);
        if (delta < 0 || delta > size) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long end = (AddressLayout.HEAP + size) / PAGE;
        for (long page = end - delta / PAGE; page < end; page++) {
            int state = process.state(page);
            if (state == Mapping.LENT || state == Mapping.BORROWED) {
                return XousError.SHARE_VIOLATION.code();
            }
        }
        for (long page = end - 1; page >= end - delta / PAGE; page--) {
            if (process.state(page) != 0) {
                long error = unmapPage(process, page);
                if (error != 0) {
                    return error;
                }
            }
            process.set(ProcessRecord.HEAP_SIZE, page * PAGE - AddressLayout.HEAP);
        }
        return AddressLayout.HEAP;
    }

    long updateFlags(Process process, long start, long size, int flags) {
        if (AddressLayout.isUnaligned(start) || AddressLayout.isUnaligned(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        for (long at = start; at - start < size; at += PAGE) {
            if (at < 0 || at >= spaces.end() || process.state(at / PAGE) != Mapping.MAPPED) {
                return XousError.MEMORY_IN_USE.code();
            }
            int has = process.flags(at / PAGE);
            if (has == 0 || (flags & Flags.ACCESS & ~has) != 0) {
                return XousError.MEMORY_IN_USE.code();
            }
        }
        if ((flags & Flags.ACCESS) == 0) {
            return XousError.MEMORY_IN_USE.code();
        }
        Undo undo = new Undo();
        for (long at = start; at < start + size; at += PAGE) {
            long page = at / PAGE;
            int old = process.flags(page);
            long error = spaces.remap(process, page, flags & Flags.ACCESS);
            if (error != 0) {
                return undo.rollback(error);
            }
            undo.push(() -> spaces.remapAgain(process, page, old));
        }
        return 0;
    }

    /** First touch of an address: its page is there from then on. */
    long touch(Process process, long address) {
        if (address < 0 || address >= spaces.end()) {
            return XousError.BAD_ADDRESS.code();
        }
        long page = address / PAGE;
        int state = process.state(page);
        if (state == Mapping.RESERVED && process.flags(page) != 0) {
            Undo undo = new Undo();
            long error = spaces.back(process, page, undo);
            return error == 0 ? physical(process, address) : undo.rollback(error);
        }
        return state == Mapping.MAPPED || state == Mapping.BORROWED
                ? physical(process, address)
                : XousError.BAD_ADDRESS.code();
    }

    long physical(Process process, long address) {
        if (address < 0 || address >= AddressLayout.ADDRESSES) {
            return XousError.BAD_ADDRESS.code();
        }
        int state = process.state(address / PAGE);
        if (state != Mapping.MAPPED && state != Mapping.BORROWED) {
            return XousError.BAD_ADDRESS.code();
        }
        long page = Mapping.PAGE.get(memory, process.entry(address / PAGE));
        return context.allocations().whitelist().address(page) + (address & PAGE - 1);
    }
}
