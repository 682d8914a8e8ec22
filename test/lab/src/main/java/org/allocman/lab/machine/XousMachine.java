package org.allocman.lab.machine;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.TaskSpace;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.untyped.ArenaDesign;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Kernel;
import org.allocman.vka.Rounding;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.allocman.vka.args.RangeList;
import org.allocman.vka.args.RangeList.Described;
import org.allocman.xous.TableForm;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousRules;
import org.allocman.xous.process.XousConfig;
import org.allocman.xous.process.XousSystem;

/**
 * A booted board with a resource manager and Xous on it.
 *
 * @param managed the machine and its manager
 * @param vka the allocator that Xous gets its pages from
 * @param system Xous
 */
public record XousMachine(ManagedMachine managed, Vka vka, XousSystem system) {
    /** All pages are asked for by address, and so are their neighbours. */
    private static final UntypedDesign EVERY_ADDRESS = new ArenaDesign(6, 6);

    /** Slots for threads, page tables and the manager's own. */
    private static final long OTHER_SLOTS = 2048;

    /** A CNode of the second level has 512 slots. */
    private static final int SECOND_LEVEL_BITS = 9;

    /** An entry of the frames' table, one of a process' mappings, and a child of an arena take less. */
    private static final long BOOK_KEEPING_OF_PAGE = 64;

    /**
     * The list of ranges that a board gives: its largest RAM, and everything else but the kernel's own devices. It is made as
     * Xous' image tool makes it.
     *
     * @param board the board
     * @return the ranges, RAM first
     */
    public static List<NamedRange> ranges(Board board) {
        List<Described> regions = board.regions().stream()
                .filter(region -> region.kind() != Region.Kind.KERNEL_DEVICE)
                .map(XousMachine::described)
                .toList();
        return RangeList.of(described(board.largestRam()), regions);
    }

    private static Described described(Region region) {
        return new Described(region.name(), region.start(), region.size());
    }

    /**
     * The whitelist for ranges on a board, which knows its mirrors.
     *
     * @param board the board
     * @param ranges RAM first
     * @return the whitelist
     * @throws ArgumentsException if the ranges cannot be
     */
    public static Whitelist whitelist(Board board, List<NamedRange> ranges) throws ArgumentsException {
        List<Whitelist.Mirror> mirrors = board.mirrors().stream()
                .map(mirror -> new Whitelist.Mirror(mirror.start(), mirror.original(), mirror.size()))
                .toList();
        long end = board.architecture().wordBits() == 32 ? KernelArguments.END : Region.ADDRESS_LIMIT;
        return Whitelist.of(ranges, mirrors, end);
    }

    /**
     * Boots a board for Xous.
     *
     * @param board the board
     * @return the machine; nothing has been allocated
     * @throws BootFailure if the board is too small
     */
    public static Machine boot(Board board) throws BootFailure {
        return ManagedMachine.boot(board, pools(board));
    }

    /**
     * Pools for a board whose pages are all to be had: slots for a capability of every page and for a second mapping of it,
     * and a virtual pool in which the book-keeping of all of them has room. The root CNode of boot serves a small board.
     *
     * @param board the board
     * @return the pools
     */
    public static Pools pools(Board board) {
        long pages = ranges(board).stream().mapToLong(NamedRange::pages).sum();
        long bytes = Math.max(ManagedMachine.DEFAULT_VIRTUAL_POOL, pages * BOOK_KEEPING_OF_PAGE);
        Pools pools = new Pools(-1, Rounding.up(bytes, PAGE));
        long slots = 2 * pages + OTHER_SLOTS;
        if (slots <= 1L << BootConfig.defaults(board).rootCNodeBits()) {
            return pools;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(slots - 1);
        return pools.withManager(EVERY_ADDRESS)
                .withCSpace(CSpaceGeometry.twoLevel(bits - SECOND_LEVEL_BITS, SECOND_LEVEL_BITS));
    }

    /**
     * Starts Xous on a machine.
     *
     * @param machine the machine; nothing has been allocated
     * @param whitelist the pages
     * @param form which owners' table
     * @param wrapper wraps the machine's kernel
     * @return the machine with everything on it, or why there is none
     */
    public static Either<VkaError, XousMachine> start(
            Machine machine, Whitelist whitelist, TableForm form, UnaryOperator<Kernel> wrapper) {
        return start(machine, whitelist, form, wrapper, GrowthListener.NONE, vka -> vka);
    }

    /**
     * Starts Xous on a machine, with the rules of another kernel of Xous'.
     *
     * @param machine the machine; nothing has been allocated
     * @param whitelist the pages
     * @param form which owners' table
     * @param rules which kernel's rules hold
     * @param wrapper wraps the machine's kernel
     * @return the machine with everything on it, or why there is none
     */
    public static Either<VkaError, XousMachine> start(
            Machine machine, Whitelist whitelist, TableForm form, XousRules rules, UnaryOperator<Kernel> wrapper) {
        ManagedMachine managed = ManagedMachine.manage(machine, pools(machine.board()), wrapper, GrowthListener.NONE)
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
        return on(managed, new AllocmanVka(managed.allocman()), whitelist, form, rules);
    }

    /**
     * Starts Xous on a machine where everything is looked at.
     *
     * @param machine the machine; nothing has been allocated
     * @param whitelist the pages
     * @param form which owners' table
     * @param wrapper wraps the machine's kernel
     * @param listener is told how the manager's pool grows
     * @param before what is to stand before the manager
     * @return the machine with everything on it, or why there is none
     */
    public static Either<VkaError, XousMachine> start(
            Machine machine,
            Whitelist whitelist,
            TableForm form,
            UnaryOperator<Kernel> wrapper,
            GrowthListener listener,
            UnaryOperator<Vka> before) {
        ManagedMachine managed = ManagedMachine.manage(machine, pools(machine.board()), wrapper, listener)
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
        return on(managed, before.apply(new AllocmanVka(managed.allocman())), whitelist, form);
    }

    /**
     * Starts Xous on a machine that has a manager. If it fails, everything is given back, and it can be tried again.
     *
     * @param managed the machine, with pools of {@link #pools}
     * @param vka the allocator that Xous gets its pages from
     * @param whitelist the pages
     * @param form which owners' table
     * @return the machine with everything on it, or why there is none
     */
    public static Either<VkaError, XousMachine> on(
            ManagedMachine managed, Vka vka, Whitelist whitelist, TableForm form) {
        return on(managed, vka, whitelist, form, XousRules.COMMIT_73C0946);
    }

    /**
     * Starts Xous on a machine that has a manager, with the rules of one of Xous' kernels.
     *
     * @param managed the machine, with pools of {@link #pools}
     * @param vka the allocator that Xous gets its pages from
     * @param whitelist the pages
     * @param form which owners' table
     * @param rules which kernel's rules hold
     * @return the machine with everything on it, or why there is none
     */
    public static Either<VkaError, XousMachine> on(
            ManagedMachine managed, Vka vka, Whitelist whitelist, TableForm form, XousRules rules) {
        Machine machine = managed.machine();
        long window = machine.freeVirtualBase() + pools(machine.board()).virtualPoolBytes();
        XousConfig config = new XousConfig(whitelist, form, machine.bootInfo().untypeds(), window, rules);
        return XousSystem.start(managed.kernel(), machine.rootMemory(), managed.allocman(), vka, config)
                .map(system -> new XousMachine(managed, vka, system));
    }

    /**
     * Memory as a process sees it.
     *
     * @param pid a process that runs
     * @return loads and stores by its virtual addresses
     */
    public PagedMemory memoryOf(int pid) {
        return managed.machine().memory().window(space(pid));
    }

    /**
     * The address space of a process as the MMU has it.
     *
     * @param pid a process that runs
     * @return the space
     */
    public TaskSpace space(int pid) {
        Machine machine = managed.machine();
        return new TaskSpace(
                machine.memory().words(),
                machine.board().architecture(),
                system.rootTable(pid).get());
    }
}
