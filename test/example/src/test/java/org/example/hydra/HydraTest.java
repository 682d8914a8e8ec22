package org.example.hydra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.ProfileFile;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.contract.KernelContract;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A kernel that nobody but this project knows keeps the contracts, and is planned, booted and explored. */
class HydraTest {
    private static final long RAM = 16 << 20;

    private static Board board() {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, RAM);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        return new Board("bench", Hydra.profile(), List.of(memory, device), List.of());
    }

    private static Machine boot() {
        try {
            return Machine.boot(board(), BootConfig.defaults(board()));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    @Nested
    class TheKernel extends KernelContract {
        @Override
        protected Subject subject() {
            Machine machine = boot();
            return new Subject(machine.kernel(), machine.bootInfo());
        }
    }

    @Nested
    class TheManager extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            try {
                Machine machine = ManagedMachine.boot(board(), ManagedMachine.Pools.DEFAULT);
                return new Subject(
                        new AllocmanVka(ManagedMachine.manage(
                                        machine, ManagedMachine.Pools.DEFAULT, wrapper, GrowthListener.NONE)
                                .get()
                                .allocman()),
                        machine.bootInfo().untypeds(),
                        true,
                        List::of,
                        machine.memory()::fingerprint);
            } catch (BootFailure failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Test
    void theFileSaysTheSame() throws Exception {
        assertEquals(Hydra.profile(), ProfileFile.read(Path.of("hydra.yaml")));
    }

    @Test
    void channelsAreAllocated() throws Exception {
        Machine machine = ManagedMachine.boot(board(), ManagedMachine.Pools.DEFAULT);
        AllocmanVka vka = new AllocmanVka(ManagedMachine.manage(
                        machine, ManagedMachine.Pools.DEFAULT, kernel -> kernel, GrowthListener.NONE)
                .get()
                .allocman());
        ObjectType channel = Hydra.profile().typeNamed("CHANNEL");
        for (int i = 0; i < 1000; i++) {
            assertEquals(
                    7, vka.allocate(channel, 0).getOrElseThrow(VkaException::new).sizeBits());
        }
    }

    @Test
    void itIsExplored() throws Exception {
        SystemKind kind = SystemKind.KERNEL;
        Exploration found = Explorer.explore(
                kind.system(new SystemOptions(board(), 3, 0, kind.hasSymmetry())),
                Limits.NONE.withDepth(3),
                ExplorationListener.NONE);
        assertNull(found.violation());
        assertTrue(found.distinct() > 100, () -> "states: " + found.distinct());
    }
}
