package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.ToLongFunction;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;

/**
 * The calls of Xous by which a process, and PID 1, sees to its own memory: {@link XousSystem} has them and those that concern more than
 * one process.
 */
public abstract sealed class OwnMemoryCalls permits XousSystem {
    final SystemContext context;
    final MemoryCalls memoryCalls;
    final LendCalls lendCalls;
    final ProcessCalls processCalls;
    final ThreadCalls threadCalls;
    final InterruptCalls interruptCalls;
    final KernelCalls kernelCalls;

    OwnMemoryCalls(SystemContext context) {
        this.context = context;
        Spaces spaces = new Spaces(context);
        ScratchMapping scratch = new ScratchMapping(context);
        this.memoryCalls = new MemoryCalls(context, spaces, scratch);
        this.lendCalls = new LendCalls(context, spaces, memoryCalls);
        this.threadCalls = new ThreadCalls(context, spaces);
        this.interruptCalls = new InterruptCalls(context);
        this.kernelCalls = new KernelCalls(context, spaces, memoryCalls);
        this.processCalls =
                new ProcessCalls(context, spaces, scratch, lendCalls, threadCalls, interruptCalls, kernelCalls);
    }

    /**
     * MapMemory (call 2): with a physical address, claims and maps those pages; without, and for a device, maps free pages in
     * a row; else sets addresses aside, and pages come at first touch. RAM is zero afterwards, also RAM that the caller had.
     *
     * <p>PID 1 names a physical address always, and maps within {@link AddressLayout#KERNEL_WINDOW_BYTES} of one of the windows; RAM
     * that it has already is not cleared.
     *
     * @param pid the caller
     * @param physical first byte, or 0 for none
     * @param virtual where to, or 0 for a place of the kernel's choice
     * @param size bytes
     * @param flags of {@link Flags}
     * @return the addresses; or InvalidSyscall, BadAddress, BadAlignment, MemoryInUse, OutOfMemory; where what is mapped may not be
     *     set aside, ShareViolation
     */
    public Either<XousError, MemoryRange> mapMemory(
            int pid, @PhysAddr long physical, @VirtAddr long virtual, @Bytes long size, int flags) {
        ToLongFunction<Process> call = pid == Pid.KERNEL
                ? is -> kernelCalls.map(physical, virtual, size, flags)
                : process -> memoryCalls.mapMemory(process, physical, virtual, size, flags);
        return caller(pid)
                .flatMap(process -> answer(call.applyAsLong(process)))
                .map(start -> new MemoryRange(start, size));
    }

    /**
     * UnmapMemory (call 19): frees pages and addresses. A page that is lent or borrowed stays, and ShareViolation is
     * answered; an error for one page does not keep the others.
     *
     * @param pid the caller
     * @param start first byte
     * @param size bytes; a part of a page counts as a page
     * @return nothing, or the first of InvalidSyscall, BadAlignment, BadAddress, ShareViolation, InternalError
     */
    public Option<XousError> unmapMemory(int pid, @VirtAddr long start, @Bytes long size) {
        ToLongFunction<Process> call = pid == Pid.KERNEL
                ? is -> kernelCalls.unmap(start, size)
                : process -> memoryCalls.unmapMemory(process, start, size);
        return of(caller(pid), call);
    }

    /**
     * IncreaseHeap (call 10): sets addresses aside at the heap's end.
     *
     * @param pid the caller
     * @param delta bytes more; 0 asks where the heap is
     * @param flags of {@link Flags}
     * @return the new part; for 0 the heap, told to be a page at least; or InvalidSyscall, BadAlignment, OutOfMemory
     */
    public Either<XousError, MemoryRange> increaseHeap(int pid, @Bytes long delta, int flags) {
        return process(pid)
                .flatMap(process -> answer(memoryCalls.increaseHeap(process, delta, flags))
                        .map(start -> new MemoryRange(start, delta == 0 ? Math.max(heapSize(process), PAGE) : delta)));
    }

    /**
     * DecreaseHeap (call 11): frees the heap's end.
     *
     * @param pid the caller
     * @param delta bytes less
     * @return the heap as it is then, perhaps without any bytes; or BadAlignment, OutOfMemory, ShareViolation
     */
    public Either<XousError, MemoryRange> decreaseHeap(int pid, @Bytes long delta) {
        return process(pid)
                .flatMap(process -> answer(memoryCalls.decreaseHeap(process, delta))
                        .map(start -> new MemoryRange(start, heapSize(process))));
    }

    /**
     * UpdateMemoryFlags (call 12): takes rights away from pages that are mapped.
     *
     * @param pid the caller
     * @param start first byte
     * @param size bytes
     * @param flags what may still be done
     * @param other the process whose pages they are; 0 for the caller's own, and nothing else is allowed
     * @return nothing, or BadAddress, ProcessNotChild, BadAlignment, MemoryInUse
     */
    public Option<XousError> updateMemoryFlags(int pid, @VirtAddr long start, @Bytes long size, int flags, int other) {
        return of(process(pid), process -> {
            if (start == 0 || size <= 0) {
                return XousError.BAD_ADDRESS.code();
            }
            return other != 0
                    ? XousError.PROCESS_NOT_CHILD.code()
                    : memoryCalls.updateFlags(process, start, size, flags);
        });
    }

    /**
     * AdjustProcessLimit (call 38): sets a limit if it is what the caller believes it to be.
     *
     * @param pid the caller
     * @param index 1 for the size the heap may have, 2 for its size
     * @param current what the caller believes
     * @param wanted what it is to be; a heap's size has to be below what it may be
     * @return what it is afterwards, changed or not; or InvalidLimit
     */
    public Either<XousError, Long> adjustProcessLimit(int pid, int index, long current, long wanted) {
        return process(pid).flatMap(process -> answer(ProcessCalls.adjustLimit(process, index, current, wanted)));
    }

    /**
     * VirtToPhys (call 39).
     *
     * @param pid the caller
     * @param virtual an address
     * @return what it is mapped to, or BadAddress
     */
    public Either<XousError, Long> virtToPhys(int pid, @VirtAddr long virtual) {
        ToLongFunction<Process> call = pid == Pid.KERNEL
                ? is -> kernelCalls.physical(virtual)
                : process -> memoryCalls.physical(process, virtual);
        return caller(pid).flatMap(process -> answer(call.applyAsLong(process)));
    }

    /**
     * First touch: what the kernel does when a process reads or writes an address at which nothing is mapped.
     *
     * @param pid the process
     * @param virtual the address
     * @return the physical address behind it; or OutOfMemory, BadAddress
     */
    public Either<XousError, Long> touch(int pid, @VirtAddr long virtual) {
        return process(pid).flatMap(process -> answer(memoryCalls.touch(process, virtual)));
    }

    /**
     * Whether there is a process of a number.
     *
     * @param pid any number
     * @return true if it runs
     */
    public boolean isRunning(int pid) {
        return processCalls.isRunning(pid);
    }

    /** Every call of a process begins like this: with what is unfinished, then with who calls. */
    final Either<XousError, Process> process(int pid) {
        return answer(processCalls.finish()).flatMap(is -> running(pid));
    }

    /** The same for calls that PID 1 may make too. */
    final Either<XousError, Process> caller(int pid) {
        return pid == Pid.KERNEL ? answer(processCalls.finish()).map(is -> context.process(pid)) : process(pid);
    }

    final Either<XousError, Process> running(int pid) {
        return isRunning(pid) ? Either.right(context.process(pid)) : Either.left(XousError.PROCESS_NOT_FOUND);
    }

    static Option<XousError> of(Either<XousError, Process> caller, ToLongFunction<Process> call) {
        return caller.fold(Option::some, process -> error(call.applyAsLong(process)));
    }

    static long heapSize(Process process) {
        return process.get(ProcessRecord.HEAP_SIZE);
    }

    static Either<XousError, Long> answer(long answer) {
        return answer >= 0 ? Either.right(answer) : Either.left(XousError.of(answer));
    }

    static Option<XousError> error(long answer) {
        return answer >= 0 ? Option.none() : Option.some(XousError.of(answer));
    }
}
