package org.allocman.cli.explore;

import org.allocman.check.explore.ExplorationListener;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.Interruption;
import org.allocman.cli.frame.Progress;

/** How far an exploration has come: a bar on a terminal, elsewhere a line now and then. */
final class ExploreProgress implements ExplorationListener {
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Console console;
    private final Progress progress;
    private final boolean hasLines;
    private final Interruption interruption;
    private long next = System.nanoTime() + PAUSE_NANOS;

    ExploreProgress(Console console, Progress progress, boolean quiet, Interruption interruption) {
        this.console = console;
        this.progress = progress;
        this.interruption = interruption;
        this.hasLines = !quiet && !console.terminal();
    }

    @Override
    public void at(long generated, long distinct, int depth, long queue) {
        progress.at(generated, 0);
        progress.detail(() -> detail(distinct, depth, queue));
        if (hasLines && System.nanoTime() - next > 0) {
            next = System.nanoTime() + PAUSE_NANOS;
            console.err()
                    .println("explore: " + Figures.count(generated) + " generated, " + detail(distinct, depth, queue));
        }
    }

    @Override
    public boolean isInterrupted() {
        return interruption.isAsked();
    }

    private static String detail(long distinct, int depth, long queue) {
        return "depth " + depth + ", " + Figures.count(distinct) + " distinct, " + Figures.count(queue) + " queued";
    }
}
