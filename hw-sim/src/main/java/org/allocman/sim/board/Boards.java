package org.allocman.sim.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

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
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no built-in board " + name + "; there are " + String.join(", ", NAMES));
        }
        String resource = name + ".yaml";
        try (InputStream in = Boards.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the description " + resource + " is not in the jar");
            }
            return BoardFile.read(resource, in.readAllBytes(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BoardFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
