package org.allocman.cli.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.lines.LineSource;
import org.allocman.cli.page.LineFaultOption;
import org.allocman.cli.page.PageOption;
import org.allocman.cli.page.Recording;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code play} of a system: its options, where lines come from, the page, the exit code. What the system is, a subclass says. */
public abstract class PlayCommand implements Callable<Integer> {
    private static final int MOST_LINES = 10_000;
    private static final String STANDARD_INPUT = "standard input";

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;
    private final String name;
    private final List<CallWord> words;

    @Parameters(
            paramLabel = "SCRIPT",
            arity = "0..1",
            description = "A file of calls; - for the standard input. Without it they are typed, or come from the"
                    + " standard input if that is no terminal.")
    private @Nullable String script;

    @Mixin
    private final WidthOption width = new WidthOption();

    @Mixin
    private final PageOption page = new PageOption();

    @Mixin
    private final LineFaultOption fault = new LineFaultOption();

    @Option(names = "--no-history", description = "Neither read nor write the file with the history of what was typed.")
    private boolean noHistory;

    @Mixin
    private final QuietOption quiet = new QuietOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     * @param name the system's name
     * @param words its calls
     */
    protected PlayCommand(Console console, String name, List<CallWord> words) {
        this.console = console;
        this.name = name;
        this.words = List.copyOf(words);
    }

    /**
     * Starts the system.
     *
     * @param recording what is recorded, and which invocation fails
     * @return the system with nothing done
     * @throws Exception if it cannot be
     */
    protected abstract PlayedSystem start(Recording recording) throws Exception;

    /**
     * Where the command prints.
     *
     * @return the console
     */
    protected Console console() {
        return console;
    }

    @Override
    public Integer call() throws Exception {
        LineSource source = new LineSource(console);
        String given = script;
        boolean isTyped = given == null && LineSource.isTerminal();
        String from = given == null ? LineSource.STANDARD_INPUT : given;
        String title = isTyped || from.equals(LineSource.STANDARD_INPUT) ? STANDARD_INPUT : from;
        PlayOutput output =
                new PlayOutput(console, isTyped ? null : title, width.columns(), !isTyped && quiet.isAsked());
        boolean isFile = !from.equals(LineSource.STANDARD_INPUT);
        List<String> lines = isFile ? lines(source, from, title) : List.of();
        Recording recording = Recording.ofLines(page.isAsked(), fault.invocation());
        try {
            PlayedSystem system = start(recording);
            if (!page.isAsked()) {
                // for undo; a recording has started it already
                system.memory().startJournal();
            }
            recording.lines();
            Player player = new Player(system, words, output, recording);
            if (isTyped) {
                type(source, player, output);
            } else if (isFile) {
                boolean goesOn = true;
                for (int i = 0; i < lines.size() && goesOn; i++) {
                    goesOn = take(player, output, lines.get(i));
                }
            } else {
                source.read(from, line -> take(player, output, line));
            }
            if (recording.hasFault() && recording.refused() == null) {
                console.err()
                        .println(
                                "allocman: note: the lines have fewer invocations than --fail says, so none was refused");
            }
            recording.end();
        } catch (IllegalStateException stuck) {
            throw recording.explain(stuck);
        } finally {
            page.write(console, name + ": " + title, recording);
        }
        return output.wrong() == 0 ? Exit.GOOD : Exit.FOUND_WRONG;
    }

    private void type(LineSource source, Player player, PlayOutput output) throws Exception {
        String system = name.toLowerCase(Locale.ROOT);
        console.out().println("calls on " + name + ", one a line; 'help' lists the words, 'quit' leaves");
        source.typed(system + "> ", noHistory ? null : "history-" + system, player::candidates, line -> {
            try {
                return player.take(line);
            } catch (BadInputException mistake) {
                output.mistake(String.valueOf(mistake.getMessage()));
                return true;
            }
        });
    }

    /** All lines of a file; a line that is none is told before anything is started. */
    private List<String> lines(LineSource source, String file, String title) throws Exception {
        PlayOutput places = new PlayOutput(console, title, 0, true);
        List<CallWord> all = CommonWords.with(words);
        List<String> lines = new ArrayList<>();
        source.read(file, line -> {
            next(places);
            lines.add(line);
            try {
                PlayLine read = PlayLine.of(line, all);
                return read == null || !read.word().equals(CommonWords.QUIT);
            } catch (BadInputException mistake) {
                throw new BadInputException(places.place() + mistake.getMessage());
            }
        });
        return lines;
    }

    private static boolean take(Player player, PlayOutput output, String line) throws BadInputException {
        next(output);
        try {
            return player.take(line);
        } catch (BadInputException mistake) {
            throw new BadInputException(output.place() + mistake.getMessage());
        }
    }

    private static void next(PlayOutput output) throws BadInputException {
        output.next();
        if (output.number() > MOST_LINES) {
            throw new BadInputException(output.place() + "a script has at most " + MOST_LINES + " lines");
        }
    }
}
