package org.allocman.plan;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

class PlanProperties {
    private static final long RAM = 0x8000_0000L;
    private static final int MOST_OF_ONE = 300;

    /** Work before it is known for which architecture. */
    record Wish(int type, int size, int count) {}

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aPlanIsWhatHappens(
            @ForAll("boards") Board board,
            @ForAll("designs") UntypedDesign manager,
            @ForAll Plan.Pool pool,
            @ForAll("cspaces") CSpaceGeometry cspace,
            @ForAll("wishes") List<Wish> wishes)
            throws Exception {
        MachineBoot boot = new MachineBoot(board, manager, 1L << 24, cspace);
        Assume.that(boot.with(4096, 0).isRight());
        PlanCheck.check(boot, workload(board.architecture(), wishes), pool);
    }

    @Provide
    Arbitrary<Board> boards() {
        Arbitrary<Integer> pages = Arbitraries.oneOf(
                Arbitraries.integers().between(60, 300), Arbitraries.integers().between(300, 20_000));
        return Combinators.combine(Arbitraries.of(Architecture.values()), pages).as((architecture, count) -> {
            // without paging the kernel of a large board is large, too; all that matters is that there are several
            // sizes
            long start = architecture == Architecture.MPU ? 0x2000_0000L : RAM + 0x40_0000L;
            return new Board(
                    "board",
                    architecture,
                    List.of(new Region("ram", Region.Kind.RAM, start, count * 4096L)),
                    List.of());
        });
    }

    @Provide
    Arbitrary<CSpaceGeometry> cspaces() {
        return Arbitraries.oneOf(
                Arbitraries.just(CSpaceGeometry.CURRENT),
                Arbitraries.integers().between(6, 13).map(CSpaceGeometry::oneLevel),
                Combinators.combine(
                                Arbitraries.integers().between(2, 8),
                                Arbitraries.integers().between(4, 10))
                        .as(CSpaceGeometry::twoLevel));
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        Arbitrary<Integer> count = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 4), Arbitraries.integers().between(5, MOST_OF_ONE));
        return Combinators.combine(
                        Arbitraries.integers().between(0, ObjectType.values().length + 1),
                        Arbitraries.integers().between(0, 12),
                        count)
                .as(Wish::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Workload workload(Architecture architecture, List<Wish> wishes) {
        List<Demand> demands = new ArrayList<>();
        for (Wish wish : wishes) {
            Demand demand = demand(wish);
            if (demand.problem(architecture) == null) {
                demands.add(demand);
            }
        }
        return new Workload(demands);
    }

    private static Demand demand(Wish wish) {
        ObjectType[] types = ObjectType.values();
        if (wish.type() >= types.length) {
            return wish.type() == types.length
                    ? Demand.slots(wish.count())
                    : Demand.memory(1 + 330 * wish.size(), wish.count());
        }
        ObjectType type = types[wish.type()];
        int size = type == ObjectType.UNTYPED ? wish.size() + 4 : 1 + wish.size() / 2;
        return Demand.objects(type, size, wish.count());
    }

    @Provide
    Arbitrary<UntypedDesign> designs() {
        return Arbitraries.of(UntypedDesigns.ALL);
    }
}
