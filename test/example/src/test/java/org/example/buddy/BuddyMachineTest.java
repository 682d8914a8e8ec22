package org.example.buddy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.InitialState;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.plan.Demand;
import org.allocman.plan.Plan;
import org.allocman.plan.Planner;
import org.allocman.plan.Workload;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.check.systems.AllocmanSubject;
import org.allocman.vka.ObjectType;
import org.example.flat.FlatDesign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole machines with a manager of our design: planned, booted, explored. */
@Timeout(120)
class BuddyMachineTest {
    @ParameterizedTest
    @ValueSource(strings = {"qemu-arm-virt", "qemu-riscv-virt", "pc99", "k64f"})
    void aMachineGrowsAndEndsWhole(String name) throws Exception {
        Board board = Boards.byName(name);
        Pools pools = Pools.DEFAULT.withManager(new BuddyDesign());
        Allocman allocman = ManagedMachine.manage(ManagedMachine.boot(board, pools), pools, k -> k, GrowthListener.NONE)
                .get()
                .allocman();
        assertEquals("bitmap-buddy", allocman.layout().untypeds().name());
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long handle = allocman.allocate(i % 3 == 0 ? ObjectType.SMALL_PAGE : ObjectType.ENDPOINT, 0, 0);
            assertTrue(handle > 0, "object " + i);
            handles.add(handle);
            assertTrue(allocman.isReserveFull(), "after object " + i);
        }
        assertTrue(allocman.statistics().virtualPagesMapped() > 1, "the pool has grown");
        assertEquals(List.of(), allocman.health().levels());
        handles.forEach(handle -> assertEquals(0, allocman.free(handle)));
        allocman.trim();
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i);
        }
    }

    @Test
    void aPlanIsExact() throws Exception {
        MachineBoot boot = new MachineBoot(Boards.byName("qemu-arm-virt"), new BuddyDesign(), 1L << 30);
        Workload workload = new Workload(List.of(Demand.objects(ObjectType.SMALL_PAGE, 0, 800), Demand.slots(3)));
        Plan plan = new Planner(boot, workload, Plan.Pool.EITHER).plan().get();
        assertTrue(plan.fits());
        assertEquals("block", plan.staticPool().layout().records().get(0).name());
        assertTrue(plan.reserveBytes() > 0);
        Machine machine = boot.machine(plan.staticPoolBytes(), 0);
        Allocman allocman = Bootstrap.start(
                        machine.kernel(),
                        machine.rootMemory(),
                        InitialState.of(machine.bootInfo()),
                        plan.options())
                .get();
        for (int i = 0; i < 800; i++) {
            assertTrue(allocman.allocate(ObjectType.SMALL_PAGE, 0, 0) > 0, "page " + i);
        }
        Machine again = boot.machine(plan.staticPoolBytes(), 0);
        BootstrapFailure tooSmall = Bootstrap.start(
                        again.kernel(),
                        again.rootMemory(),
                        InitialState.of(again.bootInfo()),
                        plan.options().withStaticPoolBytes(plan.staticPool().bytes() - 1))
                .getLeft();
        assertEquals(BootstrapFailure.Reason.STATIC_POOL_TOO_SMALL, tooSmall.reason());
    }

    static Stream<Arguments> smallMachines() {
        CSpaceGeometry twoLevels = CSpaceGeometry.twoLevel(3, 7);
        return Stream.of(
                Arguments.of(CSpaceGeometry.CURRENT, 1, 0, 99),
                Arguments.of(CSpaceGeometry.CURRENT, 1, 1, 3),
                Arguments.of(twoLevels, 1, 0, 4),
                Arguments.of(CSpaceGeometry.CURRENT.withDesign(new FlatDesign()), 2, 0, 4));
    }

    @ParameterizedTest
    @MethodSource("smallMachines")
    void everyStateKeepsTheLaws(CSpaceGeometry cspace, int objects, int faults, int depth) throws Exception {
        Pools pools = new Pools(-1, 2 * 4096, new BuddyDesign(), cspace);
        AllocmanSubject subject =
                new AllocmanSubject(Boards.byName("tiny"), pools, new BootSizes(8, 0, 0, 0), objects);
        Exploration found = Explorer.explore(
                new SubjectSystem(subject, faults), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertEquals(depth == 99, found.end() == Exploration.End.COMPLETE, found::toString);
        assertTrue(found.distinct() > 10, () -> "distinct states: " + found.distinct());
    }
}
