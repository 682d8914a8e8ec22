package org.allocman.cli.frame;

import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --arch}, to be mixed in. */
public final class ArchitectureOption {
    @Option(
            names = "--arch",
            paramLabel = "A",
            converter = Architectures.class,
            completionCandidates = Architectures.Names.class,
            description = "The kernel's architecture instead of the board's own: ${COMPLETION-CANDIDATES}.")
    private @Nullable Architecture architecture;

    /** Makes the option. */
    public ArchitectureOption() {}

    /**
     * What the user wants.
     *
     * @return the architecture, or null for the board's own
     */
    public @Nullable Architecture architecture() {
        return architecture;
    }
}
