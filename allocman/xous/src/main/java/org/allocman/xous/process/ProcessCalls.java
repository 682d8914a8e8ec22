package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.vka.Memory;
import org.allocman.xous.PageUse;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/** Processes come and go, and have limits. Results are 0 or more, or an {@link XousError#code()}. */
final class ProcessCalls {
    private static final int HEAP_MOST_LIMIT = 1;
    private static final int HEAP_SIZE_LIMIT = 2;

    private final SystemContext context;
    private final Spaces spaces;
    private final ScratchMapping scratch;
    private final LendCalls lends;
    private final ThreadCalls threads;
    private final InterruptCalls interrupts;
    private final KernelCalls kernel;
    private final AsidPools pools;
    private final Memory memory;

    ProcessCalls(
            SystemContext context,
            Spaces spaces,
            ScratchMapping scratch,
            LendCalls lends,
            ThreadCalls threads,
            InterruptCalls interrupts,
            KernelCalls kernel) {
        this.context = context;
        this.spaces = spaces;
        this.scratch = scratch;
        this.lends = lends;
        this.threads = threads;
        this.interrupts = interrupts;
        this.kernel = kernel;
        this.pools = new AsidPools(context);
        this.memory = context.memory();
    }

    /** Whether there is a process of a number, which may be any. */
    boolean isRunning(int pid) {
        return state(pid) == ProcessRecord.RUNNING;
    }

    private int state(int pid) {
        return pid < Pid.FIRST || pid > Pid.LAST
                ? ProcessRecord.FREE
                : (int) context.process(pid).get(ProcessRecord.STATE);
    }

    /** Makes a process; returns its number. */
    long spawn() {
        int pid = Pid.FIRST;
        while (pid <= Pid.LAST && state(pid) != ProcessRecord.FREE) {
            pid++;
        }
        if (pid > Pid.LAST) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Process process = context.process(pid);
        Undo undo = new Undo();
        long error = build(process, undo);
        if (error == 0) {
            return pid;
        }
        // what there is of it ends as any process does, now or later; then the pool of numbers that was made for it
        end(process);
        return undo.rollback(error);
    }

    private long build(Process process, Undo undo) {
        long root = context.allocations().allocate(process.pid(), PageUse.SPACE);
        if (root < 0) {
            return root;
        }
        process.set(ProcessRecord.ROOT, root);
        long error = pools.assign(context.frames().cptr(root), undo);
        error = error == 0 ? addKernelWindows(process) : error;
        error = error == 0 ? reserveStack(process) : error;
        if (error != 0) {
            return error;
        }
        process.set(ProcessRecord.HEAP_MOST, AddressLayout.HEAP_MOST);
        process.set(ProcessRecord.LAST_THREAD, ThreadCalls.FIRST_THREAD - 1);
        long thread = threads.add(process);
        if (thread < 0) {
            return thread;
        }
        process.set(ProcessRecord.STATE, ProcessRecord.RUNNING);
        return 0;
    }

    private long addKernelWindows(Process process) {
        // not undone by itself: the process ends
        Undo ends = new Undo();
        for (int i = 0; i < AddressLayout.KERNEL_WINDOWS.length; i++) {
            long page = context.layout().kernelPage(memory, i);
            long window = AddressLayout.KERNEL_WINDOWS[i] / PAGE;
            long error = spaces.map(process, window, page, 0, Mapping.KERNEL, ends);
            if (error != 0) {
                return error;
            }
        }
        return kernel.addTo(process, ends);
    }

    private long reserveStack(Process process) {
        Undo ends = new Undo();
        long bottom = AddressLayout.STACK_TOP - AddressLayout.STACK_BYTES;
        for (long page = bottom / PAGE; page < AddressLayout.STACK_TOP / PAGE; page++) {
            long error = spaces.reserve(process, page, Flags.READ | Flags.WRITE, ends);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    /**
     * Does what calls before this one had to leave undone because the kernel beneath refused. If it refuses still, no call
     * goes on, so that nothing is built on what is to go.
     */
    long finish() {
        boolean isWhole =
                !context.layout().isUnfinished(memory) && context.frames().leftPages() == 0;
        if (isWhole) {
            return 0;
        }
        boolean all = scratch.finish();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            all &= state(pid) != ProcessRecord.RUNNING || finish(context.process(pid));
        }
        for (int pid = Pid.FIRST; pid <= Pid.LAST && all; pid++) {
            all = state(pid) != ProcessRecord.ENDING || end(context.process(pid)) == 0;
        }
        // a process that is about to end still has what PID 1 mapped
        all = all && kernel.finish();
        all &= pools.finish();
        all &= context.allocations().finish();
        context.layout().setUnfinished(memory, !all);
        return all ? 0 : XousError.INTERNAL_ERROR.code();
    }

    private boolean finish(Process process) {
        boolean all = true;
        SparseMap mappings = process.mappings();
        for (long page = mappings.next(0); page >= 0 && page < Mapping.ADDRESSES; page = mappings.next(page + 1)) {
            all &= spaces.finish(process, page);
        }
        return all & threads.finish(process);
    }

    /** A process ends. If the kernel beneath refuses on the way, what is left goes with the next call, whichever. */
    long exit(int pid) {
        int before = state(pid);
        long error = finish();
        if (error != 0) {
            return error;
        }
        if (before == ProcessRecord.ENDING) {
            return 0;
        }
        return before == ProcessRecord.FREE ? XousError.PROCESS_NOT_FOUND.code() : end(context.process(pid));
    }

    private long end(Process process) {
        process.set(ProcessRecord.STATE, ProcessRecord.ENDING);
        long error = lends.end(process);
        error = error == 0 ? threads.end(process) : error;
        error = error == 0 ? endMappings(process) : error;
        if (error != 0) {
            context.setUnfinished();
            return error;
        }
        context.allocations().end(process.pid(), context.frames()::isLent);
        interrupts.end(process);
        process.clear();
        return 0;
    }

    private long endMappings(Process process) {
        SparseMap mappings = process.mappings();
        for (long number = mappings.next(0); number >= 0; number = mappings.next(number + 1)) {
            if (number < Mapping.ADDRESSES) {
                long error = spaces.endMapping(process, number);
                if (error != 0) {
                    return error;
                }
            } else {
                mappings.remove(number);
            }
        }
        return 0;
    }

    /** Sets a limit if it is what the caller believes; returns what it is then. */
    static long adjustLimit(Process process, int index, long current, long wanted) {
        if (index != HEAP_MOST_LIMIT && index != HEAP_SIZE_LIMIT) {
            return XousError.INVALID_LIMIT.code();
        }
        long most = process.get(ProcessRecord.HEAP_MOST);
        if (index == HEAP_MOST_LIMIT) {
            if (most == current && wanted >= 0) {
                process.set(ProcessRecord.HEAP_MOST, wanted);
            }
            return process.get(ProcessRecord.HEAP_MOST);
        }
        if (process.get(ProcessRecord.HEAP_SIZE) == current && wanted >= 0 && wanted < most) {
            process.set(ProcessRecord.HEAP_SIZE, wanted);
        }
        return process.get(ProcessRecord.HEAP_SIZE);
    }
}
