package org.allocman.lab.machine;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.AddressMap;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.block.VkaPieces;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;

/** What is to run on a board, and how; a value: each call that changes something returns another one. */
public final class UvisorStart {
    /** The size of a block if nobody says another. */
    public static final @Bytes long DEFAULT_BLOCK = 8 << 10;

    private static final long SYSTEM_CONTROL = 0xe000e000L;

    private final Board board;
    private final List<BoxSetup> boxes;
    private final Unit unit;
    private final long blockBytes;
    private final BootSizes sizes;
    private final BiFunction<Machine, BootstrapOptions, Kernel> wrapper;
    private final UnaryOperator<Vka> before;
    private final GrowthListener listener;

    /** The MPU, and what of the core concerns it. */
    private record Unit(MpuKind kind, int regions, Option<Boolean> bitBands) {
        static Unit of(MpuKind kind) {
            return new Unit(kind, kind.usualRegions(), Option.none());
        }
    }

    /**
     * Begins to say what is to run on a board.
     *
     * @param board a board with an MPU
     * @param boxes the boxes, box 0 first
     * @return a start with blocks of 8 KiB and the rules of ARMv7-M
     */
    public static UvisorStart on(Board board, List<BoxSetup> boxes) {
        return new UvisorStart(board, boxes);
    }

    private UvisorStart(Board board, List<BoxSetup> boxes) {
        this(
                board,
                List.copyOf(boxes),
                Unit.of(MpuKind.ARMV7M),
                DEFAULT_BLOCK,
                BootSizes.USUAL,
                (machine, options) -> machine.kernel(),
                vka -> vka,
                GrowthListener.NONE);
    }

    private UvisorStart(
            Board board,
            List<BoxSetup> boxes,
            Unit unit,
            long blockBytes,
            BootSizes sizes,
            BiFunction<Machine, BootstrapOptions, Kernel> wrapper,
            UnaryOperator<Vka> before,
            GrowthListener listener) {
        this.board = board;
        this.boxes = boxes;
        this.unit = unit;
        this.blockBytes = blockBytes;
        this.sizes = sizes;
        this.wrapper = wrapper;
        this.before = before;
        this.listener = listener;
    }

    /**
     * The same on another board.
     *
     * @param other a board with an MPU
     * @return another start
     */
    public UvisorStart onBoard(Board other) {
        return new UvisorStart(other, boxes, unit, blockBytes, sizes, wrapper, before, listener);
    }

    /**
     * Other rules for regions, and as many as a unit of that kind mostly has.
     *
     * @param kind the MPU's
     * @return another start
     */
    public UvisorStart mpu(MpuKind kind) {
        return new UvisorStart(board, boxes, Unit.of(kind), blockBytes, sizes, wrapper, before, listener);
    }

    /**
     * Another number of regions of the MPU.
     *
     * @param regions one of {@link MpuKind#regions}
     * @return another start
     * @throws IllegalArgumentException if no unit of the kind has so many
     */
    public UvisorStart mpuRegions(int regions) {
        if (!unit.kind.regions().contains(regions)) {
            throw new IllegalArgumentException("no MPU of " + unit.kind.text() + " has " + regions + " regions");
        }
        Unit other = new Unit(unit.kind, regions, unit.bitBands);
        return new UvisorStart(board, boxes, other, blockBytes, sizes, wrapper, before, listener);
    }

    /**
     * Whether the core has bit-bands. If nobody says it, it is taken to have them where it may: with the MPU of ARMv7-M and of the
     * Kinetis family, unless the board has RAM where they are.
     *
     * @param has false for a Cortex-M7, or an M3 or M4 that was made without
     * @return another start
     */
    public UvisorStart bitBands(boolean has) {
        Unit other = new Unit(unit.kind, unit.regions, Option.of(has));
        return new UvisorStart(board, boxes, other, blockBytes, sizes, wrapper, before, listener);
    }

    /**
     * Blocks of another size.
     *
     * @param bytes the size, as {@link BlockGeometry} allows it
     * @return another start
     */
    public UvisorStart blocksOf(@Bytes long bytes) {
        return new UvisorStart(board, boxes, unit, bytes, sizes, wrapper, before, listener);
    }

    /**
     * Other sizes of what is beneath, if something is.
     *
     * @param wanted of kernel, root task, root CNode and boot info
     * @return another start
     */
    public UvisorStart sized(BootSizes wanted) {
        return new UvisorStart(board, boxes, unit, blockBytes, wanted, wrapper, before, listener);
    }

    /**
     * Has everything looked at.
     *
     * @param kernel what is to stand before the machine's kernel, given the machine and where the manager has its pools
     * @param vka what is to stand before the manager
     * @param growth is told how the manager's pool grows
     * @return another start
     */
    public UvisorStart watched(
            BiFunction<Machine, BootstrapOptions, Kernel> kernel, UnaryOperator<Vka> vka, GrowthListener growth) {
        return new UvisorStart(board, boxes, unit, blockBytes, sizes, kernel, vka, growth);
    }

    /**
     * Where everything would lie, with nobody beneath uVisor.
     *
     * @return the layout, or why there is none
     */
    public Either<Halt, UvisorLayout> layoutAlone() {
        List<AddressRange> ram = Stretches.ram(board);
        return usable().isDefined() ? Either.left(usable().get()) : layout(ram, ram, mpu(anyMemory()));
    }

    /**
     * Starts uVisor on the bare board: blocks are there because the RAM is.
     *
     * @return the machine, or why there is none
     */
    public Either<Halt, UvisorMachine> alone() {
        return layoutAlone().map(layout -> {
            Board whole = withSystemControl(board);
            List<PhysicalMemory.Extent> extents = whole.regions().stream()
                    .filter(region -> region.end() <= PhysicalMemory.LIMIT)
                    .map(region -> new PhysicalMemory.Extent(region.start(), region.end() - 1))
                    .toList();
            PhysicalMemory memory = new PhysicalMemory(extents);
            return machine(memory, Option.none(), layout, BlockSource.ALWAYS_THERE, 0);
        });
    }

    /**
     * Starts uVisor on a manager on a kernel on the board. The CSpace and the manager's pool are as large as the blocks ask for.
     *
     * @return the machine, or why there is none
     */
    public Either<Halt, UvisorMachine> managed() {
        if (usable().isDefined()) {
            return Either.left(usable().get());
        }
        Board whole = withSystemControl(board);
        try {
            return new BlockRoom(whole, blockBytes, sizes)
                    .boot(machine -> layout(whole, machine))
                    .flatMap(this::on);
        } catch (BootFailure tooSmall) {
            return halt(String.valueOf(tooSmall.getMessage()));
        }
    }

    private Either<Halt, UvisorLayout> layout(Board whole, Machine machine) {
        List<AddressRange> free = Stretches.of(machine.bootInfo());
        return free.isEmpty()
                ? halt("the kernel leaves no memory")
                : layout(Stretches.ram(whole), free, mpu(machine.memory()));
    }

    private Either<Halt, UvisorMachine> on(BlockRoom.Booted booted) {
        Machine machine = booted.machine();
        Kernel kernel = wrapper.apply(machine, ManagedMachine.options(machine, booted.pools()));
        Either<BootstrapFailure, ManagedMachine> managed =
                ManagedMachine.manage(machine, booted.pools(), any -> kernel, listener);
        return managed.mapLeft(failure -> new Halt(failure.message())).flatMap(found -> on(found, booted.layout()));
    }

    private Either<Halt, UvisorMachine> on(ManagedMachine managed, UvisorLayout layout) {
        PagedMemory words = managed.machine().memory().words();
        long bytes = HeldMemory.recordBytes(layout);
        long records = managed.allocman().memory().allocate((int) bytes);
        if (records <= 0) {
            return halt("the manager's pool has no " + bytes + " bytes for capabilities");
        }
        Vka vka = before.apply(new AllocmanVka(managed.allocman()));
        for (HeldMemory held : HeldMemory.of(layout, records)) {
            Either<VkaError, Long> taken = new VkaPieces(vka, words).obtain(held.start(), held.bytes(), held.records());
            if (taken.isLeft()) {
                return halt("the memory from 0x" + Long.toHexString(held.start()) + " on cannot be had: "
                        + taken.getLeft());
            }
            words.clear(held.start(), held.bytes());
        }
        VkaBlocks blocks = new VkaBlocks(
                vka, words, layout.plan().geometry(), layout.fields(words).capabilities());
        return Either.right(machine(managed.machine().memory(), Option.of(managed), layout, blocks, records));
    }

    private UvisorMachine machine(
            PhysicalMemory memory,
            Option<ManagedMachine> managed,
            UvisorLayout layout,
            BlockSource source,
            long records) {
        PagedMemory words = memory.words();
        SimMpu unit = mpu(memory);
        PagedMemory behind = memory.window(unit);
        Uvisor uvisor =
                new Uvisor(layout.plan(), new Uvisor.Hardware(unit, words, behind), source, layout.fields(words));
        uvisor.start();
        return new UvisorMachine(board, memory, managed, layout, uvisor, behind, records);
    }

    private SimMpu mpu(PhysicalMemory memory) {
        return MpuUnit.of(memory.words(), unit.kind, unit.regions);
    }

    private static PhysicalMemory anyMemory() {
        return new PhysicalMemory(List.of(new PhysicalMemory.Extent(SYSTEM_CONTROL, SYSTEM_CONTROL + PAGE - 1)));
    }

    private Either<Halt, UvisorLayout> layout(List<AddressRange> ram, List<AddressRange> free, SimMpu mpu) {
        boolean hasBitBands =
                unit.bitBands.getOrElse(() -> unit.kind.mayHaveBitBands() && !BoardMap.hasRamInBitBands(board));
        AddressMap map = BoardMap.of(board, hasBitBands);
        return UvisorLayout.of(ram, free, mpu, range -> UvisorPlan.of(unit.kind, boxes, range, blockBytes, map))
                .flatMap(found -> found.plan().geometry().count() > 0
                        ? Either.right(found)
                        : halt("the boxes leave no room for a block of " + blockBytes + " bytes"));
    }

    private Option<Halt> usable() {
        if (board.architecture().hasPaging()) {
            return Option.of(new Halt("it has an MMU; uVisor runs on microcontrollers with an MPU, for"
                    + " instance k64f and stm32f429"));
        }
        if (board.regions(Region.Kind.RAM).isEmpty()) {
            return Option.of(new Halt("the board has no RAM"));
        }
        return BlockGeometry.wrongSize(unit.kind, blockBytes).orElse(this::wrongBoxes);
    }

    /** Names of boxes are how people tell them apart, in messages and pictures. */
    private Option<Halt> wrongBoxes() {
        if (boxes.isEmpty()) {
            return Option.of(new Halt("there are no boxes; the first is box 0"));
        }
        Set<String> names = new HashSet<>();
        for (BoxSetup box : boxes) {
            if (!names.add(box.config().name())) {
                return Option.of(
                        new Halt("there are two boxes called " + box.config().name()));
            }
        }
        return Option.none();
    }

    private static <T> Either<Halt, T> halt(String message) {
        return Either.left(new Halt(message));
    }

    /** The MPU's registers are in the system control space, which every Cortex-M has at the same address. */
    private static Board withSystemControl(Board board) {
        boolean isThere = board.regions().stream()
                .anyMatch(region -> region.start() < SYSTEM_CONTROL + PAGE && region.end() > SYSTEM_CONTROL);
        if (isThere) {
            return board;
        }
        List<Region> regions = new ArrayList<>(board.regions());
        regions.add(new Region("system-control", Region.Kind.KERNEL_DEVICE, SYSTEM_CONTROL, PAGE));
        return new Board(board.name(), board.architecture(), regions, board.mirrors());
    }
}
