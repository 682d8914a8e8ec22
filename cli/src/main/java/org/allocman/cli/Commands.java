package org.allocman.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.allocman.cli.boards.BoardsCommand;
import org.allocman.cli.boot.BootCommand;
import org.allocman.cli.completion.CompletionCommand;
import org.allocman.cli.contract.ContractCommand;
import org.allocman.cli.explore.ExploreCommand;
import org.allocman.cli.export.ExportCommand;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Failures;
import org.allocman.cli.lesson.LessonCommand;
import org.allocman.cli.measure.MeasureCommand;
import org.allocman.cli.plan.PlanCommand;
import org.allocman.cli.playground.PlaygroundCommand;
import org.allocman.cli.replay.ReplayCommand;
import org.allocman.cli.resource.ResourceCommand;
import org.allocman.cli.serve.ServeCommand;
import org.allocman.cli.shell.ShellCommand;
import org.allocman.cli.sweep.SweepCommand;
import org.allocman.cli.uvisor.UvisorCommand;
import org.allocman.cli.xous.XousCommand;
import picocli.CommandLine;

/** The list of subcommands; a new one is a line here. */
final class Commands {
    private static final Map<String, Function<Console, Object>> MAKERS = makers();
    private static final Set<String> VERSION = Set.of("-V", "--version");
    private static final Set<String> LOOK_AT_ALL = Set.of("completion", "help");

    private Commands() {}

    private static Map<String, Function<Console, Object>> makers() {
        Map<String, Function<Console, Object>> makers = new LinkedHashMap<>();
        makers.put("boot", BootCommand::new);
        makers.put("plan", PlanCommand::new);
        makers.put("boards", BoardsCommand::new);
        makers.put("measure", MeasureCommand::new);
        makers.put("sweep", SweepCommand::new);
        makers.put("explore", ExploreCommand::new);
        makers.put("xous", XousCommand::withSubcommands);
        makers.put("replay", ReplayCommand::withSubcommands);
        makers.put("uvisor", UvisorCommand::withSubcommands);
        makers.put("resource", ResourceCommand::new);
        makers.put("lesson", LessonCommand::withSubcommands);
        makers.put("shell", ShellCommand::new);
        makers.put("playground", PlaygroundCommand::new);
        makers.put("export", ExportCommand::new);
        makers.put("serve", ServeCommand::new);
        makers.put("contract", ContractCommand::new);
        makers.put("completion", CompletionCommand::new);
        makers.put("help", console -> new CommandLine.HelpCommand());
        return Collections.unmodifiableMap(makers);
    }

    /**
     * Runs the command.
     *
     * @param console where it prints
     * @param arguments what the user typed
     * @return the exit code
     */
    static int run(Console console, String... arguments) {
        int code;
        try {
            code = commandLine(console, arguments).execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError | AssertionError error) {
            code = Failures.report(console, error);
        }
        // a stream swallows its errors; whoever asked must not take half an answer for a whole one
        console.out().flush();
        if (console.out().checkError()) {
            console.err().println("allocman: the output could not be written");
            return code == Exit.INTERNAL ? code : Exit.BAD_INPUT;
        }
        return code;
    }

    /** Every subcommand, for help and completion. */
    static CommandLine commandLine(Console console) {
        CommandLine all = new CommandLine(new AllocmanCommand());
        MAKERS.forEach((name, maker) -> all.addSubcommand(name, maker.apply(console)));
        return prepared(console, all);
    }

    /** A run that names its subcommand needs no other; to read the options of all takes longer than most of them run. */
    private static CommandLine commandLine(Console console, String[] arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return prepared(console, new CommandLine(new AllocmanCommand()));
        }
        Function<Console, Object> maker = arguments.length == 0 ? null : MAKERS.get(arguments[0]);
        if (maker == null || LOOK_AT_ALL.contains(arguments[0])) {
            return commandLine(console);
        }
        return prepared(
                console, new CommandLine(new AllocmanCommand()).addSubcommand(arguments[0], maker.apply(console)));
    }

    private static CommandLine prepared(Console console, CommandLine commands) {
        Failures failures = new Failures(console);
        return commands.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(console.colours())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
