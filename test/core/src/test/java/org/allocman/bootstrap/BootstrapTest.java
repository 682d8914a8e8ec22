package org.allocman.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BootstrapTest {
    static List<String> boards() {
        return Boards.names();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void thePlannedStaticPoolIsExactlyWhatIsNeeded(String board) throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName(board), ManagedMachine.Pools.DEFAULT);
        BootstrapOptions options = ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT);
        BootstrapPlan plan = BootstrapPlan.of(machine.bootInfo(), options);
        Fingerprint before = machine.memory().fingerprint();
        BootstrapFailure failure = Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        options.withStaticPoolBytes(plan.bytes() - 1))
                .getLeft();
        assertEquals(BootstrapFailure.Reason.STATIC_POOL_TOO_SMALL, failure.reason());
        assertEquals(1, failure.missingBytes());
        assertTrue(failure.message().contains("1 more"), failure.message());
        assertEquals(before, machine.memory().fingerprint(), "a bootstrap that fails changes nothing");
        assertTrue(Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        options.withStaticPoolBytes(plan.bytes()))
                .isRight());
    }

    @Test
    void everyRefusedInvocationEndsInACleanFailureOrASmallerPool() throws Exception {
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                Machine machine = ManagedMachine.boot(Boards.byName("pc99"), ManagedMachine.Pools.DEFAULT);
                BootstrapOptions options = ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT);
                FaultyKernel kernel = new FaultyKernel(machine.kernel());
                kernel.failAt(n, forEver);
                boolean success = Bootstrap.inCurrentCSpace(kernel, machine.rootMemory(), machine.bootInfo(), options)
                        .isRight();
                failed = kernel.hasFailed();
                assertTrue(failed || success);
                // where the kernel refuses for ever, it refuses what would undo, too
                if (!success && !forEver) {
                    assertEquals(
                            "",
                            Bootstrap.inCurrentCSpace(
                                            machine.kernel(), machine.rootMemory(), machine.bootInfo(), options)
                                    .fold(failure -> failure.toString(), manager -> ""),
                            "after a clean failure at " + n + " bootstrap succeeds");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void deviceMemoryIsPartedByTheBoardsRam(String name) throws Exception {
        Board board = Boards.byName(name);
        Machine machine = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        BootstrapPlan plan =
                BootstrapPlan.of(machine.bootInfo(), ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT));
        for (UntypedRoots.Root root : plan.roots()) {
            long start = root.untyped().paddr();
            long last = root.untyped().last();
            long ram = 0;
            for (Region region : board.regions()) {
                if (region.kind() == Region.Kind.RAM || region.kind() == Region.Kind.RESERVED) {
                    ram += Math.max(0, Math.min(last + 1, region.end()) - Math.max(start, region.start()));
                }
            }
            assertEquals(root.kind() == MemoryKind.DEVICE ? 0 : last - start + 1, ram, root::toString);
        }
        assertEquals(
                bytes(machine.bootInfo().untypeds().stream()),
                bytes(plan.roots().stream().map(UntypedRoots.Root::untyped)));
    }

    private static long bytes(Stream<Untyped> untypeds) {
        return untypeds.mapToLong(untyped -> 1L << untyped.sizeBits()).sum();
    }

    @Test
    void aTebibyteCostsOnlyWhatIsTouched() throws Exception {
        Board board = BoardFile.read("tebibyte", """
                name: tebibyte
                architecture: x86_64
                regions:
                  - {name: memory, kind: ram, start: 0x100000, size: 1TiB}
                """.getBytes(StandardCharsets.UTF_8), null);
        Machine machine = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        Allocman allocman = ManagedMachine.manage(
                        machine, ManagedMachine.Pools.DEFAULT, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
        assertTrue(allocman.allocate(ObjectType.HUGE_PAGE, 0, 0) > 0);
        // the kernel's window ends at 510 GiB, within the untyped of 2^38 bytes that would be the largest
        assertTrue(allocman.allocate(ObjectType.UNTYPED, 37, 0) > 0);
        assertTrue(
                machine.memory().touchedPages() < 200,
                "pages touched: " + machine.memory().touchedPages());
    }

    @Test
    void theManagerIsFoundAgainInItsPool() throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName("qemu-riscv-virt"), ManagedMachine.Pools.DEFAULT);
        Allocman first = ManagedMachine.manage(
                        machine, ManagedMachine.Pools.DEFAULT, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
        long handle = first.allocate(ObjectType.TCB, 0, 0);
        assertTrue(handle > 0);
        Allocman second = new Allocman(machine.kernel(), machine.rootMemory(), first.layout(), GrowthListener.NONE);
        assertEquals(first.statistics(), second.statistics());
        assertEquals(0, second.free(handle), "all that a manager knows is in its pools");
        assertFalse(first.free(handle) == 0, "so the first view knows it, too");
    }
}
