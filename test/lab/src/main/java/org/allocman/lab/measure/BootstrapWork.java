package org.allocman.lab.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** bootstrap: a manager is built on many untypeds of 64 KiB, and forgotten. */
public final class BootstrapWork {
    private static final @PhysAddr long FIRST = 1L << 32;
    private static final long APART = 0x2_0000;
    private static final int UNTYPED_BITS = 16;
    private static final int RADIX = 12;
    private static final @Bytes long POOL = 1 << 20;

    // for a CSpace of two levels a thread and an address space are needed, and so a board that boots
    private static final @Bytes long RAM = 1 << 30;
    private static final int BOARD_RADIX = 13;
    private static final int MOST_AT_ONCE = 256;
    private static final CSpaceGeometry TWO_LEVELS = CSpaceGeometry.twoLevel(10, 10);

    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final Memory rootMemory;
    private final InitialState initialState;
    private final BootstrapOptions options;
    private final int start;

    private BootstrapWork(
            Kernel kernel,
            PhysicalMemory memory,
            Memory rootMemory,
            InitialState initialState,
            BootstrapOptions options,
            boolean rewinds) {
        this.kernel = kernel;
        this.memory = memory;
        this.rootMemory = rootMemory;
        this.initialState = initialState;
        this.options = options;
        this.start = rewinds ? memory.startJournal() : -1;
    }

    /**
     * In the CSpace that is there already.
     *
     * @param untypeds how many untypeds
     * @param manager which untyped manager
     * @return the work
     */
    public static BootstrapWork inPlace(int untypeds, UntypedDesign manager) {
        PlainMachine.Builder builder = PlainMachine.of(Architecture.X86_64, RADIX, POOL);
        for (int i = 0; i < untypeds; i++) {
            builder.untyped(FIRST + i * APART, UNTYPED_BITS, false);
        }
        PlainMachine machine = builder.build();
        BootstrapOptions options = BootstrapOptions.fixed((@VirtAddr long) machine.pool(), machine.poolBytes())
                .withManager(manager);
        return new BootstrapWork(
                machine.kernel(),
                machine.memory(),
                machine.rootMemory(),
                InitialState.of(machine.bootInfo()),
                options,
                false);
    }

    /**
     * Into a new CSpace of two levels, of 2^10 slots each. Memory goes back in time to forget it, and so is journalled.
     *
     * @param untypeds how many untypeds, at most 3000
     * @param manager which untyped manager
     * @return the work
     */
    public static BootstrapWork intoTwoLevels(int untypeds, UntypedDesign manager) {
        Machine machine = boot();
        BootstrapOptions options = BootstrapOptions.fixed(machine.staticPoolBase(), machine.staticPoolBytes())
                .withManager(manager)
                .withCSpace(TWO_LEVELS);
        return new BootstrapWork(
                machine.kernel(), machine.memory(), machine.rootMemory(), cut(machine, untypeds), options, true);
    }

    private static Machine boot() {
        Board board = new Board(
                "untypeds", Architecture.X86_64, List.of(new Region("memory", Region.Kind.RAM, 0, RAM)), List.of());
        try {
            return Machine.boot(
                    board,
                    BootConfig.defaults(board).withRootCNodeBits(BOARD_RADIX).withStaticPool(POOL));
        } catch (BootFailure failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whoever started us has cut the largest untyped, and left us the pieces. */
    private static InitialState cut(Machine machine, int untypeds) {
        InitialState booted = InitialState.of(machine.bootInfo());
        Untyped largest = booted.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .max(Comparator.comparingInt(Untyped::sizeBits))
                .orElseThrow();
        List<Untyped> pieces = new ArrayList<>();
        for (int i = 0; i < untypeds; i++) {
            pieces.add(new Untyped(
                    booted.firstFree() + i, largest.paddr() + ((long) i << UNTYPED_BITS), UNTYPED_BITS, false));
        }
        for (int i = 0; i < untypeds; i += MOST_AT_ONCE) {
            KernelError error = machine.kernel()
                    .retype(
                            largest.slot(),
                            Architecture.X86_64.number(ObjectType.UNTYPED),
                            UNTYPED_BITS,
                            booted.root(),
                            0,
                            0,
                            booted.firstFree() + i,
                            Math.min(MOST_AT_ONCE, untypeds - i));
            if (error.failed()) {
                throw new IllegalStateException(error.toString());
            }
        }
        SlotRegion initial = new SlotRegion(BootSlots.TCB, BootSlots.DOMAIN + 1);
        SlotRegion cut = new SlotRegion(booted.firstFree(), booted.firstFree() + untypeds);
        return new InitialState(
                booted.architecture(),
                booted.root(),
                booted.depth(),
                List.of(initial, cut),
                cut.end(),
                booted.end(),
                booted.tcb(),
                booted.vspace(),
                pieces);
    }

    /**
     * What the manager invokes if nobody stands before it.
     *
     * @return the machine's kernel
     */
    public Kernel kernel() {
        return kernel;
    }

    PhysicalMemory memory() {
        return memory;
    }

    /**
     * Builds the manager.
     *
     * @param through the machine's kernel, or one that stands before it
     */
    public void start(Kernel through) {
        Bootstrap.start(through, rootMemory, initialState, options)
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
    }

    /** Forgets the manager, so that another can be built. */
    public void forget() {
        if (start < 0) {
            // in place the pool is all that a manager has
            rootMemory.clear(options.staticPool(), options.staticPoolBytes());
        } else {
            memory.rewind(start);
        }
    }

    /** The words that a bootstrap writes to memory, its own and the kernel's; the manager is forgotten. */
    long wordsWritten() {
        int before = start < 0 ? memory.startJournal() : memory.checkpoint();
        start(kernel);
        long words = memory.checkpoint() - before;
        if (start < 0) {
            memory.stopJournal();
        }
        forget();
        return words;
    }
}
