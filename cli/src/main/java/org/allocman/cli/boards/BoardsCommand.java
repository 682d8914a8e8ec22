package org.allocman.cli.boards;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.BootOptions;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.LeastRam;
import org.allocman.cli.frame.TextTable;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.BoardYaml;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the built-in boards, or shows one. */
@Command(
        name = "boards",
        description = {
            "List the built-in boards, or show one board.",
            "Of one board it shows the memory map, and the untypeds that its root task is given at boot.",
            ""
        })
public final class BoardsCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Mixin
    private final BootOptions boot = new BootOptions();

    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME|FILE",
            completionCandidates = BoardLookup.Names.class,
            description =
                    "A built-in board, or a file that describes one; further files describe more of the same board.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--yaml",
            description = "Write the board in our own format, to edit and to read again; RAM may be missing.")
    private boolean yaml;

    @Mixin
    private final JsonOption json = new JsonOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public BoardsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (yaml) {
            if (names.isEmpty() || json.isAsked()) {
                throw new BadInputException(
                        names.isEmpty() ? "--yaml needs a board" : "--yaml and --json cannot both be had");
            }
            write(BoardLookup.find(
                    console, names, hints.hints(architecture.architecture()).withoutRam()));
        } else if (!names.isEmpty()) {
            show(BoardLookup.find(console, names, hints.hints(architecture.architecture())));
        } else {
            if (!hints.typed().equals(HintOptions.Typed.NONE)) {
                throw new BadInputException("--ram, --memory and --device are said of a board, and none is named");
            }
            list();
        }
        return Exit.GOOD;
    }

    private void write(BoardReading reading) {
        if (reading.board().ramBytes() == 0) {
            console.out().println("# the description has no RAM; add it to the regions, for instance:");
            console.out().println("# - {name: ram, kind: ram, start: 0x20000000, size: 256KiB}");
        }
        console.out().print(BoardYaml.write(reading.board(), reading.core()));
    }

    /** Shows the map whether the board boots or not; what keeps it from booting is told behind. */
    private void show(BoardReading reading) throws BadInputException {
        Board board = reading.board();
        BootSizes sizes = boot.sizes(board);
        Machine machine = null;
        String failure = null;
        try {
            machine = Machine.boot(board, sizes.apply(BootConfig.defaults(board)));
        } catch (BootFailure tooSmall) {
            failure = tooSmall.getMessage() + LeastRam.toBoot(board, ManagedMachine.Pools.DEFAULT, sizes);
        }
        if (json.isAsked()) {
            JsonOut.print(console, BoardView.of(reading, machine, failure));
            return;
        }
        BoardPage page = new BoardPage(console);
        page.printMap(board);
        page.printTags(reading.tags());
        if (machine != null) {
            page.printUntypeds(machine);
        }
        page.printLeftOut(BoardNotes.leftOut(reading, machine == null ? List.of() : machine.leftOut()));
        if (failure != null) {
            page.printFailure(failure);
        }
    }

    private void list() {
        List<BoardView.Summary> summaries = new ArrayList<>();
        for (String board : Boards.names()) {
            summaries.add(BoardView.Summary.of(Boards.byName(board)));
        }
        if (json.isAsked()) {
            JsonOut.print(console, summaries);
            return;
        }
        TextTable table = new TextTable("name", "architecture", ">RAM", ">devices");
        for (BoardView.Summary summary : summaries) {
            table.row(summary.name(), summary.architecture(), Figures.size(summary.ramBytes()), summary.devices());
        }
        table.print(console, "");
    }
}
