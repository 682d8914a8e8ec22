package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.lab.machine.XousMachine;
import org.allocman.lab.workload.XousWorkload;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.Statistics;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.VkaError;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.wrap.DebugVka;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousConfig;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Xous comes and goes on every architecture that can have it, and whoever watches finds that all is given back as it was taken. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class XousStartTest {
    private static final long MIB = 1 << 20;
    private static final long RAM = 0x4000_0000L;
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;

    static Stream<Architecture> architectures() {
        return Arrays.stream(Architecture.values()).filter(FrameTable::canServe);
    }

    private static Board board(Architecture architecture) {
        Region ram = new Region("sram", Region.Kind.RAM, RAM, 8 * MIB);
        Region device = new Region("uart", Region.Kind.DEVICE, RAM / 2, PAGE);
        return new Board("some", architecture, List.of(device, ram), List.of());
    }

    private static Whitelist whitelist(Board board) {
        try {
            return XousMachine.whitelist(board, XousMachine.ranges(board));
        } catch (ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Machine boot(Board board) {
        try {
            return XousMachine.boot(board);
        } catch (BootFailure impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <K extends Kernel> UnaryOperator<Kernel> keeping(AtomicReference<K> place, K kernel) {
        place.set(kernel);
        return is -> kernel;
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void whoeverWatchesFindsNothingLeft(Architecture architecture) {
        Board board = board(architecture);
        AtomicReference<DebugVka> debug = new AtomicReference<>();
        XousMachine machine = XousMachine.start(
                        boot(board),
                        whitelist(board),
                        TableForm.PROGRAMMATIC,
                        kernel -> kernel,
                        GrowthListener.NONE,
                        vka -> {
                            debug.set(new DebugVka(vka));
                            return debug.get();
                        })
                .getOrElseThrow(error -> new IllegalStateException(error.message()));
        XousWorkload work = new XousWorkload(machine.system(), 5);
        work.start(3);
        for (int i = 0; i < 200; i++) {
            work.step();
        }
        assertEquals(Option.none(), machine.system().close());
        assertNotNull(debug.get());
        assertEquals("", debug.get().leakReport());
        assertEquals(0, machine.managed().allocman().statistics().liveObjects());
    }

    /** Of the start, too, every invocation is refused: then nothing is left of it. */
    @ParameterizedTest
    @MethodSource("architectures")
    void aStartThatIsRefusedLeavesNothing(Architecture architecture) {
        Board board = board(architecture);
        Machine machine = boot(board);
        AtomicReference<FaultyKernel> faulty = new AtomicReference<>();
        ManagedMachine managed = ManagedMachine.manage(
                        machine,
                        Pools.DEFAULT,
                        kernel -> keeping(faulty, new FaultyKernel(kernel)).apply(kernel),
                        GrowthListener.NONE)
                .get();
        FaultyKernel kernel = faulty.get();
        assertNotNull(kernel);
        int ready = machine.memory().startJournal();
        Statistics before = trimmed(managed);
        boolean more = true;
        for (long n = 1; more; n++) {
            machine.memory().rewind(ready);
            kernel.failAt(n, false);
            Either<VkaError, XousSystem> system = start(managed, whitelist(board));
            more = kernel.hasFailed();
            kernel.heal();
            assertTrue(more || system.isRight());
            system.forEach(is -> assertEquals(Option.none(), is.close()));
            assertEquals(before, trimmed(managed), "after invocation " + n);
            assertTrue(n < 1000, "it comes to an end");
        }
    }

    private static Statistics trimmed(ManagedMachine managed) {
        managed.allocman().trim();
        return managed.allocman().statistics();
    }

    private static Either<VkaError, XousSystem> start(ManagedMachine managed, Whitelist whitelist) {
        Machine machine = managed.machine();
        long window = machine.freeVirtualBase() + ManagedMachine.DEFAULT_VIRTUAL_POOL;
        return XousSystem.start(
                managed.kernel(),
                machine.rootMemory(),
                managed.allocman(),
                new AllocmanVka(managed.allocman()),
                new XousConfig(
                        whitelist, TableForm.PROGRAMMATIC, machine.bootInfo().untypeds(), window));
    }

    /** The owners' table has to say which pages are the kernel's; without room for that there is no system. */
    @Test
    void aTableWithoutRoomForTheKernelsPagesIsRefused() {
        Board board = board(Architecture.RISCV32);
        try {
            Pools pools = new Pools(-1, 0);
            ManagedMachine managed = ManagedMachine.manage(
                            ManagedMachine.boot(board, pools), pools, kernel -> kernel, GrowthListener.NONE)
                    .get();
            Statistics before = trimmed(managed);
            Either<VkaError, XousSystem> system = start(managed, whitelist(board));
            assertEquals(VkaError.Reason.OUT_OF_BOOK_KEEPING, system.getLeft().reason());
            assertEquals(before, trimmed(managed));
        } catch (BootFailure impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A kernel that names a missing level however many it gets is left after as many as the architecture has. */
    @ParameterizedTest
    @MethodSource("architectures")
    void aKernelThatNamesAMissingLevelForEver(Architecture architecture) {
        Board board = board(architecture);
        Machine machine = boot(board);
        long window = machine.freeVirtualBase() + ManagedMachine.DEFAULT_VIRTUAL_POOL;
        AtomicReference<LevelsKernel> levels = new AtomicReference<>();
        ManagedMachine managed = ManagedMachine.manage(
                        machine,
                        Pools.DEFAULT,
                        kernel -> keeping(levels, new LevelsKernel(kernel, window))
                                .apply(kernel),
                        GrowthListener.NONE)
                .get();
        LevelsKernel kernel = levels.get();
        assertNotNull(kernel);
        Statistics before = trimmed(managed);
        kernel.lie(true);
        Either<VkaError, XousSystem> none = start(managed, whitelist(board));
        assertEquals(VkaError.Reason.KERNEL_REFUSED, none.getLeft().reason());
        assertEquals(before, trimmed(managed));
        kernel.lie(false);

        XousSystem xous = right(start(managed, whitelist(board)));
        int pid = right(xous.spawn());
        long high = Math.max(window, 0x7000_0000L) & -MIB * 64;
        MemoryRange range = right(xous.mapMemory(pid, 0, high, 2 * PAGE, READ_WRITE));
        long pages = xous.allocations().ramBytes(pid);
        kernel.lie(true);
        assertEquals(Either.left(XousError.INTERNAL_ERROR), xous.touch(pid, range.start()));
        assertEquals(pages, xous.allocations().ramBytes(pid));
        kernel.lie(false);
        right(xous.touch(pid, range.start()));
        assertEquals(Option.none(), xous.close());
        assertEquals(before, trimmed(managed));
    }
}
