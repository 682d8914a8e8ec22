package org.allocman.testkit.arbitraries;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardYaml;
import org.allocman.sim.board.Boards;

/**
 * A file that calls itself the description of a board: cut off, with bytes changed, with parts that come again and again,
 * deeply nested, or nothing but noise.
 *
 * @param name its name, with an ending that says what it claims to be
 * @param content its bytes
 */
public record HostileFile(String name, byte[] content) {
    private static final int MOST_CHANGES = 6;
    private static final int MOST_NOISE = 300;
    private static final int DEEP = 2000;
    private static final int BYTE_VALUES = 256;

    /**
     * Keeps a copy of the bytes.
     *
     * @param name its name, with an ending that says what it claims to be
     * @param content its bytes
     */
    public HostileFile {
        content = content.clone();
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public String toString() {
        return name + " of " + content.length + " bytes: " + Arrays.hashCode(content);
    }

    /** A change to a file: at which thousandth of it, what is done, with which byte. */
    private record Change(int thousandth, int how, int value) {
        byte[] apply(byte[] bytes) {
            int at = (int) ((long) bytes.length * thousandth / 1000);
            if (bytes.length == 0) {
                return bytes;
            }
            return switch (how) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> twice(bytes, at);
                default -> changed(bytes, at);
            };
        }

        private byte[] changed(byte[] bytes, int at) {
            byte[] copy = bytes.clone();
            copy[at] = (byte) value;
            return copy;
        }

        private static byte[] twice(byte[] bytes, int at) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + at);
            System.arraycopy(bytes, 0, longer, bytes.length, at);
            return longer;
        }
    }

    /**
     * Hostile files.
     *
     * @return the arbitrary
     */
    public static Arbitrary<HostileFile> arbitrary() {
        Arbitrary<String> endings = Arbitraries.of(".yaml", ".dtb", ".svd", ".json", "");
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, BYTE_VALUES - 1))
                .as(Change::new);
        ListArbitrary<Change> changes = change.list().ofMaxSize(MOST_CHANGES);
        Arbitrary<byte[]> damaged = Combinators.combine(Arbitraries.of(models()), changes)
                .as((model, all) -> {
                    byte[] bytes = model.getBytes(StandardCharsets.UTF_8);
                    for (Change one : all) {
                        bytes = one.apply(bytes);
                    }
                    return bytes;
                });
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(MOST_NOISE);
        return Combinators.combine(endings, Arbitraries.oneOf(damaged, noise))
                .as((ending, bytes) -> new HostileFile("hostile" + ending, bytes));
    }

    private static List<String> models() {
        Board board = Boards.byName("tiny");
        String yaml = BoardYaml.write(board);
        return List.of(
                yaml,
                yaml.replace("0x", "0xffffffffffff"),
                "regions: " + "[".repeat(DEEP),
                "<device>" + "<peripheral>".repeat(DEEP),
                "\u00d0\r\u00fe\u00ed" + "\u0000".repeat(60),
                "{\"memory\": " + "[".repeat(DEEP) + "}");
    }
}
