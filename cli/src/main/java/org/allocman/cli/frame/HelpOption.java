package org.allocman.cli.frame;

import picocli.CommandLine.Option;

/** The {@code --help} of a subcommand, to be mixed in. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    /** Makes the option. */
    public HelpOption() {}

    /**
     * Whether the user asked for help; picocli then shows it and does not run the command.
     *
     * @return true if so
     */
    public boolean isAsked() {
        return help;
    }
}
