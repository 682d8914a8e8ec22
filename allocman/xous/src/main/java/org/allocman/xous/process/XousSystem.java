package org.allocman.xous.process;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.LongSupplier;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.FrameBook;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageBook;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousError;
import org.allocman.xous.XousPages;

/**
 * Xous' memory and processes on a capability kernel: the calls of Xous that concern memory, with its errors in its order
 * (Xous, {@code kernel/src/syscall.rs}, {@code mem.rs}, {@code services.rs}). After an error nothing has changed, but for
 * {@link #unmapMemory}, {@link #decreaseHeap}, {@link #returnMemory} and {@link #exit}, which do what they can, and can be called
 * again; pages of RAM that turned out to be the manager's are the kernel's; and RAM that the caller has and asked for again may
 * be zero already.
 *
 * <p>If the kernel beneath refuses to undo what was done of a call, that is noted, and every call first undoes what is noted. While
 * that is refused still, no call does anything but answer InternalError.
 *
 * <p>The object is a view: all it knows lies in memory.
 */
public final class XousSystem {
    private final Parts parts;
    private final MemoryCalls memoryCalls;
    private final LendCalls lendCalls;
    private final ProcessCalls processCalls;
    private final BookWindow window;
    private final long windowNode;

    private XousSystem(Parts parts, BookWindow window, @VirtAddr long windowNode) {
        this.window = window;
        this.windowNode = windowNode;
        Spaces spaces = new Spaces(parts);
        this.parts = parts;
        this.memoryCalls = new MemoryCalls(parts, spaces);
        this.lendCalls = new LendCalls(parts, spaces, memoryCalls);
        this.processCalls = new ProcessCalls(parts, spaces, lendCalls);
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
        if (!FrameBook.canServe(vka.architecture())) {
            return Either.left(new VkaError(
                    VkaError.Reason.ILLEGAL_SIZE,
                    "on " + vka.architecture().text() + " page tables are not pages, and Xous needs them to be"));
        }
        SystemLayout layout = new SystemLayout(config.window(), config.whitelist(), config.form());
        NodeStore nodes = new PoolNodes(allocman);
        long node = nodes.take();
        if (node == 0) {
            return Either.left(new VkaError(
                    VkaError.Reason.OUT_OF_BOOK_KEEPING, "there is no memory for the list of what the tables take"));
        }
        BookWindow window = new BookWindow(kernel, memory, vka, config.window(), node);
        Option<VkaError> error = window.open(layout.bytes());
        if (error.isDefined()) {
            boolean isClosed = window.close().isEmpty();
            if (isClosed) {
                nodes.giveBack(node);
            }
            return Either.left(isClosed ? error.get() : leaving(error.get()));
        }
        XousSystem system = new XousSystem(Parts.of(kernel, memory, vka, nodes, layout), window, node);
        Option<VkaError> failure = system.initialise(config);
        if (failure.isDefined()) {
            return Either.left(system.close().isEmpty() ? failure.get() : leaving(failure.get()));
        }
        return Either.right(system);
    }

    private static VkaError leaving(VkaError error) {
        return new VkaError(
                error.reason(),
                error.message() + "; and the kernel refused to take back what there was already",
                error.invocation(),
                error.kernel());
    }

    private Option<VkaError> initialise(XousConfig config) {
        parts.book().initialise();
        Whitelist whitelist = config.whitelist();
        for (long page = 0; page < whitelist.pages(); page++) {
            if (!isHandedOver(config, whitelist.address(page)) && !parts.book().setElsewhere(page)) {
                return Option.some(new VkaError(
                        VkaError.Reason.OUT_OF_BOOK_KEEPING,
                        "the owners' table has no room for the pages that are the kernel's"));
            }
        }
        for (int i = 0; i < Places.KERNEL_WINDOWS.length; i++) {
            long page = parts.book().allocate(Pid.KERNEL);
            if (page < 0) {
                return Option.some(new VkaError(
                        VkaError.Reason.OUT_OF_UNTYPED,
                        "the pages of the kernel's windows are not to be had: " + XousError.of(page)));
            }
            parts.layout().setKernelPage(parts.memory(), i, page);
            // it counts as mapped also while there is no process, so that it cannot be released
            parts.frames().addMapping(page, 1);
        }
        return Option.none();
    }

    private static boolean isHandedOver(XousConfig config, long address) {
        for (Untyped untyped : config.untypeds()) {
            if (address - untyped.paddr() >= 0
                    && address + NamedRange.PAGE - untyped.paddr() <= 1L << untyped.sizeBits()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Ends all processes and gives everything back, the tables too; the system is not to be used afterwards.
     *
     * @return nothing, or InternalError if the kernel beneath refused something; then this can be called again and goes on
     */
    public Option<XousError> close() {
        boolean isClosed =
                (window.isClosing() || giveAllBack()) && window.close().isEmpty();
        if (!isClosed) {
            return Option.some(XousError.INTERNAL_ERROR);
        }
        parts.nodes().giveBack(windowNode);
        return Option.none();
    }

    private boolean giveAllBack() {
        boolean all = processCalls.finish() == 0;
        for (int pid = Pid.FIRST; pid <= Pid.LAST && all; pid++) {
            all = !isRunning(pid) || processCalls.exit(pid) == 0;
        }
        all = all && processCalls.finish() == 0 && new AsidPools(parts).close();
        for (long page = 0; page < parts.book().whitelist().pages() && all; page++) {
            all = parts.book().owner(page) == Pid.FREE || parts.book().giveBack(page);
        }
        return all;
    }

    /**
     * Who owns which page. It is there to be looked at; what processes have mapped changes by calls only.
     *
     * @return the book of pages
     */
    public PageBook book() {
        return parts.book();
    }

    /**
     * The objects in owned pages.
     *
     * @return the book of frames
     */
    public FrameBook frames() {
        return parts.frames();
    }

    /**
     * The pages as a kind of memory among others.
     *
     * @return the kind
     */
    public XousPages pages() {
        return new XousPages(parts.book());
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
     * @param pid one that runs
     * @return its physical address
     */
    public @PhysAddr long rootTable(int pid) {
        return parts.book().whitelist().address(ProcessRecord.ROOT.get(parts.memory(), parts.process(pid)));
    }

    /**
     * How large a process' heap is.
     *
     * @param pid one that runs
     * @return bytes
     */
    public @Bytes long heapSize(int pid) {
        return processCalls.heapSize(pid);
    }

    /**
     * How many threads a process has.
     *
     * @param pid one that runs
     * @return 1 to 29
     */
    public int threads(int pid) {
        return processCalls.threads(pid);
    }

    /**
     * MapMemory (call 2): with a physical address, claims and maps those pages; without, and for a device, maps free pages in
     * a row; else sets addresses aside, and pages come at first touch. RAM is zero afterwards, also RAM that the caller had.
     *
     * @param pid the caller
     * @param physical first byte, or 0 for none
     * @param virtual where to, or 0 for a place of the kernel's choice
     * @param size bytes
     * @param flags of {@link Flags}
     * @return the addresses; or InvalidSyscall, BadAddress, BadAlignment, MemoryInUse, OutOfMemory
     */
    public Either<XousError, MemoryRange> mapMemory(
            int pid, @PhysAddr long physical, @VirtAddr long virtual, @Bytes long size, int flags) {
        return process(pid)
                .flatMap(is -> answer(memoryCalls.mapMemory(pid, physical, virtual, size, flags)))
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
        return of(pid, () -> memoryCalls.unmapMemory(pid, start, size));
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
                .flatMap(is -> answer(memoryCalls.increaseHeap(pid, delta, flags)))
                .map(start -> new MemoryRange(
                        start, delta == 0 ? Math.max(processCalls.heapSize(pid), NamedRange.PAGE) : delta));
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
                .flatMap(is -> answer(memoryCalls.decreaseHeap(pid, delta)))
                .map(start -> new MemoryRange(start, processCalls.heapSize(pid)));
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
        return of(pid, () -> {
            if (start == 0 || size <= 0) {
                return XousError.BAD_ADDRESS.code();
            }
            return other != 0 ? XousError.PROCESS_NOT_CHILD.code() : memoryCalls.updateFlags(pid, start, size, flags);
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
        return process(pid).flatMap(is -> answer(processCalls.adjustLimit(pid, index, current, wanted)));
    }

    /**
     * VirtToPhys (call 39).
     *
     * @param pid the caller
     * @param virtual an address
     * @return what it is mapped to, or BadAddress
     */
    public Either<XousError, Long> virtToPhys(int pid, @VirtAddr long virtual) {
        return process(pid).flatMap(is -> answer(memoryCalls.physical(pid, virtual)));
    }

    /**
     * SetMemRegion (call 13): Xous declares it and has nothing behind it.
     *
     * @return UnhandledSyscall
     */
    public XousError setMemRegion() {
        return XousError.UNHANDLED_SYSCALL;
    }

    /**
     * ClaimInterrupt (call 5).
     *
     * @param pid the caller
     * @param interrupt 0 to 31
     * @return nothing, or InterruptNotFound, InterruptInUse
     */
    public Option<XousError> claimInterrupt(int pid, int interrupt) {
        return of(pid, () -> processCalls.claimInterrupt(pid, interrupt));
    }

    /**
     * FreeInterrupt (call 6).
     *
     * @param pid the caller
     * @param interrupt 0 to 31
     * @return nothing, or InterruptNotFound
     */
    public Option<XousError> freeInterrupt(int pid, int interrupt) {
        return of(pid, () -> processCalls.freeInterrupt(pid, interrupt));
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
                .flatMap(is -> answer(processCalls.createThread(pid, stack, size)))
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
        return process(pid).flatMap(is -> answer(memoryCalls.touch(pid, virtual)));
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
                .flatMap(is -> process(to))
                .flatMap(is -> answer(lendCalls.lend(from, start, size, to, mutable)))
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
        return of(pid, () -> lendCalls.returnMemory(pid, number, start, size));
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
                .flatMap(is -> process(to))
                .flatMap(is -> answer(lendCalls.move(from, start, size, to)))
                .map(target -> new MemoryRange(target, size));
    }

    /**
     * What the book-keeping takes now.
     *
     * @return bytes by purpose
     */
    public Cost cost() {
        long nodes = 0;
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            nodes += parts.map(pid).nodes();
        }
        long bitmaps = 2 * parts.layout().book().bitmapBytes();
        return new Cost(
                parts.book().tableBytes(),
                bitmaps,
                parts.frames().nodes() * SparseMap.NODE_BYTES,
                parts.layout().bytes() - parts.layout().book().bytes(),
                nodes * SparseMap.NODE_BYTES);
    }

    /** Every call of a process begins like this: with what is unfinished, then with who calls. */
    private Either<XousError, Boolean> process(int pid) {
        return answer(processCalls.finish())
                .flatMap(is -> isRunning(pid) ? Either.right(true) : Either.left(XousError.PROCESS_NOT_FOUND));
    }

    private Option<XousError> of(int pid, LongSupplier call) {
        return process(pid).fold(Option::some, is -> error(call.getAsLong()));
    }

    private static Either<XousError, Long> answer(long answer) {
        return answer >= 0 ? Either.right(answer) : Either.left(XousError.of(answer));
    }

    private static Option<XousError> error(long answer) {
        return answer >= 0 ? Option.none() : Option.some(XousError.of(answer));
    }
}
