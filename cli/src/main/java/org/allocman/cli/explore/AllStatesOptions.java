package org.allocman.cli.explore;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.allocman.check.explore.Checkpoint;
import org.allocman.check.explore.CheckpointException;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ParallelExplorer;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** Options about who sees all states, and about going on with what was seen before. */
final class AllStatesOptions {
    private static final int MOST = 256;
    private static final String FIRST_STATE = ", first state ";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "How many threads explore, each with a machine of its own; the result is the same. Default: 1.")
    private @Nullable Integer workers;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Write what is known there every two minutes, and when a limit or Ctrl-C ends the run.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on from the checkpoint in a folder, with greater limits or other workers if you like, and write the"
                            + " next ones there.")
    private @Nullable Path resume;

    /** Whether there are several. */
    boolean areSeveral() throws BadInputException {
        if (workers != null && (workers < 1 || workers > MOST)) {
            throw new BadInputException("--workers takes a number from 1 to " + MOST + ", not " + workers);
        }
        return workers != null && workers > 1;
    }

    boolean haveCheckpoints() {
        return checkpoint != null || resume != null;
    }

    /** Refuses a checkpoint of something else, before that which it is not of is made. */
    void check(String subject) throws BadInputException {
        Path folder = resume;
        if (folder == null) {
            return;
        }
        if (checkpoint != null) {
            throw new BadInputException("--resume writes its checkpoints where it found one; leave --checkpoint out");
        }
        try {
            String of = Checkpoint.subject(folder);
            if (!of.startsWith(subject + FIRST_STATE)) {
                int end = of.indexOf(FIRST_STATE);
                throw new BadInputException("--resume " + folder + ": the checkpoint there is of another exploration: "
                        + (end < 0 ? of : of.substring(0, end)) + ", and not " + subject);
            }
        } catch (CheckpointException wrong) {
            throw new BadInputException("--resume " + folder + ": " + wrong.getMessage());
        }
    }

    /** Explores, from a checkpoint or to one if that is asked for. */
    Exploration explore(
            TransitionSystem system,
            ParallelExplorer.Systems more,
            Limits limits,
            ExplorationListener listener,
            String subject)
            throws Exception {
        Path folder = resume == null ? checkpoint : resume;
        int count = workers == null ? 1 : workers;
        if (folder == null) {
            return count == 1
                    ? Explorer.explore(system, limits, listener)
                    : ParallelExplorer.explore(more, count, limits, listener);
        }
        // another board, and most other versions, have another first state
        String start = String.format("%s%s%016x%016x", subject, FIRST_STATE, system.high(), system.low());
        Checkpoint at = new Checkpoint(folder, start);
        boolean resumes = resume != null;
        try {
            return count == 1
                    ? Explorer.explore(system, limits, listener, at, resumes)
                    : ParallelExplorer.explore(more, count, limits, listener, at, resumes);
        } catch (CheckpointException wrong) {
            throw new BadInputException("--resume " + folder + ": " + wrong.getMessage());
        } catch (UncheckedIOException full) {
            throw new BadInputException(folder + ": " + full.getMessage());
        }
    }
}
