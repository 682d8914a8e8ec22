package org.allocman.sim.boot;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.sim.kernel.paging.CurrentSpace;
import org.allocman.sim.kernel.paging.Paging;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Rounding;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A board that has booted: its memory, its kernel, and the root task as it finds the world. All state is in the memory; a
 * machine itself never changes.
 */
public final class Machine {
    private final Board board;
    private final BootConfig config;
    private final BootPlan plan;
    private final PhysicalMemory memory;
    private final PagedMemory rootMemory;
    private final SimKernel kernel;

    private Machine(Board board, BootConfig config, BootPlan plan, PhysicalMemory memory) {
        long state = stateAddress(plan);
        Architecture architecture = board.architecture();
        this.board = board;
        this.config = config;
        this.plan = plan;
        this.memory = memory;
        this.rootMemory = memory.window(new CurrentSpace(memory.words(), architecture, state));
        this.kernel = new SimKernel(memory, architecture, state, Paging.addressSpaces(memory, architecture, state));
    }

    /**
     * Boots a board.
     *
     * @param board the board
     * @param config sizes, for instance {@link BootConfig#defaults}
     * @return the machine, with the root task about to run its first instruction
     * @throws BootFailure if the board has too little memory for that
     */
    public static Machine boot(Board board, BootConfig config) throws BootFailure {
        if (config.kernelBytes() < KernelWords.STATE_BYTES) {
            throw new BootFailure(
                    "a kernel image of " + config.kernelBytes() + " bytes does not hold the kernel's own "
                            + KernelWords.STATE_BYTES,
                    KernelWords.STATE_BYTES - config.kernelBytes());
        }
        BootPlan plan = BootPlan.of(board, config);
        PhysicalMemory memory = memory(board);
        new BootWriter(memory.words(), plan, stateAddress(plan)).write(config.extraBootInfoBytes());
        return new Machine(board, config, plan, memory);
    }

    private static PhysicalMemory memory(Board board) throws BootFailure {
        List<PhysicalMemory.Extent> extents = new ArrayList<>();
        List<PhysicalMemory.Alias> aliases = new ArrayList<>();
        for (Region region : board.regions()) {
            if (region.start() < PhysicalMemory.LIMIT) {
                long end = Math.min(region.end(), PhysicalMemory.LIMIT);
                extents.add(new PhysicalMemory.Extent(region.start(), end - 1));
            }
        }
        for (Mirror mirror : board.mirrors()) {
            if ((mirror.start() - mirror.original() & PAGE - 1) != 0) {
                throw new BootFailure(
                        "the mirror at 0x" + Long.toHexString(mirror.start())
                                + " is not a whole number of pages of 4 KiB away from what it shows",
                        0);
            }
            if (mirror.start() + mirror.size() <= PhysicalMemory.LIMIT) {
                long last = mirror.start() + mirror.size() - 1;
                extents.add(new PhysicalMemory.Extent(mirror.start(), last));
                aliases.add(new PhysicalMemory.Alias(mirror.start(), last, mirror.original()));
            }
        }
        return new PhysicalMemory(extents, aliases);
    }

    /** The kernel's own words are in the last page of its image, the slots of interrupts before them. */
    private static long stateAddress(BootPlan plan) {
        return plan.load().kernel().end() - KernelWords.STATE_BYTES & -KernelWords.STATE_BYTES;
    }

    /**
     * The board.
     *
     * @return as given to {@link #boot}
     */
    public Board board() {
        return board;
    }

    /**
     * The configuration.
     *
     * @return as given to {@link #boot}
     */
    public BootConfig config() {
        return config;
    }

    /**
     * The physical memory.
     *
     * @return the one memory, with all state of kernel and root task
     */
    public PhysicalMemory memory() {
        return memory;
    }

    /**
     * The kernel.
     *
     * @return the kernel as the root task calls it
     */
    public SimKernel kernel() {
        return kernel;
    }

    /**
     * Memory as the root task sees it, through its page tables or MPU regions.
     *
     * @return memory by virtual address; a fault where nothing is mapped
     */
    public PagedMemory rootMemory() {
        return rootMemory;
    }

    /**
     * What the kernel tells the root task, read from the boot info's frame.
     *
     * @return the boot info as it now is in memory
     */
    public BootInfo bootInfo() {
        return BootInfoLayout.of(board.architecture())
                .read(memory.words(), plan.objects().bootInfo());
    }

    /**
     * Memory that is there but that the root task cannot have as memory: what boot dropped, and what it hands out as device
     * memory although it is RAM.
     *
     * @return how much for each reason, none with no bytes
     */
    public List<LeftOut> leftOut() {
        return plan.leftOut();
    }

    /**
     * Why no untyped that boot handed over holds all of some memory.
     *
     * @param start physical address of the first byte
     * @param bytes how many bytes, at least 1
     * @return who has a part of it, a sentence; null if untypeds hold all of it
     */
    public @Nullable String whoKeeps(@PhysAddr long start, @Bytes long bytes) {
        return MemoryHolder.of(board, plan, start, bytes);
    }

    /**
     * Where the root task finds its boot info.
     *
     * @return virtual address
     */
    public @VirtAddr long bootInfoAddress() {
        return plan.bootInfoAddress();
    }

    /**
     * Where the root task's static pool is.
     *
     * @return virtual address, a multiple of the page size
     */
    public @VirtAddr long staticPoolBase() {
        return plan.imageBase() + plan.shape().codeBytes();
    }

    /**
     * How large the static pool is.
     *
     * @return bytes, as configured
     */
    public @Bytes long staticPoolBytes() {
        return config.staticPoolBytes();
    }

    /**
     * Where the root task may start to map.
     *
     * @return a virtual address from which on nothing is mapped, a multiple of what the lowest paging structure covers; 0
     *     on the MPU profile, where frames are mapped at their own addresses
     */
    public @VirtAddr long freeVirtualBase() {
        Architecture architecture = board.architecture();
        if (!architecture.hasPaging()) {
            return 0;
        }
        // where the next table of the lowest level begins
        return Rounding.up(
                plan.end(),
                1L << architecture.levels().get(architecture.tableLevels() - 1).entryBits());
    }

    /**
     * The kernel's own words, see {@link KernelState}.
     *
     * @return physical address
     */
    public @PhysAddr long kernelState() {
        return stateAddress(plan);
    }
}
