package org.allocman.sim.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;

/** Boots of boards that nobody has built: whatever the memory map, nothing is given twice and nothing is forgotten. */
class BootPlanProperties {
    private record Piece(int kind, long gap, long size) {}

    @Provide
    Arbitrary<Board> boards() {
        Arbitrary<Piece> pieces = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(0, 1 << 22),
                        Arbitraries.longs().between(1, 1 << 25))
                .as(Piece::new);
        return Combinators.combine(
                        Arbitraries.of(Architecture.values()),
                        Arbitraries.longs().between(0, 1L << 30),
                        pieces.list().ofMinSize(1).ofMaxSize(12))
                .as(BootPlanProperties::board);
    }

    private static Board board(Architecture architecture, long start, List<Piece> pieces) {
        List<Region> regions = new ArrayList<>();
        long at = start;
        for (Piece piece : pieces) {
            at += piece.gap;
            regions.add(new Region("piece", Region.Kind.values()[piece.kind], at, piece.size));
            at += piece.size;
        }
        return new Board("made up", architecture, regions, List.of());
    }

    @Property(tries = 400)
    void nothingIsGivenTwiceAndNoMemoryIsForgotten(@ForAll("boards") Board board) {
        BootPlan plan;
        try {
            plan = BootPlan.of(board, BootConfig.defaults(board));
        } catch (BootFailure tooSmall) {
            assertTrue(tooSmall.missingBytes() >= 0);
            return;
        }
        List<Span> given = new ArrayList<>();
        List<Span> normal = new ArrayList<>();
        for (Untyped untyped : plan.bootInfo().untypeds()) {
            Span span = new Span(untyped.paddr(), untyped.last() + 1);
            given.add(span);
            if (!untyped.device()) {
                normal.add(span);
            }
        }
        given.add(plan.objects().all());
        given.add(plan.load().image());
        given.add(plan.load().deviceTree());
        assertEquals(
                given.stream().mapToLong(Span::size).sum(),
                AddressSpans.merge(given).stream().mapToLong(Span::size).sum(),
                "something is given twice");
        assertEquals(List.of(), AddressSpans.subtract(normal, plan.load().available()), "an untyped outside of memory");

        List<Span> taken = new ArrayList<>(given);
        taken.add(plan.load().kernel());
        long lost = AddressSpans.subtract(plan.load().available(), taken).stream()
                .mapToLong(Span::size)
                .sum();
        // a free region loses less than two of the smallest untyped at each end, unless the list is full
        boolean full = plan.bootInfo().untypeds().size()
                == BootInfoLayout.of(board.architecture())
                        .untypedLimit(plan.sizes().bootInfoBits());
        assertTrue(full || lost <= 64L * plan.load().free().size() + 64, () -> lost + " bytes are lost");
    }

    @Property(tries = 100)
    void whatIsWrittenIsWhatWasPlanned(@ForAll("boards") Board board) {
        BootConfig config = BootConfig.defaults(board);
        try {
            BootInfo planned = BootPlan.of(board, config).bootInfo();
            Machine machine = Machine.boot(board, config);
            assertEquals(planned, machine.bootInfo());
            assertEquals(
                    machine.memory().fingerprint(),
                    Machine.boot(board, config).memory().fingerprint());
        } catch (BootFailure tooSmall) {
            assertTrue(tooSmall.missingBytes() >= 0);
        }
    }

    @Property(tries = 300)
    void withTheMissingBytesItFits(@ForAll("boards") Board board) throws BootFailure {
        BootConfig config = BootConfig.defaults(board);
        try {
            BootPlan.of(board, config);
        } catch (BootFailure tooSmall) {
            if (tooSmall.missingBytes() > 0) {
                Board larger = withMoreAtTheEnd(board, tooSmall.missingBytes());
                try {
                    BootPlan.of(larger, config);
                } catch (BootFailure again) {
                    // one shortage can hide the next, but not the same one
                    assertTrue(!again.getMessage().equals(tooSmall.getMessage()), again.getMessage());
                }
            }
        }
    }

    private static Board withMoreAtTheEnd(Board board, long bytes) {
        List<Region> regions = new ArrayList<>(board.regions());
        Region last = regions.get(regions.size() - 1);
        regions.add(new Region("more", Region.Kind.RAM, last.end() + (1 << 26) & -(1L << 26), bytes + (1 << 26)));
        return new Board(board.name(), board.architecture(), regions, List.of());
    }
}
