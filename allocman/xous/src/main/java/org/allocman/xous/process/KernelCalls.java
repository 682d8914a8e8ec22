package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.Memory;
import org.allocman.xous.FrameTable;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/**
 * The calls of PID 1, the kernel, on memory: what it maps is in every process at the same address, and no process sees it. It
 * owns by the rules that processes own by, and has a list of what it has mapped as they have. Answers are an address or 0, or
 * an {@link XousError#code()}.
 */
final class KernelCalls {
    private final SystemContext context;
    private final Spaces spaces;
    private final MemoryCalls calls;
    private final Process kernel;
    private final Memory memory;

    KernelCalls(SystemContext context, Spaces spaces, MemoryCalls calls) {
        this.context = context;
        this.spaces = spaces;
        this.calls = calls;
        this.kernel = context.process(Pid.KERNEL);
        this.memory = context.memory();
    }

    /** Maps pages that PID 1 names: free ones, and pages of its own. What is in them stays. */
    long map(long physical, long virtual, long size, int flags) {
        if (size <= 0 || (flags & ~Flags.ALL) != 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (physical == 0 || virtual != 0 && !AddressLayout.isOfKernel(virtual, 1)) {
            return XousError.BAD_ADDRESS.code();
        }
        if (AddressLayout.isUnaligned(size)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long start = virtual != 0 ? virtual : free(size);
        if (start < 0 || !AddressLayout.isOfKernel(start, size)) {
            return XousError.BAD_ADDRESS.code();
        }
        long error = calls.checkClaims(kernel, physical, size);
        if (error != 0) {
            return error;
        }
        if (AddressLayout.isUnaligned(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        if (lastTaken(users(), start / PAGE, size / PAGE) >= 0) {
            return XousError.MEMORY_IN_USE.code();
        }
        Undo undo = new Undo();
        // all are claimed before anything else is made that the manager might want one of them for
        for (long at = 0; at < size && error == 0; at += PAGE) {
            error = calls.claimPage(kernel, physical + at, undo);
        }
        List<Process> processes = running();
        for (long at = 0; at < size && error == 0; at += PAGE) {
            long page = context.allocations().find(physical + at);
            error = mapPage(processes, page, (start + at) / PAGE, flags, undo);
        }
        return error == 0 ? start : undo.rollback(error);
    }

    private long mapPage(List<Process> processes, long page, long virtualPage, int flags, Undo undo) {
        long error = enter(virtualPage, page, flags, undo);
        for (int i = 0; i < processes.size() && error == 0; i++) {
            error = spaces.map(processes.get(i), virtualPage, page, 0, Mapping.KERNEL, undo);
        }
        return error;
    }

    private long enter(long virtualPage, long page, int flags, Undo undo) {
        SparseMap map = kernel.mappings();
        long entry = context.frames().mappings(page) == FrameTable.MOST_MAPPINGS ? 0 : map.make(virtualPage);
        if (entry == 0) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Mapping.PAGE.set(memory, entry, page);
        Mapping.FLAGS.set(memory, entry, flags & Flags.ACCESS);
        Mapping.STATE.set(memory, entry, Mapping.MAPPED);
        context.frames().addMapping(page, 1);
        undo.push(() -> {
            context.frames().addMapping(page, -1);
            map.remove(virtualPage);
        });
        return 0;
    }

    private List<Process> running() {
        List<Process> running = new ArrayList<>();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            Process process = context.process(pid);
            if (process.get(ProcessRecord.STATE) == ProcessRecord.RUNNING) {
                running.add(process);
            }
        }
        return running;
    }

    /** All who can have something in the kernel's windows. */
    private List<Process> users() {
        List<Process> users = running();
        users.add(kernel);
        return users;
    }

    /** Addresses of a window where neither PID 1 nor a process has anything, the lowest; or BadAddress. */
    private long free(long size) {
        List<Process> users = users();
        for (long window : AddressLayout.KERNEL_WINDOWS) {
            long page = window / PAGE;
            while (AddressLayout.isOfKernel(page * PAGE, size)) {
                long taken = lastTaken(users, page, size / PAGE);
                if (taken < 0) {
                    return page * PAGE;
                }
                page = taken + 1;
            }
        }
        return XousError.BAD_ADDRESS.code();
    }

    /** A page of a range at which somebody has something, behind which the search goes on; -1 if there is none. */
    private static long lastTaken(List<Process> users, long first, long pages) {
        long last = -1;
        for (long window : AddressLayout.KERNEL_WINDOWS) {
            last = window / PAGE >= first && window / PAGE < first + pages ? window / PAGE : last;
        }
        for (Process one : users) {
            long next = one.mappings().next(first);
            last = next >= 0 && next < first + pages ? Math.max(last, next) : last;
        }
        return last;
    }

    /** Maps all that PID 1 has mapped in a process that is being made; what was done is not undone by itself, the process ends. */
    long addTo(Process process, Undo ends) {
        SparseMap map = kernel.mappings();
        for (long at = map.next(0); at >= 0; at = map.next(at + 1)) {
            long page = Mapping.PAGE.get(memory, kernel.entry(at));
            long error = spaces.map(process, at, page, 0, Mapping.KERNEL, ends);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    /** Takes pages out of every process; with the last place of one, it is free. The windows' own pages stay. */
    long unmap(long start, long size) {
        if (start == 0 || size <= 0) {
            return XousError.INVALID_SYSCALL.code();
        }
        if (AddressLayout.isUnaligned(start)) {
            return XousError.BAD_ALIGNMENT.code();
        }
        if (!AddressLayout.isOfKernel(start, size)) {
            return XousError.BAD_ADDRESS.code();
        }
        long first = 0;
        for (long page = start / PAGE; page <= (start + size - 1) / PAGE; page++) {
            long error = unmapPage(page);
            first = first == 0 ? error : first;
        }
        return first;
    }

    private long unmapPage(long virtualPage) {
        long entry = kernel.entry(virtualPage);
        if (entry == 0) {
            return AddressLayout.isWindow(virtualPage << PAGE_BITS) ? XousError.BAD_ADDRESS.code() : 0;
        }
        Mapping.STATE.set(memory, entry, Mapping.GOING);
        if (!finish(virtualPage)) {
            context.setUnfinished();
            return XousError.INTERNAL_ERROR.code();
        }
        return 0;
    }

    /** Ends what the kernel beneath refused before; returns whether that is done. No process may be about to end. */
    boolean finish() {
        boolean all = true;
        SparseMap map = kernel.mappings();
        for (long at = map.next(0); at >= 0; at = map.next(at + 1)) {
            all &= kernel.state(at) != Mapping.GOING || finish(at);
        }
        return all;
    }

    private boolean finish(long virtualPage) {
        long page = Mapping.PAGE.get(memory, kernel.entry(virtualPage));
        for (Process process : running()) {
            if (process.state(virtualPage) == Mapping.KERNEL) {
                if (spaces.hide(process, virtualPage) != 0) {
                    return false;
                }
                process.mappings().remove(virtualPage);
            }
        }
        if (context.frames().mappings(page) > 1) {
            context.frames().addMapping(page, -1);
        } else if (!context.allocations().giveBack(page)) {
            return false;
        }
        kernel.mappings().remove(virtualPage);
        return true;
    }

    /** What PID 1 sees at an address: what it has mapped, and the windows. */
    long physical(long address) {
        long entry = address < 0 || address >= AddressLayout.ADDRESSES ? 0 : kernel.entry(address / PAGE);
        if (entry != 0) {
            return physical(Mapping.PAGE.get(memory, entry), address);
        }
        for (int i = 0; i < AddressLayout.KERNEL_WINDOWS.length; i++) {
            if (AddressLayout.KERNEL_WINDOWS[i] == (address & -PAGE)) {
                return physical(context.layout().kernelPage(memory, i), address);
            }
        }
        return XousError.BAD_ADDRESS.code();
    }

    private long physical(long page, long address) {
        return context.allocations().whitelist().address(page) + (address & PAGE - 1);
    }

    List<KernelMapping> mappings() {
        List<KernelMapping> mappings = new ArrayList<>();
        SparseMap map = kernel.mappings();
        for (long at = map.next(0); at >= 0; at = map.next(at + 1)) {
            long page = Mapping.PAGE.get(memory, kernel.entry(at));
            mappings.add(new KernelMapping(
                    at << PAGE_BITS, context.allocations().whitelist().address(page), kernel.flags(at)));
        }
        return mappings;
    }

    /** Forgets what is mapped where when no process is left; the pages are still PID 1's. */
    void clear() {
        SparseMap map = kernel.mappings();
        for (long at = map.next(0); at >= 0; at = map.next(at + 1)) {
            map.remove(at);
        }
    }
}
