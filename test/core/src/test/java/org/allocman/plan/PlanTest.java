package org.allocman.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
    private static final long MOST_VIRTUAL = 1L << 30;

    static Stream<Arguments> boardsAndManagers() {
        return Boards.names().stream()
                .flatMap(board -> UntypedDesigns.ALL.stream().map(manager -> Arguments.of(board, manager)));
    }

    private static Workload work(int many) {
        return new Workload(List.of(
                Demand.objects(ObjectType.SMALL_PAGE, 0, many),
                Demand.slots(3),
                Demand.objects(ObjectType.ENDPOINT, 0, many),
                Demand.objects(ObjectType.CNODE, 4, 20),
                Demand.memory(1000, 7),
                Demand.objects(ObjectType.TCB, 0, 20)));
    }

    @ParameterizedTest
    @MethodSource("boardsAndManagers")
    void aPlanIsWhatHappens(String board, UntypedDesign manager) throws Exception {
        MachineBoot boot = new MachineBoot(Boards.byName(board), manager, MOST_VIRTUAL);
        for (Plan.Pool pool : Plan.Pool.values()) {
            PlanCheck.check(boot, work(10), pool);
            PlanCheck.check(boot, work(800), pool);
        }
    }

    @Test
    void whatIsSaidToBeEnoughIsEnough() {
        Workload many = new Workload(List.of(Demand.objects(ObjectType.SMALL_PAGE, 0, 10_000)));
        MachineBoot boot = new MachineBoot(Boards.byName("qemu-arm-virt"), UntypedDesigns.ARENA, MOST_VIRTUAL);
        Shortfall shortage =
                new Planner(boot, many, Plan.Pool.EITHER).plan().get().shortage();
        assertEquals(Shortfall.Resource.SLOTS, shortage.resource());
        int bits = shortage.remedy().rootCNodeBits();
        assertEquals(0, shortage.remedy().untypedBits());
        assertTrue(planWith(boot, many, bits).fits());
        assertFalse(planWith(boot, many, bits - 1).fits());
    }

    private static Plan planWith(MachineBoot boot, Workload workload, int rootCNodeBits) {
        return new Planner((bytes, usual) -> boot.with(bytes, rootCNodeBits), workload, Plan.Pool.EITHER)
                .plan()
                .get();
    }

    @Test
    void aBoardThatDoesNotBootHasNoPlan() {
        MachineBoot boot = new MachineBoot(Boards.byName("tiny"), UntypedDesigns.ARENA, MOST_VIRTUAL);
        String why = new Planner((bytes, usual) -> boot.with(1 << 20, usual), work(1), Plan.Pool.EITHER)
                .plan()
                .getLeft();
        assertTrue(why.contains("bytes"), why);
    }

    @Test
    void withoutAVirtualPoolTheStaticOneHoldsAll() {
        MachineBoot boot = new MachineBoot(Boards.byName("pc99"), UntypedDesigns.ARENA, MOST_VIRTUAL);
        Plan fixed = new Planner(boot, work(1000), Plan.Pool.STATIC).plan().get();
        Plan virtual = new Planner(boot, work(1000), Plan.Pool.VIRTUAL).plan().get();
        assertEquals(0, fixed.virtualPoolBytes());
        assertEquals(0, fixed.reserveSlots());
        assertTrue(virtual.virtualPoolBytes() > 0);
        assertTrue(virtual.reserveBytes() > 0 && virtual.reserveSlots() > 0);
    }
}
