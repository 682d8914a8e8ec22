package org.allocman.lab.machine;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapOptions.RamRange;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Kernel;
import org.allocman.vka.Rounding;
import org.allocman.vka.Vka;

/**
 * A booted board with a resource manager on it.
 *
 * @param machine the machine
 * @param kernel what the manager invokes: the machine's kernel, or one that stands before it
 * @param allocman the manager
 * @param plan what bootstrap did
 */
public record ManagedMachine(Machine machine, Kernel kernel, Allocman allocman, BootstrapPlan plan) {
    /** The size of the virtual pool's window if nobody says another. */
    public static final @Bytes long DEFAULT_VIRTUAL_POOL = 16L << 20;

    private static final int BOOTS = 5;

    /**
     * Pools to have.
     *
     * @param staticPoolBytes size of the static pool in bytes; negative for exactly what is needed
     * @param virtualPoolBytes greatest size of the virtual pool in bytes; 0 for none
     * @param manager which untyped manager
     * @param cspace the CSpace to work in
     * @param laterSlots how many slots users will want, of whose bitmaps a static pool is computed to hold all; 0 or more
     */
    public record Pools(
            @Bytes long staticPoolBytes,
            @Bytes long virtualPoolBytes,
            UntypedDesign manager,
            CSpaceGeometry cspace,
            long laterSlots) {
        /** As much static pool as is needed, a virtual pool of the usual size, the CSpace there is. */
        public static final Pools DEFAULT = new Pools(-1, DEFAULT_VIRTUAL_POOL);

        /**
         * Checks that there are a manager and a CSpace.
         *
         * @param staticPoolBytes size of the static pool in bytes; negative for exactly what is needed
         * @param virtualPoolBytes greatest size of the virtual pool in bytes; 0 for none
         * @param manager which untyped manager
         * @param cspace the CSpace to work in
         * @param laterSlots how many slots users will want, of whose bitmaps a static pool is computed to hold all; 0 or more
         */
        public Pools {
            Objects.requireNonNull(manager, "manager");
            Objects.requireNonNull(cspace, "cspace");
        }

        /**
         * Pools for as many slots as there are at the start.
         *
         * @param staticPoolBytes size of the static pool in bytes; negative for exactly what is needed
         * @param virtualPoolBytes greatest size of the virtual pool in bytes; 0 for none
         * @param manager which untyped manager
         * @param cspace the CSpace to work in
         */
        public Pools(
                @Bytes long staticPoolBytes,
                @Bytes long virtualPoolBytes,
                UntypedDesign manager,
                CSpaceGeometry cspace) {
            this(staticPoolBytes, virtualPoolBytes, manager, cspace, 0);
        }

        /**
         * Pools in the CSpace there is.
         *
         * @param staticPoolBytes size of the static pool in bytes; negative for exactly what is needed
         * @param virtualPoolBytes greatest size of the virtual pool in bytes; 0 for none
         * @param manager which untyped manager
         */
        public Pools(@Bytes long staticPoolBytes, @Bytes long virtualPoolBytes, UntypedDesign manager) {
            this(staticPoolBytes, virtualPoolBytes, manager, CSpaceGeometry.CURRENT);
        }

        /**
         * Pools for the default manager.
         *
         * @param staticPoolBytes size of the static pool in bytes; negative for exactly what is needed
         * @param virtualPoolBytes greatest size of the virtual pool in bytes; 0 for none
         */
        public Pools(@Bytes long staticPoolBytes, @Bytes long virtualPoolBytes) {
            this(staticPoolBytes, virtualPoolBytes, UntypedDesigns.ARENA);
        }

        /**
         * The same pools for another manager.
         *
         * @param kind which
         * @return new pools
         */
        public Pools withManager(UntypedDesign kind) {
            return new Pools(staticPoolBytes, virtualPoolBytes, kind, cspace, laterSlots);
        }

        /**
         * The same pools in another CSpace.
         *
         * @param geometry which
         * @return new pools
         */
        public Pools withCSpace(CSpaceGeometry geometry) {
            return new Pools(staticPoolBytes, virtualPoolBytes, manager, geometry, laterSlots);
        }

        /**
         * The same pools, a computed static pool with room for the bitmaps of slots that come later.
         *
         * @param count how many slots users will want, 0 or more
         * @return new pools
         */
        public Pools withLaterSlots(long count) {
            return new Pools(staticPoolBytes, virtualPoolBytes, manager, cspace, count);
        }

        /**
         * Whether the static pool's size is to be computed.
         *
         * @return true if it is negative
         */
        public boolean isAuto() {
            return staticPoolBytes < 0;
        }
    }

    /**
     * Boots a board, and builds the usual manager with the usual pools on it.
     *
     * @param board the board
     * @return the machine with its manager
     * @throws IllegalStateException if the board is too small; the message says what is missing
     */
    public static ManagedMachine start(Board board) {
        Objects.requireNonNull(board, "board");
        return start(board, Pools.DEFAULT, kernel -> kernel);
    }

    /**
     * Boots a board, and builds a manager on it.
     *
     * @param board the board
     * @param pools the pools
     * @param wrapper wraps the machine's kernel
     * @return the machine with its manager
     * @throws IllegalStateException if the board is too small; the message says what is missing
     */
    public static ManagedMachine start(Board board, Pools pools, UnaryOperator<Kernel> wrapper) {
        Objects.requireNonNull(board, "board");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(wrapper, "wrapper");
        try {
            return manage(boot(board, pools), pools, wrapper, GrowthListener.NONE)
                    .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
        } catch (BootFailure tooSmall) {
            throw new IllegalStateException(tooSmall.getMessage(), tooSmall);
        }
    }

    /**
     * The manager's face for clients.
     *
     * @return a new {@code Vka}; all of them are on the same manager
     */
    public Vka vka() {
        return new AllocmanVka(allocman);
    }

    /**
     * Boots a board so that its static pool has the size that is wanted, or exactly the size that is needed. The pool is
     * part of the root task's image, so its size changes what is left for untypeds; a few boots settle it.
     *
     * @param board the board
     * @param pools the pools
     * @return the machine; nothing has been allocated
     * @throws BootFailure if the board is too small
     */
    public static Machine boot(Board board, Pools pools) throws BootFailure {
        Objects.requireNonNull(board, "board");
        Objects.requireNonNull(pools, "pools");
        return boot(board, pools, BootSizes.USUAL);
    }

    /**
     * Boots a board for whoever wants no manager: with the usual static pool, which nobody uses. Lessons, the shell and the
     * playground all have this machine, with the same slots.
     *
     * @param board the board
     * @return the machine; nothing has been allocated
     * @throws BootFailure if the board is too small
     */
    public static Machine bootBare(Board board) throws BootFailure {
        Objects.requireNonNull(board, "board");
        return Machine.boot(board, BootConfig.defaults(board));
    }

    /**
     * Boots a board so that its static pool has the size that is wanted, or exactly the size that is needed, with other sizes
     * than those that fit the board.
     *
     * @param board the board
     * @param pools the pools
     * @param sizes of kernel, root task, root CNode and boot info
     * @return the machine; nothing has been allocated
     * @throws BootFailure if the board is too small
     */
    public static Machine boot(Board board, Pools pools, BootSizes sizes) throws BootFailure {
        Objects.requireNonNull(board, "board");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(sizes, "sizes");
        BootConfig config = sizes.apply(BootConfig.defaults(board));
        if (!pools.isAuto()) {
            return Machine.boot(board, config.withStaticPool(pools.staticPoolBytes()));
        }
        long bytes = PAGE;
        Machine machine = Machine.boot(board, config.withStaticPool(bytes));
        for (int boots = 1; boots < BOOTS; boots++) {
            BootstrapPlan plan = plan(machine, pools, GrowthListener.NONE);
            // what no pool can help is told by the bootstrap, on a machine that boots
            if (plan.obstacle() != null || plan.bytes() <= bytes) {
                break;
            }
            bytes = plan.bytes();
            machine = Machine.boot(board, config.withStaticPool(bytes));
        }
        return machine;
    }

    /**
     * Builds a manager on a machine.
     *
     * @param machine the machine; nothing has been allocated
     * @param pools the pools it was booted for
     * @param wrapper wraps the machine's kernel
     * @param listener is told of growth
     * @return the two together, or why there is no manager
     */
    public static Either<BootstrapFailure, ManagedMachine> manage(
            Machine machine, Pools pools, UnaryOperator<Kernel> wrapper, GrowthListener listener) {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(wrapper, "wrapper");
        Objects.requireNonNull(listener, "listener");
        return manage(machine, plan(machine, pools, listener), wrapper);
    }

    /**
     * Carries out a plan on a machine.
     *
     * @param machine the machine; nothing has been allocated
     * @param plan a plan of this machine
     * @param wrapper wraps the machine's kernel
     * @return the two together, or why there is no manager
     */
    public static Either<BootstrapFailure, ManagedMachine> manage(
            Machine machine, BootstrapPlan plan, UnaryOperator<Kernel> wrapper) {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(wrapper, "wrapper");
        Kernel kernel = wrapper.apply(machine.kernel());
        return Bootstrap.execute(kernel, machine.rootMemory(), plan)
                .map(allocman -> new ManagedMachine(machine, kernel, allocman, plan));
    }

    /**
     * What a bootstrap on a machine would do.
     *
     * @param machine the machine
     * @param pools the pools it was booted for
     * @param listener is told of growth
     * @return the plan
     */
    public static BootstrapPlan plan(Machine machine, Pools pools, GrowthListener listener) {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(listener, "listener");
        return BootstrapPlan.of(machine.bootInfo(), options(machine, pools).withListener(listener));
    }

    /**
     * What a bootstrap on a machine is given.
     *
     * @param machine the machine
     * @param pools the pools it was booted for
     * @return the options
     */
    public static BootstrapOptions options(Machine machine, Pools pools) {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(pools, "pools");
        BootstrapOptions options = BootstrapOptions.fixed(machine.staticPoolBase(), machine.staticPoolBytes())
                .withManager(pools.manager())
                .withCSpace(pools.cspace())
                .withLaterSlots(pools.isAuto() ? pools.laterSlots() : 0)
                .withDeviceRam(ramMap(machine.board()));
        if (pools.virtualPoolBytes() == 0) {
            return options;
        }
        Board board = machine.board();
        Region largest = board.largestRam();
        long bytes = Math.min(pools.virtualPoolBytes(), largest.size()) / PAGE * PAGE;
        if (board.architecture().hasPaging()) {
            return options.withVirtualPool(machine.freeVirtualBase(), bytes);
        }
        long start = Rounding.up(largest.start(), PAGE);
        return options.withVirtualPool(start, (largest.end() - start) / PAGE * PAGE);
    }

    /** Where a board has memory, whoever may use it; what touches is one range. */
    private static List<RamRange> ramMap(Board board) {
        List<RamRange> map = new ArrayList<>();
        for (Region region : board.regions()) {
            if (region.kind() == Region.Kind.RAM || region.kind() == Region.Kind.RESERVED) {
                int last = map.size() - 1;
                if (last >= 0 && map.get(last).end() >= region.start()) {
                    RamRange before = map.remove(last);
                    map.add(new RamRange(before.start(), Math.max(before.end(), region.end())));
                } else {
                    map.add(new RamRange(region.start(), region.end()));
                }
            }
        }
        return map;
    }
}
