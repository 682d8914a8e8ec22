package org.allocman.cli;

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
    private Commands() {}

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
            code = commandLine(console).execute(arguments);
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

    static CommandLine commandLine(Console console) {
        CommandLine all = new CommandLine(new AllocmanCommand())
                .addSubcommand(new BootCommand(console))
                .addSubcommand(new PlanCommand(console))
                .addSubcommand(new BoardsCommand(console))
                .addSubcommand(new MeasureCommand(console))
                .addSubcommand(new SweepCommand(console))
                .addSubcommand(new ExploreCommand(console))
                .addSubcommand(XousCommand.withSubcommands(console))
                .addSubcommand(ReplayCommand.withSubcommands(console))
                .addSubcommand(UvisorCommand.withSubcommands(console))
                .addSubcommand(new ResourceCommand(console))
                .addSubcommand(new LessonCommand(console))
                .addSubcommand(new ShellCommand(console))
                .addSubcommand(new ExportCommand(console))
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new ContractCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new CommandLine.HelpCommand());
        Failures failures = new Failures(console);
        return all.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(console.colours())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
