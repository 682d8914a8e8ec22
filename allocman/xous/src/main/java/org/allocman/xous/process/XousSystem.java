package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.function.ToLongFunction;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.xous.FrameTable;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;
import org.allocman.xous.XousPages;
import org.allocman.xous.XousRules;

/**
 * Xous' memory and processes on a capability kernel: the calls of Xous that concern memory, with its errors in its order
 * (Xous, {@code kernel/src/syscall.rs}, {@code mem.rs}, {@code services.rs}). After an error nothing has changed, but for
 * {@link #unmapMemory}, {@link #decreaseHeap}, {@link #returnMemory} and {@link #exit}, which do what they can, and can be called
 * again; pages of RAM that turned out to be the manager's are the kernel's; and RAM that the caller has and asked for again may
 * be zero already.
 *
 * <p>PID 1 is the kernel. It is no process, but maps and unmaps memory, asks where it is, and claims and frees interrupts; other
 * calls answer ProcessNotFound for it. It owns pages by the rules by which processes do, without further rights. What it maps is in
 * one of the {@linkplain AddressLayout#kernelWindows windows}, in every process at the same address, and no process sees it.
 *
 * <p>If the kernel beneath refuses to undo what was done of a call, that is noted, and every call first undoes what is noted. While
 * that is refused still, no call does anything but answer InternalError.
 *
 * <p>The object is a view: all it knows lies in memory.
 */
public final class XousSystem {
    private final SystemTables tables;
    private final SystemContext context;
    private final MemoryCalls memoryCalls;
    private final LendCalls lendCalls;
    private final ProcessCalls processCalls;
    private final ThreadCalls threadCalls;
    private final InterruptCalls interruptCalls;
    private final KernelCalls kernelCalls;

    private XousSystem(SystemTables tables) {
        this.tables = tables;
        this.context = tables.context();
        Spaces spaces = new Spaces(context);
        this.memoryCalls = new MemoryCalls(context, spaces, new ScratchMapping(context));
        this.lendCalls = new LendCalls(context, spaces, memoryCalls);
        this.threadCalls = new ThreadCalls(context, spaces);
        this.interruptCalls = new InterruptCalls(context);
        this.kernelCalls = new KernelCalls(context, spaces, memoryCalls);
        this.processCalls = new ProcessCalls(context, spaces, lendCalls, threadCalls, interruptCalls, kernelCalls);
    }

    /**
     * Starts a system: makes its tables, gives the kernel the pages it has already, and takes its windows' pages.
     *
     * @param kernel makes mappings
     * @param memory the root task's memory
     * @param allocman gives memory for book-keeping
     * @param vka makes the objects, on the same manager or on another
     * @param config the pages, and where the tables go
     * @return the system, or why there is none
     */
    public static Either<VkaError, XousSystem> start(
            Kernel kernel, Memory memory, Allocman allocman, Vka vka, XousConfig config) {
        if (!FrameTable.canServe(vka.architecture())) {
            return Either.left(new VkaError(
                    VkaError.Reason.ILLEGAL_SIZE,
                    "on " + vka.architecture().text() + " page tables are not pages, and Xous needs them to be"));
        }
        return SystemTables.open(kernel, memory, allocman, vka, config).flatMap(tables -> {
            XousSystem system = new XousSystem(tables);
            Option<VkaError> failure = tables.initialise(config);
            if (failure.isEmpty()) {
                return Either.right(system);
            }
            return Either.left(system.close().isEmpty() ? failure.get() : SystemTables.leaving(failure.get()));
        });
    }

    /**
     * Ends all processes and gives everything back, the tables too; the system is not to be used afterwards.
     *
     * @return nothing, or InternalError if the kernel beneath refused something; then this can be called again and goes on
     */
    public Option<XousError> close() {
        boolean isClosed = (tables.isClosing() || endAll()) && tables.close();
        return Option.when(!isClosed, XousError.INTERNAL_ERROR);
    }

    private boolean endAll() {
        boolean all = processCalls.finish() == 0;
        for (int pid = Pid.FIRST; pid <= Pid.LAST && all; pid++) {
            all = !isRunning(pid) || processCalls.exit(pid) == 0;
        }
        if (!all || processCalls.finish() != 0) {
            return false;
        }
        kernelCalls.clear();
        return tables.giveBackPages();
    }

    /**
     * Who owns which page. It is there to be looked at; what processes have mapped changes by calls only.
     *
     * @return the book of pages
     */
    public PageAllocations allocations() {
        return context.allocations();
    }

    /**
     * The objects in owned pages.
     *
     * @return the book of frames
     */
    public FrameTable frames() {
        return context.frames();
    }

    /**
     * The pages as a kind of memory among others.
     *
     * @return the kind
     */
    public XousPages pages() {
        return new XousPages(context.allocations());
    }

    /**
     * Makes a process: an address space with the kernel's windows in it, addresses for a stack, no heap, one thread.
     *
     * @return its number, or OutOfMemory
     */
    public Either<XousError, Integer> spawn() {
        return answer(processCalls.finish())
                .flatMap(is -> answer(processCalls.spawn()))
                .map(Long::intValue);
    }

    /**
     * Ends a process. Its pages are free, but for those it lent: they are the kernel's until they are returned. What it
     * borrowed is back with its owner.
     *
     * @param pid who ends
     * @return nothing, or ProcessNotFound; after InternalError it goes on with the next call, whichever that is
     */
    public Option<XousError> exit(int pid) {
        return error(processCalls.exit(pid));
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

    /**
     * Where a process' root page table is.
     *
     * @param pid any number
     * @return its physical address, or ProcessNotFound
     */
    public Either<XousError, Long> rootTable(int pid) {
        return running(pid).map(process -> context.allocations().whitelist().address(process.get(ProcessRecord.ROOT)));
    }

    /**
     * How large a process' heap is.
     *
     * @param pid any number
     * @return bytes, or ProcessNotFound
     */
    public Either<XousError, Long> heapSize(int pid) {
        return running(pid).map(XousSystem::heapSize);
    }

    /**
     * How many threads a process has.
     *
     * @param pid any number
     * @return 1 to 29, or ProcessNotFound
     */
    public Either<XousError, Integer> threads(int pid) {
        return running(pid).map(ThreadCalls::count);
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
     * ClaimInterrupt (call 5).
     *
     * @param pid the caller
     * @param interrupt 0 to 31
     * @return nothing, or InterruptNotFound, InterruptInUse
     */
    public Option<XousError> claimInterrupt(int pid, int interrupt) {
        return of(caller(pid), process -> interruptCalls.claim(process, interrupt));
    }

    /**
     * FreeInterrupt (call 6).
     *
     * @param pid the caller
     * @param interrupt 0 to 31
     * @return nothing, or InterruptNotFound
     */
    public Option<XousError> freeInterrupt(int pid, int interrupt) {
        return of(caller(pid), process -> interruptCalls.free(process, interrupt));
    }

    /**
     * CreateThread (call 18): on a stack that the caller has allocated before.
     *
     * @param pid the caller
     * @param stack the stack's first byte
     * @param size its length in bytes
     * @return the thread's number; or ThreadNotAvailable, BadAddress, OutOfMemory
     */
    public Either<XousError, Integer> createThread(int pid, @VirtAddr long stack, @Bytes long size) {
        return process(pid)
                .flatMap(process -> answer(threadCalls.create(process, stack, size)))
                .map(Long::intValue);
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
     * SendMessage (call 16) with Borrow or MutableBorrow: lends pages. The lender does not see them until they are returned.
     *
     * @param from the caller
     * @param start first byte
     * @param size bytes
     * @param to who borrows
     * @param mutable whether the borrower may write, if the lender may
     * @return what it is returned by; or ProcessNotFound, BadAddress, BadAlignment, OutOfMemory, ShareViolation,
     *     ServerQueueFull
     */
    public Either<XousError, Lend> lend(int from, @VirtAddr long start, @Bytes long size, int to, boolean mutable) {
        return process(from)
                .flatMap(lender ->
                        running(to).flatMap(borrower -> answer(lendCalls.lend(lender, start, size, borrower, mutable))))
                .map(number -> new Lend(number, lendCalls.borrowed(number)));
    }

    /**
     * ReturnMemory (call 20): gives back what was lent. If the lender has ended, the pages are free.
     *
     * @param pid who borrowed
     * @param number what {@link #lend} answered
     * @param start where the borrower sees it
     * @param size how many bytes were lent
     * @return nothing, or ServerNotFound, BadAddress, DoubleFree
     */
    public Option<XousError> returnMemory(int pid, long number, @VirtAddr long start, @Bytes long size) {
        return of(process(pid), process -> lendCalls.returnMemory(process, number, start, size));
    }

    /**
     * SendMessage (call 16) with Move: gives pages away for good.
     *
     * @param from the caller
     * @param start first byte
     * @param size bytes
     * @param to who gets them
     * @return where the receiver has them; or ProcessNotFound, BadAddress, OutOfMemory, ShareViolation
     */
    public Either<XousError, MemoryRange> moveMemory(int from, @VirtAddr long start, @Bytes long size, int to) {
        return process(from)
                .flatMap(sender ->
                        running(to).flatMap(receiver -> answer(lendCalls.move(sender, start, size, receiver))))
                .map(target -> new MemoryRange(target, size));
    }

    /**
     * Which kernel's rules hold.
     *
     * @return the rules it was started with
     */
    public XousRules rules() {
        return context.layout().rules();
    }

    /**
     * What PID 1 has mapped beside the windows' own pages.
     *
     * @return its pages, in the order of their addresses
     */
    public List<KernelMapping> kernelMappings() {
        return kernelCalls.mappings();
    }

    /**
     * What the book-keeping takes now.
     *
     * @return bytes by purpose
     */
    public MemoryFootprint cost() {
        return tables.footprint();
    }

    /** Every call of a process begins like this: with what is unfinished, then with who calls. */
    private Either<XousError, Process> process(int pid) {
        return answer(processCalls.finish()).flatMap(is -> running(pid));
    }

    /** The same for calls that PID 1 may make too. */
    private Either<XousError, Process> caller(int pid) {
        return pid == Pid.KERNEL ? answer(processCalls.finish()).map(is -> context.process(pid)) : process(pid);
    }

    private Either<XousError, Process> running(int pid) {
        return isRunning(pid) ? Either.right(context.process(pid)) : Either.left(XousError.PROCESS_NOT_FOUND);
    }

    private static Option<XousError> of(Either<XousError, Process> caller, ToLongFunction<Process> call) {
        return caller.fold(Option::some, process -> error(call.applyAsLong(process)));
    }

    private static long heapSize(Process process) {
        return process.get(ProcessRecord.HEAP_SIZE);
    }

    private static Either<XousError, Long> answer(long answer) {
        return answer >= 0 ? Either.right(answer) : Either.left(XousError.of(answer));
    }

    private static Option<XousError> error(long answer) {
        return answer >= 0 ? Option.none() : Option.some(XousError.of(answer));
    }
}
