package org.allocman.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.cli.machine.MachineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "shell",
        description = {
            "Boot a board and take commands: invocations, allocations, a look at what came of them, undo, save.",
            "",
            "At a terminal there are completion and history; otherwise each line of the input is a command."
        })
public final class ShellCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    private final Console console;

    @Option(
            names = "--script",
            paramLabel = "FILE|-",
            description = "Take the commands from a file, or with - from the standard input, and end.")
    private @Nullable String script;

    @Option(names = "--strict", description = "Exit with 1 if a command was refused or was a mistake.")
    private boolean strict;

    @Option(names = "--no-history", description = "Neither read nor write the file with the history.")
    private boolean noHistory;

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public ShellCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Interpreter interpreter = new Interpreter(console, LiveMachine.boot(machine.spec()));
        String from = script;
        boolean interactive = from == null
                && Boolean.getBoolean("allocman.terminal.in")
                && Boolean.getBoolean("allocman.terminal.out");
        if (interactive) {
            console.out().println(interpreter.machine() + "; 'help' lists the commands, 'quit' leaves");
            try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
                LineReaderInput typed = new LineReaderInput(terminal, interpreter, noHistory ? null : history());
                run(interpreter, typed);
                typed.saveHistory();
            }
        } else {
            try (BufferedReader lines = from == null || from.equals("-") ? standardInput() : file(from)) {
                run(interpreter, lines::readLine);
            }
        }
        return strict && interpreter.failures() > 0 ? Exit.FOUND_WRONG : Exit.GOOD;
    }

    private void run(Interpreter interpreter, Input input) throws IOException {
        String line = input.next();
        while (line != null && interpreter.take(line)) {
            console.out().flush();
            line = input.next();
        }
    }

    private static BufferedReader standardInput() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private static BufferedReader file(String name) throws BadInputException, IOException {
        return Files.newBufferedReader(InputFile.of(name));
    }

    /** Where the user's programs keep their state. */
    private static @Nullable Path history() throws IOException {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state != null && !state.isEmpty()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home", "."), ".local", "state");
        Path directory = base.resolve("allocman");
        Files.createDirectories(directory);
        return directory.resolve("history");
    }
}
