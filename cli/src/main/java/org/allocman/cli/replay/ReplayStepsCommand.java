package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays recorded steps of one kind. Name and description come from the kind. */
@Command
final class ReplayStepsCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;
    private final RecordingKind kind;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    private ReplayStepsCommand(Console console, RecordingKind kind) {
        this.console = console;
        this.kind = kind;
    }

    static CommandLine of(Console console, RecordingKind kind) {
        CommandLine command = new CommandLine(new ReplayStepsCommand(console, kind));
        command.getCommandSpec().usageMessage().description(kind.title(), kind.detail(), "");
        return command;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, kind.replay());
    }
}
