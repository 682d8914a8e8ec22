package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;

class BoardYamlProperties {
    private record Shape(String name, Kind kind, long start, long size) {}

    @Property(tries = 300)
    void whatIsWrittenReadsBackEqual(@ForAll("boards") Board board) throws BoardFormatException {
        byte[] text = BoardYaml.write(board).getBytes(StandardCharsets.UTF_8);
        assertEquals(board, BoardFile.read("text", text, null));
    }

    @Provide
    Arbitrary<Board> boards() {
        Arbitrary<String> names =
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(12).filter(RegionNames::isProper);
        Arbitrary<Shape> shapes = Combinators.combine(
                        names,
                        Arbitraries.of(Kind.DEVICE, Kind.RESERVED),
                        Arbitraries.longs().between(1 << 20, 1L << 51),
                        Arbitraries.longs().between(1, 1L << 51))
                .as(Shape::new);
        return Combinators.combine(
                        names,
                        Arbitraries.of(Architecture.AARCH64, Architecture.X86_64),
                        shapes.list().ofMaxSize(8))
                .as(BoardYamlProperties::board);
    }

    private static Board board(String name, Architecture architecture, List<Shape> shapes) {
        BoardBuilder builder = new BoardBuilder("shapes", architecture);
        try {
            builder.add("memory", Kind.RAM, 0, 1L << 48, "");
            for (Shape shape : shapes) {
                builder.add(shape.name, shape.kind, shape.start, shape.size, "");
            }
            return builder.build(name, "");
        } catch (BoardFormatException e) {
            throw new AssertionError(e);
        }
    }
}
