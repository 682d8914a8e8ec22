package org.allocman.cli.shell;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.lines.LineSource;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.cli.machine.MachineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
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
    private static final String PROMPT = "allocman> ";
    private static final String HISTORY = "history";

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

    @Option(
            names = "--lesson",
            paramLabel = "NAME",
            description = "Work on a lesson: its machine, with 'task' and 'hint'. It brings its own board.")
    private @Nullable String lesson;

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
        String wanted = lesson;
        if (wanted != null && machine.isSaid()) {
            throw new BadInputException("--lesson brings its own machine: leave out the options that choose one");
        }
        Interpreter interpreter = wanted == null
                ? new Interpreter(console, LiveMachine.boot(machine.spec()))
                : new Interpreter(console, LessonTask.start(wanted));
        LineSource source = new LineSource(console);
        String from = script;
        if (from == null && LineSource.isTerminal()) {
            console.out().println(interpreter.machine() + "; 'help' lists the commands, 'quit' leaves");
            source.typed(PROMPT, noHistory ? null : HISTORY, interpreter::candidates, interpreter::take);
        } else {
            source.read(from == null ? LineSource.STANDARD_INPUT : from, interpreter::take);
        }
        return strict && interpreter.failures() > 0 ? Exit.FOUND_WRONG : Exit.GOOD;
    }
}
