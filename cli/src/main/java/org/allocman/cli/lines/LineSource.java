package org.allocman.cli.lines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.InputFile;
import org.allocman.sim.board.Utf8Mark;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Hands lines over, one after the other, from wherever they come. */
public final class LineSource {
    /** What stands for the standard input where a file is asked for. */
    public static final String STANDARD_INPUT = "-";

    private final Console console;

    /** Who takes lines. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes a line.
         *
         * @param line the line
         * @return false if it was the last
         * @throws BadInputException if it cannot be taken, and none behind it
         */
        boolean take(String line) throws BadInputException;
    }

    /**
     * A source for a command.
     *
     * @param console is flushed behind every line, so that whoever types or talks through pipes has the answers
     */
    public LineSource(Console console) {
        this.console = console;
    }

    /**
     * Whether somebody sits at a terminal, for input and output.
     *
     * @return true if so
     */
    public static boolean isTerminal() {
        return Boolean.getBoolean("allocman.terminal.in") && Boolean.getBoolean("allocman.terminal.out");
    }

    /**
     * Hands over what is typed at the terminal, until its end.
     *
     * @param prompt what stands before a line
     * @param history name of the file with the history, in the folder where the user's programs keep their state; null for none
     * @param candidates the words that may stand behind others, for completion
     * @param taker takes them
     * @throws IOException if the terminal cannot be used
     * @throws BadInputException if a line cannot be taken
     */
    public void typed(String prompt, @Nullable String history, UnaryOperator<List<String>> candidates, Taker taker)
            throws IOException, BadInputException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            TypedLines typed = new TypedLines(terminal, prompt, candidates, history == null ? null : state(history));
            take(typed, taker);
            typed.saveHistory();
        }
    }

    /**
     * Hands over the lines of a file, until its end.
     *
     * @param file its name; {@link #STANDARD_INPUT} for the standard input
     * @param taker takes them
     * @throws IOException if it cannot be read
     * @throws BadInputException if there is no such file, or a line cannot be taken
     */
    public void read(String file, Taker taker) throws IOException, BadInputException {
        try (BufferedReader lines = open(file)) {
            take(lines::readLine, taker);
        } catch (CharacterCodingException binary) {
            throw new BadInputException(file + ": this is not text in UTF-8");
        }
    }

    private static BufferedReader open(String file) throws IOException, BadInputException {
        return file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(InputFile.of(file));
    }

    private void take(Lines lines, Taker taker) throws IOException, BadInputException {
        String line = lines.next();
        line = line == null ? null : Utf8Mark.without(line);
        while (line != null && taker.take(line)) {
            console.out().flush();
            line = lines.next();
        }
    }

    /** Where the user's programs keep their state. */
    private static Path state(String name) throws IOException {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state != null && !state.isEmpty()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home", "."), ".local", "state");
        Path directory = base.resolve("allocman");
        Files.createDirectories(directory);
        return directory.resolve(name);
    }
}
