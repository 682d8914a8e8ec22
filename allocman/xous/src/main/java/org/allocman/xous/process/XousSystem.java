package org.allocman.xous.process;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
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
public final class XousSystem extends OwnMemoryCalls {
    private final SystemTables tables;

    private XousSystem(SystemTables tables) {
        super(tables.context());
        this.tables = tables;
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
}
