package org.allocman.cli.explore;

import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ResetCheck;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** Whether it is checked that everything can be given back from everywhere. */
final class ResetOption {
    @Option(
            names = "--reset",
            description =
                    "Check as well that from every state a path leads back to one in which everything is free and whole, and that"
                            + " giving back alone leads there. It keeps all actions in memory, and needs all states: the usual depth is none.")
    private boolean reset;

    boolean isAsked() {
        return reset;
    }

    /** Refuses systems that do not say what they come back to. */
    void check(TransitionSystem system, String name) throws BadInputException {
        if (reset && !system.hasReset()) {
            throw new BadInputException(
                    "--reset is for systems that say when everything is free and whole; " + name + " does not");
        }
    }

    /** Checks what was explored to the end, if that is asked for. */
    ResetCheck.@Nullable Result check(
            TransitionSystem system, Limits limits, ExplorationListener listener, Exploration found) {
        return reset && found.end() == Exploration.End.COMPLETE ? ResetCheck.check(system, limits, listener) : null;
    }
}
