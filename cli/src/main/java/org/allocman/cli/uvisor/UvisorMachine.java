package org.allocman.cli.uvisor;

import static org.allocman.cli.frame.Figures.hex;
import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorMetadata;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.block.VkaPieces;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.view.recording.Cells;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Rounding;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;

/**
 * A board that has booted, with a resource manager, and on it a uVisor: its books are in the manager's pool, its static regions
 * and blocks are untypeds at their own physical addresses.
 *
 * @param managed board, kernel and manager
 * @param uvisor the system
 * @param behindMpu memory as the MPU lets boxes see it
 * @param metadata how large the book-keeping is
 * @param staticRecords where the capabilities of the static regions are
 */
record UvisorMachine(ManagedMachine managed, Uvisor uvisor, Memory behindMpu, long metadata, long staticRecords) {
    private static final long SYSTEM_CONTROL = 0xe000e000L;
    // what the books and the arenas on the way to the blocks take beyond what a manager needs at the least
    private static final int SPARE_PAGES = 4;
    private static final int METADATA_BYTES_MAX = 4032;
    private static final int GRAIN = 64;

    static UvisorMachine boot(Board given, MpuKind mpu, List<BoxSetup> boxes, long blockBytes, Recording recording)
            throws BadInputException, BootFailure {
        if (given.architecture().hasPaging()) {
            throw new BadInputException(given.name() + " has an MMU; uVisor runs on microcontrollers with an MPU, for"
                    + " instance k64f and stm32f429");
        }
        Board board = withSystemControl(given);
        Machine least = ManagedMachine.boot(board, new ManagedMachine.Pools(-1, 0));
        ManagedMachine.Pools pools = new ManagedMachine.Pools(least.staticPoolBytes() + SPARE_PAGES * PAGE, 0);
        Machine machine = ManagedMachine.boot(board, pools);
        Kernel kernel = recording.start(machine, ManagedMachine.options(machine, pools));
        ManagedMachine managed = ManagedMachine.manage(
                        machine, pools, any -> kernel, recording.growth(GrowthListener.NONE))
                .getOrElseThrow(failure -> new BadInputException(board.name() + ": " + failure.message()));
        BlockGeometry.Range range = range(machine);
        UvisorPlan plan = UvisorPlan.of(mpu, boxes, range, blockBytes, devices(given))
                .getOrElseThrow(halt -> new BadInputException(board.name() + ": " + halt.message()));
        if (plan.geometry().count() < 1) {
            throw new BadInputException(board.name() + ": the boxes leave no room for a block of "
                    + Figures.size(blockBytes) + " up to " + hex(range.end()));
        }
        return start(managed, plan, recording);
    }

    private static UvisorMachine start(ManagedMachine managed, UvisorPlan plan, Recording recording)
            throws BadInputException {
        Machine machine = managed.machine();
        Allocman allocman = managed.allocman();
        PagedMemory words = machine.memory().words();
        SimMpu mpu = new SimMpu(words, SimMpu.REGISTERS, plan.mpu().hasEighths());
        Memory behind = machine.memory().window(mpu);
        long bytes = UvisorMetadata.bytes(plan, mpu) + GRAIN;
        if (bytes > METADATA_BYTES_MAX) {
            throw new BadInputException("the metadata of " + plan.geometry().count() + " blocks takes " + bytes
                    + " bytes, and a record has at most " + METADATA_BYTES_MAX + "; larger blocks are fewer");
        }
        long address = allocate(allocman, bytes);
        long staticBytes = plan.geometry().start() - plan.start();
        long records = staticBytes == 0 ? 0 : allocate(allocman, VkaPieces.recordBytes(plan.start(), staticBytes));
        Vka vka = recording.vka(new AllocmanVka(allocman));
        if (staticBytes != 0) {
            Either<VkaError, Long> taken = new VkaPieces(vka, words).obtain(plan.start(), staticBytes, records);
            if (taken.isLeft()) {
                throw new BadInputException("the static regions cannot be had: " + taken.getLeft());
            }
            words.clear(plan.start(), staticBytes);
        }
        UvisorMetadata metadata = UvisorMetadata.at(plan, mpu, Rounding.up(address, GRAIN));
        Uvisor uvisor = new Uvisor(
                plan,
                new Uvisor.Hardware(mpu, words, behind),
                new VkaBlocks(vka, words, plan.geometry(), metadata.capabilities()),
                metadata);
        uvisor.start();
        recording.owners(Cells.blocks(
                uvisor.pool(),
                uvisor.topLevel(),
                box -> plan.boxes().get(box).config().name()));
        recording.ready();
        return new UvisorMachine(managed, uvisor, behind, bytes, records);
    }

    private static long allocate(Allocman allocman, long bytes) throws BadInputException {
        long address = allocman.memory().allocate((int) bytes);
        if (address <= 0) {
            throw new BadInputException("the manager's pool has no " + bytes + " bytes for the metadata");
        }
        return address;
    }

    /** Gives the static regions back to the manager. */
    void giveStaticRegionsBack() {
        UvisorPlan plan = uvisor.plan();
        long bytes = plan.geometry().start() - plan.start();
        if (bytes != 0) {
            PagedMemory words = managed.machine().memory().words();
            words.clear(plan.start(), bytes);
            new VkaPieces(new AllocmanVka(managed.allocman()), words)
                    .giveBack(plan.start(), bytes, staticRecords)
                    .peek(error -> {
                        throw new IllegalStateException("the boxes' memory cannot be given back: " + error);
                    });
        }
    }

    /** The RAM that everything is in. */
    Region ram() {
        return managed.machine().board().regions(Region.Kind.RAM).stream()
                .filter(region ->
                        region.start() <= uvisor.plan().start() && uvisor.plan().start() < region.end())
                .findFirst()
                .orElseThrow();
    }

    UvisorInvariants.Subject subject() {
        return new UvisorInvariants.Subject(uvisor, managed.machine().memory().words(), behindMpu);
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

    /** What boxes may be given: the board's devices but for the kernel's own. */
    private static List<AddressRange> devices(Board board) {
        return board.regions(Region.Kind.DEVICE).stream()
                .map(region -> new AddressRange(region.start(), region.end()))
                .toList();
    }

    /** The longest stretch of memory that the kernel handed over. */
    private static BlockGeometry.Range range(Machine machine) throws BadInputException {
        long bestStart = 0;
        long bestEnd = 0;
        long start = 0;
        long end = -1;
        for (Untyped untyped : machine.bootInfo().untypeds()) {
            if (untyped.device()) {
                continue;
            }
            if (untyped.paddr() != end) {
                start = untyped.paddr();
            }
            end = untyped.last() + 1;
            if (end - start > bestEnd - bestStart) {
                bestStart = start;
                bestEnd = end;
            }
        }
        for (Region region : machine.board().regions(Region.Kind.RAM)) {
            if (region.start() <= bestStart && bestEnd <= region.end()) {
                return new BlockGeometry.Range(region.start(), region.end(), bestStart, bestEnd);
            }
        }
        throw new BadInputException(machine.board().name() + ": the kernel leaves no memory");
    }
}
