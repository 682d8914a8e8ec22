package org.allocman.cli;

import picocli.CommandLine.Command;

/** What the command says of itself; every run needs a subcommand. */
@Command(
        name = "allocman",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {"A capability-based resource manager, and the simulated board and kernel it manages.", ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:good",
            "1:the run found something wrong",
            "2:usage or bad input",
            "70:an error in allocman itself; ALLOCMAN_TRACE=1 in the environment shows where"
        })
final class AllocmanCommand {}
