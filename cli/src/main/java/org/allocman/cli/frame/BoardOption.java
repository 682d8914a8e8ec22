package org.allocman.cli.frame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --board} and {@code --arch}, to be mixed in. */
public final class BoardOption {
    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "qemu-arm-virt",
            description = "A built-in board, or a file that describes one: a device tree (.dtb), an SVD, the"
                    + " platform_gen of an seL4 build, or our own YAML. Default: ${DEFAULT-VALUE}.")
    private String board = "";

    @Option(
            names = "--arch",
            paramLabel = "A",
            description = "The kernel's architecture, if the file does not say it: aarch64, x86_64, riscv64, aarch32,"
                    + " riscv32 or mpu.")
    private @Nullable String arch;

    /** Makes the options. */
    public BoardOption() {}

    /**
     * The board that the user wants.
     *
     * @return the board
     * @throws BadInputException if there is no board of that name
     * @throws BoardFormatException if the file describes no board
     */
    public Board board() throws BadInputException, BoardFormatException {
        return read(board, arch);
    }

    /**
     * Finds a board.
     *
     * @param name a built-in board's name, or a file's
     * @param arch an architecture's name, or null for the board's own
     * @return the board
     * @throws BadInputException if there is no such board, or no such architecture
     * @throws BoardFormatException if the file describes no board
     */
    public static Board read(String name, @Nullable String arch) throws BadInputException, BoardFormatException {
        Architecture architecture = arch == null ? null : Architecture.named(arch);
        if (arch != null && architecture == null) {
            throw new BadInputException("there is no architecture '" + arch + "'; there are "
                    + Arrays.stream(Architecture.values())
                            .map(Architecture::text)
                            .collect(Collectors.joining(", ")));
        }
        if (Boards.names().contains(name)) {
            Board board = Boards.byName(name);
            return architecture == null
                    ? board
                    : new Board(board.name(), architecture, board.regions(), board.mirrors());
        }
        boolean looksLikeFile = name.contains("/") || name.contains(".") || Files.exists(Path.of(name));
        if (!looksLikeFile) {
            throw new BadInputException("there is no board '" + name
                    + "' and no file of that name; built-in boards are " + String.join(", ", Boards.names()));
        }
        return BoardFile.read(InputFile.of(name), architecture);
    }
}
