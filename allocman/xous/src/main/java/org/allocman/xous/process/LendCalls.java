package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.vka.Memory;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/**
 * Memory that goes from one process to another: lent, returned, or moved for good. All pages of a call are looked at
 * before the first one goes, and all of them go or none.
 */
final class LendCalls {

    private final SystemContext context;
    private final Spaces spaces;
    private final MemoryCalls calls;
    private final Memory memory;

    LendCalls(SystemContext context, Spaces spaces, MemoryCalls calls) {
        this.context = context;
        this.spaces = spaces;
        this.calls = calls;
        this.memory = context.memory();
    }

    /** Lends memory; answers the number under which it is outstanding. */
    long lend(Process from, long start, long size, Process to, boolean mutable) {
        if (size <= 0) {
            return XousError.BAD_ADDRESS.code();
        }
        if (AddressLayout.isUnaligned(start) || AddressLayout.isUnaligned(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        int index = freeRecord();
        if (index < 0) {
            return XousError.SERVER_QUEUE_FULL.code();
        }
        long error = checkPages(from, start, size);
        if (error != 0) {
            return error;
        }
        Undo undo = new Undo();
        error = backAll(from, start, size, undo);
        long target = start;
        if (error == 0 && from.pid() != to.pid()) {
            target = calls.free(to, ProcessRecord.LAST_MESSAGE, AddressLayout.MESSAGES, size);
            error = target < 0 ? target : lendPages(from, start, size, to, target, mutable, undo);
        }
        if (error != 0) {
            return undo.rollback(error);
        }
        if (from.pid() != to.pid()) {
            to.set(ProcessRecord.LAST_MESSAGE, target);
        }
        long record = context.layout().lend(index);
        LendRecord.STATE.set(memory, record, LendRecord.OPEN);
        LendRecord.LENDER.set(memory, record, from.pid());
        LendRecord.BORROWER.set(memory, record, to.pid());
        LendRecord.LENDER_START.set(memory, record, start);
        LendRecord.BORROWER_START.set(memory, record, target);
        LendRecord.LENGTH.set(memory, record, size);
        return index;
    }

    private long lendPages(Process from, long start, long size, Process to, long target, boolean mutable, Undo undo) {
        for (long at = 0; at < size; at += PAGE) {
            long entry = from.entry((start + at) / PAGE);
            long page = Mapping.PAGE.get(memory, entry);
            long may = Mapping.FLAGS.get(memory, entry);
            int flags = Flags.READ | (mutable && (may & Flags.WRITE) != 0 ? Flags.WRITE : 0);
            long error = spaces.map(to, (target + at) / PAGE, page, flags, Mapping.BORROWED, undo);
            if (error != 0) {
                return error;
            }
        }
        for (long at = 0; at < size; at += PAGE) {
            long error = hide(from, (start + at) / PAGE, undo);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    /** Takes a page out of its owner's sight. */
    private long hide(Process process, long virtualPage, Undo undo) {
        long entry = process.entry(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        long error = spaces.hide(process, virtualPage);
        if (error == 0) {
            Mapping.STATE.set(memory, entry, Mapping.LENT);
            context.frames().setLent(page, true);
            undo.push(() -> {
                context.frames().setLent(page, false);
                spaces.showAgain(process, virtualPage);
            });
        }
        return error;
    }

    /** Gives a page back into its owner's sight. */
    private long show(Process process, long virtualPage) {
        long entry = process.entry(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        int flags = (int) Mapping.FLAGS.get(memory, entry);
        Undo undo = new Undo();
        long error = spaces.map(process, virtualPage, page, flags, Mapping.MAPPED, undo);
        if (error != 0) {
            return undo.rollback(error);
        }
        context.frames().setLent(page, false);
        return 0;
    }

    /** Whether all pages are there, or come at first touch; nothing is done yet. */
    private long checkPages(Process process, long start, long size) {
        // ends at the latest with the addresses, however large the size is
        for (long at = start; at - start < size; at += PAGE) {
            if (at < 0 || at >= spaces.end()) {
                return XousError.OUT_OF_MEMORY.code();
            }
            long entry = process.entry(at / PAGE);
            long state = entry == 0 ? 0 : Mapping.STATE.get(memory, entry);
            if (state != Mapping.MAPPED && (state != Mapping.RESERVED || Mapping.FLAGS.get(memory, entry) == 0)) {
                return XousError.BAD_ADDRESS.code();
            }
            if (state == Mapping.MAPPED && context.frames().mappings(Mapping.PAGE.get(memory, entry)) > 1) {
                return XousError.SHARE_VIOLATION.code();
            }
        }
        return 0;
    }

    private long backAll(Process process, long start, long size, Undo undo) {
        for (long at = start; at < start + size; at += PAGE) {
            if (process.state(at / PAGE) == Mapping.RESERVED) {
                long error = spaces.back(process, at / PAGE, undo);
                if (error != 0) {
                    return error;
                }
            }
        }
        return 0;
    }

    private int freeRecord() {
        for (int i = 0; i < LendRecord.COUNT; i++) {
            if (LendRecord.STATE.get(memory, context.layout().lend(i)) == LendRecord.FREE) {
                return i;
            }
        }
        return -1;
    }

    /** Where the borrower sees what is outstanding under a number. */
    MemoryRange borrowed(long index) {
        long record = context.layout().lend((int) index);
        return new MemoryRange(LendRecord.BORROWER_START.get(memory, record), LendRecord.LENGTH.get(memory, record));
    }

    long returnMemory(Process process, long index, long start, long size) {
        if (index < 0 || index >= LendRecord.COUNT) {
            return XousError.DOUBLE_FREE.code();
        }
        long record = context.layout().lend((int) index);
        if (LendRecord.STATE.get(memory, record) == LendRecord.FREE) {
            return XousError.DOUBLE_FREE.code();
        }
        if (LendRecord.BORROWER.get(memory, record) != process.pid()) {
            return XousError.SERVER_NOT_FOUND.code();
        }
        if (LendRecord.BORROWER_START.get(memory, record) != start || LendRecord.LENGTH.get(memory, record) != size) {
            return XousError.BAD_ADDRESS.code();
        }
        return giveBack(record);
    }

    /** Ends a lend. What the kernel beneath refuses can be done again: pages that are back are skipped. */
    private long giveBack(long record) {
        Process lender = context.process((int) LendRecord.LENDER.get(memory, record));
        Process borrower = context.process((int) LendRecord.BORROWER.get(memory, record));
        boolean isOrphan = LendRecord.STATE.get(memory, record) == LendRecord.ORPHAN;
        long size = LendRecord.LENGTH.get(memory, record);
        for (long at = 0; lender.pid() != borrower.pid() && at < size; at += PAGE) {
            long borrowed = (LendRecord.BORROWER_START.get(memory, record) + at) / PAGE;
            long own = (LendRecord.LENDER_START.get(memory, record) + at) / PAGE;
            long error = isOrphan ? forget(borrower, borrowed) : takeBack(lender, own, borrower, borrowed);
            if (error != 0) {
                return error;
            }
        }
        memory.clear(record, LendRecord.BYTES);
        return 0;
    }

    private long takeBack(Process lender, long own, Process borrower, long borrowed) {
        SparseMap map = borrower.mappings();
        if (map.find(borrowed) != 0) {
            long error = spaces.hide(borrower, borrowed);
            if (error != 0) {
                return error;
            }
            map.remove(borrowed);
        }
        return lender.state(own) == Mapping.LENT ? show(lender, own) : 0;
    }

    private long forget(Process borrower, long borrowed) {
        SparseMap map = borrower.mappings();
        long entry = map.find(borrowed);
        if (entry == 0) {
            return 0;
        }
        long page = Mapping.PAGE.get(memory, entry);
        if (Mapping.COPY.get(memory, entry) != 0) {
            long error = spaces.hide(borrower, borrowed);
            if (error != 0) {
                return error;
            }
        }
        if (!context.allocations().giveBack(page)) {
            return XousError.INTERNAL_ERROR.code();
        }
        map.remove(borrowed);
        return 0;
    }

    /** Moves memory for good; answers where the receiver has it. */
    long move(Process from, long start, long size, Process to) {
        if (size <= 0 || AddressLayout.isUnaligned(start) || AddressLayout.isUnaligned(size)) {
            return XousError.BAD_ADDRESS.code();
        }
        long error = checkPages(from, start, size);
        if (error != 0) {
            return error;
        }
        Undo undo = new Undo();
        error = backAll(from, start, size, undo);
        if (error != 0) {
            return undo.rollback(error);
        }
        if (from.pid() == to.pid()) {
            return start;
        }
        long target = calls.free(to, ProcessRecord.LAST_MESSAGE, AddressLayout.MESSAGES, size);
        error = target < 0 ? target : movePages(from, start, size, to, target, undo);
        if (error != 0) {
            return undo.rollback(error);
        }
        to.set(ProcessRecord.LAST_MESSAGE, target);
        for (long at = 0; at < size; at += PAGE) {
            long page = Mapping.PAGE.get(memory, from.entry((start + at) / PAGE));
            context.frames().setLent(page, false);
            context.allocations().handOver(page, to.pid());
            from.mappings().remove((start + at) / PAGE);
        }
        return target;
    }

    private long movePages(Process from, long start, long size, Process to, long target, Undo undo) {
        for (long at = 0; at < size; at += PAGE) {
            long entry = from.entry((start + at) / PAGE);
            long page = Mapping.PAGE.get(memory, entry);
            int flags = (int) Mapping.FLAGS.get(memory, entry);
            // through a copy also where the page's own capability is free, which the owner needs if this is undone
            long error = spaces.mapCopy(to, (target + at) / PAGE, page, flags, Mapping.MAPPED, undo);
            if (error != 0) {
                return error;
            }
        }
        for (long at = 0; at < size; at += PAGE) {
            long error = hide(from, (start + at) / PAGE, undo);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    /** A process ends: it gives back what it borrowed, and what it lent is the kernel's until it is returned. */
    long end(Process process) {
        for (int i = 0; i < LendRecord.COUNT; i++) {
            long record = context.layout().lend(i);
            if (LendRecord.STATE.get(memory, record) == LendRecord.FREE) {
                continue;
            }
            if (LendRecord.BORROWER.get(memory, record) == process.pid()) {
                long error = giveBack(record);
                if (error != 0) {
                    return error;
                }
            } else if (LendRecord.LENDER.get(memory, record) == process.pid()) {
                LendRecord.STATE.set(memory, record, LendRecord.ORPHAN);
                LendRecord.LENDER.set(memory, record, Pid.KERNEL);
            }
        }
        return 0;
    }
}
