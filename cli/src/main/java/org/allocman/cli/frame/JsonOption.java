package org.allocman.cli.frame;

import picocli.CommandLine.Option;

/** The {@code --json} of a command, to be mixed in. */
public final class JsonOption {
    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    /** Makes the option. */
    public JsonOption() {}

    /**
     * Whether the answer is to be JSON on standard output.
     *
     * @return true if so
     */
    public boolean isAsked() {
        return json;
    }
}
