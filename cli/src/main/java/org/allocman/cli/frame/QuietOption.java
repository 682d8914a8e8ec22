package org.allocman.cli.frame;

import picocli.CommandLine.Option;

/** The {@code --quiet} of a command, to be mixed in. */
public final class QuietOption {
    @Option(
            names = {"-q", "--quiet"},
            description = "Print the outcome only: no narration, no progress.")
    private boolean quiet;

    /** Makes the option. */
    public QuietOption() {}

    /**
     * Whether only the outcome is to be printed.
     *
     * @return true if so
     */
    public boolean isAsked() {
        return quiet;
    }
}
