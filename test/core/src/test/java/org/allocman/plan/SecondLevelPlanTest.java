package org.allocman.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In a CSpace of two levels, slots need records: what a machine with a large pool can do, a plan must not call impossible. */
@Timeout(120)
class SecondLevelPlanTest {
    private static final long WINDOW = 16L << 20;
    private static final long LARGE = 2L << 20;
    private static final int MOST = 1 << 15;

    private static MachineBoot boot(UntypedDesign manager, CSpaceGeometry cspace) {
        return new MachineBoot(Boards.byName("qemu-arm-virt"), manager, WINDOW, cspace);
    }

    private static Plan plan(MachineBoot boot, Workload workload) {
        return new Planner(boot, workload, Plan.Pool.EITHER).plan().get();
    }

    private static Workload slots(long count) {
        return new Workload(List.of(Demand.slots(count)));
    }

    static Stream<Arguments> small() {
        List<CSpaceGeometry> geometries = List.of(
                CSpaceGeometry.oneLevel(9),
                CSpaceGeometry.twoLevel(3, 6),
                CSpaceGeometry.twoLevel(8, 2),
                CSpaceGeometry.twoLevel(7, 4),
                CSpaceGeometry.twoLevel(7, 7),
                CSpaceGeometry.twoLevel(1, 10));
        return UntypedDesigns.ALL.stream()
                .flatMap(manager -> geometries.stream().map(cspace -> Arguments.of(manager, cspace)));
    }

    /** Plans for exactly as many as a machine can have with pools that are never full, for fewer, and for too many. */
    @ParameterizedTest
    @MethodSource("small")
    void whatAMachineCanDoIsPlanned(UntypedDesign manager, CSpaceGeometry cspace) {
        MachineBoot boot = boot(manager, cspace);
        for (ObjectType type : new ObjectType[] {null, ObjectType.ENDPOINT}) {
            int most = most(boot, type);
            assertTrue(most > 50, "far too few can be had: " + most);
            for (int count : new int[] {most / 2, most - 1, most}) {
                Plan plan = plan(boot, work(type, count));
                assertNull(plan.shortage(), () -> "a machine has " + count + ", " + plan);
            }
            // slot 0 is nobody's
            int all = 1 << cspace.firstBits() + cspace.secondBits();
            Shortfall shortage = plan(boot, work(type, all)).shortage();
            assertNotNull(shortage, "all slots there are");
            assertEquals(Shortfall.Resource.SLOTS, shortage.resource(), () -> "for want of slots, not " + shortage);
        }
    }

    private static Workload work(ObjectType type, int count) {
        return type == null ? slots(count) : new Workload(List.of(Demand.objects(type, 0, count)));
    }

    private static int most(MachineBoot boot, ObjectType type) {
        int fits = 0;
        int tooMany = MOST;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) / 2;
            Pools fixed = new Pools(LARGE, 0, boot.manager(), boot.cspace());
            Pools virtual = new Pools(-1, WINDOW, boot.manager(), boot.cspace());
            boolean enough = PlanCheck.isEnough(boot, work(type, middle), fixed)
                    || PlanCheck.isEnough(boot, work(type, middle), virtual);
            fits = enough ? middle : fits;
            tooMany = enough ? tooMany : middle;
        }
        return fits;
    }

    @Test
    void manySlotsOfSmallCNodesAreALargerPool() {
        for (UntypedDesign manager : UntypedDesigns.ALL) {
            Plan few = plan(boot(manager, CSpaceGeometry.twoLevel(10, 4)), slots(210));
            Plan many = plan(boot(manager, CSpaceGeometry.twoLevel(10, 4)), slots(12_000));
            assertTrue(few.fits() && many.fits(), () -> few + " and " + many);
            assertNotEquals(
                    few.staticPoolBytes() + few.virtualPoolBytes(), many.staticPoolBytes() + many.virtualPoolBytes());
            assertTrue(plan(boot(manager, CSpaceGeometry.twoLevel(7, 7)), slots(3000))
                    .fits());
        }
    }
}
