package org.allocman.cli.replay;

import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The recordings that can be replayed, a subcommand each. */
@Command(
        name = "replay",
        synopsisSubcommandLabel = "KIND",
        description = {"Replay a recording of a real system and compare.", ""},
        commandListHeading = "%nKinds of recordings:%n")
public final class ReplayCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

    private ReplayCommand() {}

    /**
     * Makes the command.
     *
     * @param console where it prints
     * @return the command with its subcommands
     */
    public static CommandLine withSubcommands(Console console) {
        CommandLine replay = new CommandLine(new ReplayCommand()).addSubcommand(new ReplayBootInfoCommand(console));
        for (RecordingKind kind : RecordingKind.ALL) {
            replay.addSubcommand(kind.name(), ReplayStepsCommand.of(console, kind));
        }
        return replay.addSubcommand(new ReplayChainCommand(console));
    }
}
