package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/** Threads of processes, each of which is a TCB. Results are 0 or more, or an {@link XousError#code()}. */
final class ThreadCalls {
    /** The first thread of a process; 0 is for interrupts and 1 for exceptions. */
    static final int FIRST_THREAD = 2;

    private static final int LAST_THREAD = 30;
    private static final int THREADS = LAST_THREAD - FIRST_THREAD + 1;
    private static final int LEAST_STACK_END = 16;

    private final SystemContext context;
    private final Spaces spaces;
    private final Memory memory;

    ThreadCalls(SystemContext context, Spaces spaces) {
        this.context = context;
        this.spaces = spaces;
        this.memory = context.memory();
    }

    /** Makes a thread on a stack that is the process' already; returns its number. */
    long create(Process process, long stack, long size) {
        if (count(process) == THREADS) {
            return XousError.THREAD_NOT_AVAILABLE.code();
        }
        if (stack < 0 || size <= 0 || size > spaces.end() - stack || stack + size <= LEAST_STACK_END) {
            return XousError.BAD_ADDRESS.code();
        }
        for (long page = stack / PAGE; page <= (stack + size - 1) / PAGE; page++) {
            int state = process.state(page);
            if (state != Mapping.MAPPED && state != Mapping.RESERVED) {
                return XousError.BAD_ADDRESS.code();
            }
        }
        return add(process);
    }

    /** Makes a thread; returns the next number that is free, behind that of the thread before. */
    long add(Process process) {
        int thread = nextNumber(process);
        SparseMap mappings = process.mappings();
        long number = Mapping.FIRST_THREAD + thread;
        long entry = mappings.make(number);
        if (entry == 0) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Either<VkaError, VkaObject> tcb = context.vka().tcb();
        if (tcb.isLeft()) {
            mappings.remove(number);
            return XousError.OUT_OF_MEMORY.code();
        }
        Mapping.THREAD_HANDLE.set(memory, entry, tcb.get().handle());
        Mapping.THREAD_CPTR.set(memory, entry, tcb.get().cptr());
        if (context.kernel()
                .tcbSetSpace(tcb.get().cptr(), new ThreadSpaces(0, BootSlots.CNODE, 0, spaces.root(process), 0))
                .failed()) {
            if (!free(process, number)) {
                context.setUnfinished();
            }
            return XousError.INTERNAL_ERROR.code();
        }
        process.set(ProcessRecord.THREADS, process.get(ProcessRecord.THREADS) | 1L << thread);
        process.set(ProcessRecord.LAST_THREAD, thread);
        return thread;
    }

    private static int nextNumber(Process process) {
        long threads = process.get(ProcessRecord.THREADS);
        int thread = (int) process.get(ProcessRecord.LAST_THREAD);
        for (int tries = 0; tries < THREADS; tries++) {
            thread = thread == LAST_THREAD ? FIRST_THREAD : thread + 1;
            if ((threads & 1L << thread) == 0) {
                return thread;
            }
        }
        throw new IllegalStateException("the caller looks whether a number is free");
    }

    /** Frees the TCB of an entry; returns whether entry and TCB are gone. */
    private boolean free(Process process, long number) {
        long entry = process.entry(number);
        VkaObject tcb = new VkaObject(
                ObjectType.TCB,
                context.vka().architecture().sizeBits(ObjectType.TCB, 0),
                Mapping.THREAD_CPTR.get(memory, entry),
                Mapping.THREAD_HANDLE.get(memory, entry));
        if (context.vka().free(tcb).isDefined()) {
            return false;
        }
        process.mappings().remove(number);
        return true;
    }

    /** Frees the TCBs of threads that were not made to the end; returns whether that is done. */
    boolean finish(Process process) {
        boolean all = true;
        long threads = process.get(ProcessRecord.THREADS);
        for (long number = first(process, Mapping.FIRST_THREAD); number >= 0; number = first(process, number + 1)) {
            boolean isWhole = (threads >>> number - Mapping.FIRST_THREAD & 1) != 0;
            all &= isWhole || free(process, number);
        }
        return all;
    }

    /** The process ends: frees all its threads, in the order of their numbers, until the kernel beneath refuses. */
    long end(Process process) {
        for (long number = first(process, Mapping.FIRST_THREAD); number >= 0; number = first(process, number + 1)) {
            if (!free(process, number)) {
                return XousError.INTERNAL_ERROR.code();
            }
        }
        return 0;
    }

    /** The first entry of a thread from a number on; -1 if there is none. */
    private static long first(Process process, long from) {
        long number = process.mappings().next(from);
        return number < Mapping.FIRST_TABLE ? number : -1;
    }

    static int count(Process process) {
        return Long.bitCount(process.get(ProcessRecord.THREADS));
    }
}
