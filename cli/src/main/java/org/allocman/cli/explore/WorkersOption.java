package org.allocman.cli.explore;

import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ParallelExplorer;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** How many workers explore. */
final class WorkersOption {
    private static final int MOST = 256;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "How many threads explore, each with a machine of its own; the result is the same. Default: 1.")
    private @Nullable Integer workers;

    /** Whether there are several. */
    boolean areSeveral() throws BadInputException {
        if (workers != null && (workers < 1 || workers > MOST)) {
            throw new BadInputException("--workers takes a number from 1 to " + MOST + ", not " + workers);
        }
        return workers != null && workers > 1;
    }

    /** Explores with all of them. */
    Exploration explore(ParallelExplorer.Systems systems, Limits limits, ExplorationListener listener)
            throws Exception {
        return ParallelExplorer.explore(systems, workers == null ? 1 : workers, limits, listener);
    }
}
