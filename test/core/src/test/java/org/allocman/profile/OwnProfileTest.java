package org.allocman.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.systems.KernelSubject;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.Designs;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.ProfileFile;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.contract.KernelContract;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kernel that only a file describes keeps every contract and law that a built-in one does. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OwnProfileTest {
    private static Architecture hydra() {
        try {
            return ProfileFile.read(Path.of("../example/hydra.yaml"));
        } catch (BoardFormatException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static Board board(long bytes) {
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, bytes);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        return new Board("small", hydra(), List.of(ram, device), List.of());
    }

    private static ObjectType named(String name) {
        return Objects.requireNonNull(hydra().typeNamed(name), name);
    }

    private static List<String> broken(Machine machine) {
        return KernelInvariants.check(new KernelView(machine.memory(), hydra(), machine.kernelState()));
    }

    @Nested
    class TheKernel extends KernelContract {
        @Override
        protected Subject subject() {
            Board board = board(1 << 20);
            try {
                Machine machine = Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(8));
                return new Subject(machine.kernel(), machine.bootInfo());
            } catch (BootFailure failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Nested
    class TheManager extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 1 << 18, UntypedDesigns.ARENA);
            Machine machine = boot(pools, 1 << 20);
            Allocman allocman = ManagedMachine.manage(machine, pools, wrapper, GrowthListener.NONE)
                    .get()
                    .allocman();
            return new Subject(
                    new AllocmanVka(allocman),
                    machine.bootInfo().untypeds(),
                    true,
                    () -> broken(machine),
                    machine.memory()::fingerprint);
        }
    }

    private static Machine boot(ManagedMachine.Pools pools, long bytes) {
        try {
            return ManagedMachine.boot(board(bytes), pools);
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void everyManagerMakesObjectsOfItsOwnTypesAndGrows(UntypedDesign kind) {
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 1 << 20, kind);
        Machine machine = boot(pools, 32 << 20);
        Allocman allocman = ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                .get()
                .allocman();
        AllocmanVka vka = new AllocmanVka(allocman);
        List<VkaObject> made = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            made.add(vka.allocate(named("CHANNEL"), 0).getOrElseThrow(VkaException::new));
            if (i % 40 == 0) {
                made.add(vka.allocate(named("ARENA"), 12 + i / 80).getOrElseThrow(VkaException::new));
                made.add(vka.allocate(named("UPPER_TABLE"), 0).getOrElseThrow(VkaException::new));
            }
        }
        assertEquals(7, made.get(0).sizeBits());
        assertEquals(12, made.get(1).sizeBits());
        assertTrue(allocman.statistics().liveObjects() >= made.size());
        assertTrue(vka.allocate(named("ARENA"), 21).isLeft(), "larger than the profile allows");
        assertTrue(vka.allocate(named("ARENA"), 11).isLeft(), "smaller than the profile allows");
        assertEquals(List.of(), broken(machine));
        if (kind.canFree()) {
            made.forEach(object -> assertTrue(vka.free(object).isEmpty()));
            assertEquals(0, allocman.statistics().liveObjects());
        }
        assertEquals(List.of(), broken(machine));
    }

    private static Exploration explore(SystemKind kind, int size, int depth) throws Exception {
        return explore(kind.system(new SystemOptions(board(16 << 20), size, 0, kind.hasSymmetry())), depth);
    }

    private static Exploration explore(TransitionSystem system, int depth) throws Exception {
        Exploration found = Explorer.explore(system, Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        return found;
    }

    @Test
    void itsObjectsItsLevelsAndItsManagerAreExplored() throws Exception {
        long kernel = explore(SystemKind.KERNEL, 3, 4).distinct();
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 16 << 20);
        Board plain = new Board("small", Architecture.RISCV64, List.of(ram), List.of());
        long without = explore(new SubjectSystem(new KernelSubject(plain, real -> real, 3, true), 0), 4)
                .distinct();
        assertTrue(kernel > without, "with channels there are more states: " + kernel + ", without " + without);
        assertTrue(explore(SystemKind.PAGING, 2, 3).distinct() > 100);
        assertTrue(explore(SystemKind.ALLOCMAN, 2, 3).distinct() > 10);
    }
}
