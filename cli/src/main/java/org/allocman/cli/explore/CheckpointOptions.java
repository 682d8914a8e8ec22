package org.allocman.cli.explore;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.allocman.check.explore.Checkpoint;
import org.allocman.check.explore.CheckpointException;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** Options about checkpoints. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Write what is known there every two minutes, and when a limit or Ctrl-C ends the run.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on from the checkpoint in a folder, with other limits if you like, and write the next ones there.")
    private @Nullable Path resume;

    boolean areAsked() {
        return checkpoint != null || resume != null;
    }

    /** Explores, from a checkpoint or to one if that is asked for. */
    Exploration explore(TransitionSystem system, Limits limits, ExplorationListener listener, String subject)
            throws BadInputException {
        Path folder = resume == null ? checkpoint : resume;
        if (folder == null) {
            return Explorer.explore(system, limits, listener);
        }
        if (resume != null && checkpoint != null) {
            throw new BadInputException("--resume writes its checkpoints where it found one; leave --checkpoint out");
        }
        // another board, and most other versions, have another first state
        String start = String.format("%s, first state %016x%016x", subject, system.high(), system.low());
        try {
            return Explorer.explore(system, limits, listener, new Checkpoint(folder, start), resume != null);
        } catch (CheckpointException wrong) {
            throw new BadInputException("--resume " + folder + ": " + wrong.getMessage());
        } catch (UncheckedIOException full) {
            throw new BadInputException(folder + ": " + full.getMessage());
        }
    }
}
