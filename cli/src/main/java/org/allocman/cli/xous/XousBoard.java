package org.allocman.cli.xous;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HintOptions;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardHints;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --board}, with the board that Xous was written for as the default. */
final class XousBoard {
    private static final String PRECURSOR = "precursor";
    private static final String ARGUMENTS = "precursor.args";

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = PRECURSOR,
            completionCandidates = BoardLookup.Names.class,
            description =
                    "A built-in board, or a file that describes one: kernel arguments of Xous, an SVD, a device tree,"
                            + " or our own YAML. " + PRECURSOR + " is taken as its kernel arguments have it. Default:"
                            + " ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    Board board(Console console) throws BadInputException, BoardFormatException {
        BoardHints said = hints.hints(architecture.architecture());
        if (boards.size() > 1 || !BoardLookup.builtIn(boards.get(0)).equals(PRECURSOR)) {
            return BoardLookup.find(console, boards, said).board();
        }
        try (InputStream in = XousBoard.class.getResourceAsStream(ARGUMENTS)) {
            if (in == null) {
                throw new IllegalStateException("the file " + ARGUMENTS + " is not in the jar");
            }
            return BoardFile.reading(ARGUMENTS, in.readAllBytes(), said).board();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
