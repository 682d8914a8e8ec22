package org.allocman.xous.process;

import io.vavr.control.Either;
import java.util.ArrayDeque;
import java.util.Deque;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.xous.PageUse;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/** Processes come and go, with threads, limits and interrupts. Answers are 0 or more, or an {@link XousError#code()}. */
final class ProcessCalls {
    /** The first thread of a process; 0 is for interrupts and 1 for exceptions. */
    private static final int FIRST_THREAD = 2;

    private static final int LAST_THREAD = 30;
    private static final int THREADS = LAST_THREAD - FIRST_THREAD + 1;
    private static final int LEAST_STACK_END = 16;
    private static final int HEAP_MOST_LIMIT = 1;
    private static final int HEAP_SIZE_LIMIT = 2;
    private static final int PAGE = BookWindow.PAGE;

    private final Parts parts;
    private final Spaces spaces;
    private final LendCalls lends;
    private final AsidPools pools;
    private final Memory memory;

    ProcessCalls(Parts parts, Spaces spaces, LendCalls lends) {
        this.parts = parts;
        this.spaces = spaces;
        this.lends = lends;
        this.pools = new AsidPools(parts);
        this.memory = parts.memory();
    }

    boolean isRunning(int pid) {
        return state(pid) == ProcessRecord.RUNNING;
    }

    private int state(int pid) {
        return pid < Pid.FIRST || pid > Pid.LAST
                ? ProcessRecord.FREE
                : (int) ProcessRecord.STATE.get(memory, parts.process(pid));
    }

    /** Makes a process; answers its number. */
    long spawn() {
        int pid = Pid.FIRST;
        while (pid <= Pid.LAST && state(pid) != ProcessRecord.FREE) {
            pid++;
        }
        if (pid > Pid.LAST) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Deque<Runnable> undo = new ArrayDeque<>();
        long error = build(pid, undo);
        if (error == 0) {
            return pid;
        }
        // what there is of it ends as any process does, now or later; then the pool of numbers that was made for it
        end(pid);
        return Spaces.undo(undo, error);
    }

    private long build(int pid, Deque<Runnable> undo) {
        long process = parts.process(pid);
        long root = parts.book().allocate(pid, PageUse.SPACE);
        if (root < 0) {
            return root;
        }
        ProcessRecord.ROOT.set(memory, process, root);
        long answer = pools.assign(parts.frames().cptr(root), undo);
        if (answer != 0) {
            return answer;
        }
        // nothing of this is undone by itself
        Deque<Runnable> ends = new ArrayDeque<>();
        for (int i = 0; i < Places.KERNEL_WINDOWS.length; i++) {
            long page = parts.layout().kernelPage(memory, i);
            long error = spaces.map(pid, Places.KERNEL_WINDOWS[i] / PAGE, page, 0, Mapping.KERNEL, ends);
            if (error != 0) {
                return error;
            }
        }
        for (long at = Places.STACK_TOP - Places.STACK_BYTES; at < Places.STACK_TOP; at += PAGE) {
            long error = spaces.reserve(pid, at / PAGE, Flags.READ | Flags.WRITE, ends);
            if (error != 0) {
                return error;
            }
        }
        ProcessRecord.HEAP_MOST.set(memory, process, Places.HEAP_MOST);
        ProcessRecord.LAST_THREAD.set(memory, process, FIRST_THREAD - 1);
        long thread = addThread(pid);
        if (thread < 0) {
            return thread;
        }
        ProcessRecord.STATE.set(memory, process, ProcessRecord.RUNNING);
        return 0;
    }

    /** Makes a thread on a stack that is the process' already; answers its number. */
    long createThread(int pid, long stack, long size) {
        if (Long.bitCount(ProcessRecord.THREADS.get(memory, parts.process(pid))) == THREADS) {
            return XousError.THREAD_NOT_AVAILABLE.code();
        }
        if (stack < 0 || size <= 0 || stack + size <= LEAST_STACK_END || size > spaces.end() - stack) {
            return XousError.BAD_ADDRESS.code();
        }
        for (long page = stack / PAGE; page <= (stack + size - 1) / PAGE; page++) {
            int state = spaces.state(pid, page);
            if (state != Mapping.MAPPED && state != Mapping.RESERVED) {
                return XousError.BAD_ADDRESS.code();
            }
        }
        return addThread(pid);
    }

    private long addThread(int pid) {
        long process = parts.process(pid);
        long threads = ProcessRecord.THREADS.get(memory, process);
        int thread = (int) ProcessRecord.LAST_THREAD.get(memory, process);
        do {
            thread = thread == LAST_THREAD ? FIRST_THREAD : thread + 1;
        } while ((threads & 1L << thread) != 0);
        SparseMap map = parts.map(pid);
        long number = Mapping.FIRST_THREAD + thread;
        long entry = map.make(number);
        if (entry == 0) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Either<VkaError, VkaObject> tcb = parts.vka().tcb();
        if (tcb.isLeft()) {
            map.remove(number);
            return XousError.OUT_OF_MEMORY.code();
        }
        Mapping.THREAD_HANDLE.set(memory, entry, tcb.get().handle());
        Mapping.THREAD_CPTR.set(memory, entry, tcb.get().cptr());
        if (parts.kernel()
                .tcbSetSpace(tcb.get().cptr(), new ThreadSpaces(0, BootSlots.CNODE, 0, spaces.root(pid), 0))
                .failed()) {
            if (!freeThread(map, number)) {
                parts.setUnfinished();
            }
            return XousError.INTERNAL_ERROR.code();
        }
        ProcessRecord.THREADS.set(memory, process, threads | 1L << thread);
        ProcessRecord.LAST_THREAD.set(memory, process, thread);
        return thread;
    }

    /** Frees the TCB of an entry; answers whether entry and TCB are gone. */
    private boolean freeThread(SparseMap map, long number) {
        long entry = map.find(number);
        VkaObject tcb = new VkaObject(
                ObjectType.TCB,
                parts.vka().architecture().sizeBits(ObjectType.TCB, 0),
                Mapping.THREAD_CPTR.get(memory, entry),
                Mapping.THREAD_HANDLE.get(memory, entry));
        if (parts.vka().free(tcb).isDefined()) {
            return false;
        }
        map.remove(number);
        return true;
    }

    /**
     * Does what calls before this one had to leave undone because the kernel beneath refused. If it refuses still, no call
     * goes on, so that nothing is built on what is to go.
     */
    long finish() {
        boolean isWhole = !parts.layout().isUnfinished(memory) && parts.frames().leftPages() == 0;
        if (isWhole) {
            return 0;
        }
        boolean all = spaces.finishPeep();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            all &= state(pid) != ProcessRecord.RUNNING || finish(pid);
        }
        for (int pid = Pid.FIRST; pid <= Pid.LAST && all; pid++) {
            all = state(pid) != ProcessRecord.ENDING || end(pid) == 0;
        }
        all &= pools.finish();
        all &= parts.book().finish();
        parts.layout().setUnfinished(memory, !all);
        return all ? 0 : XousError.INTERNAL_ERROR.code();
    }

    private boolean finish(int pid) {
        boolean all = true;
        SparseMap map = parts.map(pid);
        long threads = ProcessRecord.THREADS.get(memory, parts.process(pid));
        for (long number = map.next(0); number >= 0 && number < Mapping.FIRST_TABLE; number = map.next(number + 1)) {
            if (number < Mapping.ADDRESSES) {
                all &= spaces.finish(pid, number);
            } else if ((threads >>> number - Mapping.FIRST_THREAD & 1) == 0) {
                all &= freeThread(map, number);
            }
        }
        return all;
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
        return before == ProcessRecord.FREE ? XousError.PROCESS_NOT_FOUND.code() : end(pid);
    }

    private long end(int pid) {
        long process = parts.process(pid);
        ProcessRecord.STATE.set(memory, process, ProcessRecord.ENDING);
        long error = lends.end(pid);
        error = error == 0 ? endThreads(pid) : error;
        error = error == 0 ? endMappings(pid) : error;
        if (error != 0) {
            parts.setUnfinished();
            return error;
        }
        parts.book().end(pid, parts.frames()::isLent);
        for (int i = 0; i < SystemLayout.INTERRUPTS; i++) {
            if (parts.layout().interruptOwner(memory, i) == pid) {
                parts.layout().setInterruptOwner(memory, i, Pid.FREE);
            }
        }
        memory.clear(process, ProcessRecord.BYTES);
        return 0;
    }

    private long endThreads(int pid) {
        SparseMap map = parts.map(pid);
        for (long number = map.next(Mapping.FIRST_THREAD);
                number >= 0 && number < Mapping.FIRST_TABLE;
                number = map.next(number + 1)) {
            if (!freeThread(map, number)) {
                return XousError.INTERNAL_ERROR.code();
            }
        }
        return 0;
    }

    private long endMappings(int pid) {
        SparseMap map = parts.map(pid);
        for (long number = map.next(0); number >= 0; number = map.next(number + 1)) {
            if (number < Mapping.ADDRESSES) {
                long error = spaces.endMapping(pid, number);
                if (error != 0) {
                    return error;
                }
            } else {
                map.remove(number);
            }
        }
        return 0;
    }

    long claimInterrupt(int pid, int interrupt) {
        if (interrupt < 0 || interrupt >= SystemLayout.INTERRUPTS) {
            return XousError.INTERRUPT_NOT_FOUND.code();
        }
        if (parts.layout().interruptOwner(memory, interrupt) != Pid.FREE) {
            return XousError.INTERRUPT_IN_USE.code();
        }
        parts.layout().setInterruptOwner(memory, interrupt, pid);
        return 0;
    }

    long freeInterrupt(int pid, int interrupt) {
        if (interrupt < 0
                || interrupt >= SystemLayout.INTERRUPTS
                || parts.layout().interruptOwner(memory, interrupt) != pid) {
            return XousError.INTERRUPT_NOT_FOUND.code();
        }
        parts.layout().setInterruptOwner(memory, interrupt, Pid.FREE);
        return 0;
    }

    /** Sets a limit if it is what the caller believes; answers what it is then. */
    long adjustLimit(int pid, int index, long current, long wanted) {
        if (index != HEAP_MOST_LIMIT && index != HEAP_SIZE_LIMIT) {
            return XousError.INVALID_LIMIT.code();
        }
        long process = parts.process(pid);
        long most = ProcessRecord.HEAP_MOST.get(memory, process);
        if (index == HEAP_MOST_LIMIT) {
            if (most == current && wanted >= 0) {
                ProcessRecord.HEAP_MOST.set(memory, process, wanted);
            }
            return ProcessRecord.HEAP_MOST.get(memory, process);
        }
        if (ProcessRecord.HEAP_SIZE.get(memory, process) == current && wanted >= 0 && wanted < most) {
            ProcessRecord.HEAP_SIZE.set(memory, process, wanted);
        }
        return ProcessRecord.HEAP_SIZE.get(memory, process);
    }

    long heapSize(int pid) {
        return ProcessRecord.HEAP_SIZE.get(memory, parts.process(pid));
    }

    int threads(int pid) {
        return Long.bitCount(ProcessRecord.THREADS.get(memory, parts.process(pid)));
    }
}
