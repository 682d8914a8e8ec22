package org.allocman.cli.playground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.OutputFile;
import org.allocman.script.Script;
import org.allocman.script.ScriptException;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.web.PlaygroundPage;
import org.allocman.web.PlaygroundStart;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the playground. */
@Command(
        name = "playground",
        description = {
            "Write a page with a machine of one's own: boot a board in the browser, and work with it line by line.",
            "The page opens from disk or from any server, needs no network and nothing installed.",
            ""
        })
public final class PlaygroundCommand implements Callable<Integer> {
    /** Says where the machine is as JavaScript; the launcher builds it, and knows. */
    static final String MACHINE = "allocman.machine";

    private static final int MOST_BYTES = 1 << 20;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "Where the page goes; what was there is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny",
            completionCandidates = BoardLookup.Names.class,
            description =
                    "The board that it opens with: a built-in one, or a file that describes one. In the page any other"
                            + " can be chosen. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Option(names = "--bare", description = "Open without a manager: invocations only.")
    private boolean bare;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Lines that are done when the page opens, as allocman shell takes them.")
    private @Nullable String script;

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public PlaygroundCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws BadInputException, BoardFormatException {
        OutputFile.check(file);
        Board board = BoardLookup.find(console, boards, hints.hints(null)).board();
        String page = PlaygroundPage.of(machine(), PlaygroundStart.text(board, !bare, lines(board)));
        OutputFile.write(file, () -> Files.writeString(file, page));
        console.err()
                .println("allocman: " + file + " is the playground, "
                        + Figures.size(page.getBytes(StandardCharsets.UTF_8).length));
        return Exit.GOOD;
    }

    private static String machine() throws BadInputException {
        String path = System.getProperty(MACHINE, "");
        try {
            if (!path.isEmpty() && Files.isRegularFile(Path.of(path))) {
                return Files.readString(Path.of(path));
            }
        } catch (IOException unreadable) {
            throw new BadInputException(path + ": the machine as JavaScript cannot be read");
        }
        throw new BadInputException(
                "the machine as JavaScript is not there; bin/allocman builds it, and a jar alone has none."
                        + " Build it with ./mvnw -Pweb -pl cli/web -am package -DskipTests, and say where it is: java -D"
                        + MACHINE
                        + "=cli/web/target/javascript/machine.js -jar ...");
    }

    private String lines(Board board) throws BadInputException {
        String name = script;
        if (name == null) {
            return "";
        }
        try {
            Path path = InputFile.of(name);
            if (Files.size(path) > MOST_BYTES) {
                throw new BadInputException(name + ": a script has at most 1 MiB");
            }
            String text = Utf8Mark.without(Files.readString(path));
            Script.parse(text, board.architecture());
            return text;
        } catch (ScriptException mistake) {
            throw new BadInputException(
                    name + ", line " + mistake.line() + ", column " + mistake.column() + ": " + mistake.what());
        } catch (IOException unreadable) {
            throw new BadInputException(name + ": the file cannot be read as text in UTF-8");
        }
    }
}
