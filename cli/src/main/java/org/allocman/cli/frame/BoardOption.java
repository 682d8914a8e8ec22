package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardReading;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --board}, {@code --arch} and {@code --profile}, to be mixed in. */
public final class BoardOption {
    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "qemu-arm-virt",
            completionCandidates = BoardLookup.Names.class,
            description =
                    "A built-in board, or a file that describes one: a device tree (.dtb), an SVD, a CMSIS-Pack's .pdsc, the"
                            + " platform_gen of an seL4 build, kernel arguments of Xous, or our own YAML. Repeated, what further files have of it is added. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

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
        return BoardLookup.reading(boards, hints.hints(architecture.architecture()))
                .board();
    }

    /**
     * The board that the user wants; what of its description is not in it is told on the stream for messages.
     *
     * @param console where to tell
     * @return the board, and what of the description is not in it
     * @throws BadInputException if there is no board of that name
     * @throws BoardFormatException if the file describes no board
     */
    public BoardReading reading(Console console) throws BadInputException, BoardFormatException {
        return BoardLookup.find(console, boards, hints.hints(architecture.architecture()));
    }

    /**
     * What the user says of the board besides, in hints and further files.
     *
     * @return as it was typed
     */
    public HintOptions.Typed hints() {
        HintOptions.Typed typed = hints.typed();
        List<String> also = boards.size() > 1 ? List.copyOf(boards.subList(1, boards.size())) : null;
        return new HintOptions.Typed(typed.ram(), typed.memory(), typed.device(), also);
    }

    /**
     * The board as the user named it.
     *
     * @return a built-in board's name, or a file's; further files are among the hints
     */
    public String name() {
        return boards.get(0);
    }

    /**
     * The kernel's architecture, if the user wants another than the board's own.
     *
     * @return the architecture, or null
     * @throws BadInputException if there is no such profile
     * @throws BoardFormatException if the profile describes no kernel
     */
    public @Nullable Architecture architecture() throws BadInputException, BoardFormatException {
        return architecture.architecture();
    }

    /**
     * The profile of the kernel, if the user has one of one's own.
     *
     * @return its text, or null
     * @throws BadInputException if the file cannot be read
     */
    public @Nullable String profileText() throws BadInputException {
        return architecture.profileText();
    }
}
