package org.allocman.sim.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The built-in boards, by name. Each is a description in our own YAML beside this class. */
public final class Boards {
    private static final List<String> NAMES = List.of(
            "qemu-arm-virt",
            "qemu-riscv-virt",
            "pc99",
            "rpi4",
            "hifive-unleashed",
            "zynqmp",
            "precursor",
            "k64f",
            "stm32f429",
            "tiny");

    private Boards() {}

    /**
     * The names of the built-in boards.
     *
     * @return an unmodifiable list, the usual ones first
     */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A built-in board.
     *
     * @param name one of {@link #names()}
     * @return the board
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Board byName(String name) {
        Objects.requireNonNull(name, "name");
        try {
            return reading(name, BoardHints.NONE).board();
        } catch (BoardFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A built-in board, and what is said beside its description.
     *
     * @param name one of {@link #names()}
     * @param hints for instance RAM that it has besides
     * @return the board, and what of the description is not in it
     * @throws IllegalArgumentException if there is none of that name
     * @throws BoardFormatException if the hints do not fit the board
     */
    public static BoardReading reading(String name, BoardHints hints) throws BoardFormatException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hints, "hints");
        return BoardFile.reading(name + ".yaml", content(name), hints);
    }

    /**
     * The description of a built-in board.
     *
     * @param name one of {@link #names()}
     * @return YAML
     * @throws IllegalArgumentException if there is none of that name
     */
    public static String yaml(String name) {
        return new String(content(Objects.requireNonNull(name, "name")), StandardCharsets.UTF_8);
    }

    private static byte[] content(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no built-in board " + name + "; there are " + String.join(", ", NAMES));
        }
        String resource = name + ".yaml";
        try (InputStream in = Boards.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the description " + resource + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
