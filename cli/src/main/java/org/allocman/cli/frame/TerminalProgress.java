package org.allocman.cli.frame;

import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A bar on the terminal, once the task has taken longer than a user likes to look at nothing. */
final class TerminalProgress implements Progress {
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final int REDRAW_MILLIS = 200;
    private static final long NANOS_IN_MILLI = 1_000_000;
    private static final int WIDTH = 79;

    private final String task;
    private final long start = System.nanoTime();
    private @Nullable ProgressBar bar;
    private long detailed;

    TerminalProgress(String task) {
        this.task = task;
    }

    @Override
    public void at(long done, long total) {
        ProgressBar drawn = bar;
        if (drawn == null) {
            if (System.nanoTime() - start < PATIENCE_NANOS) {
                return;
            }
            drawn = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total > 0 ? total : -1)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .clearDisplayOnFinish()
                    .build();
            bar = drawn;
        }
        drawn.stepTo(done);
    }

    @Override
    public void detail(Supplier<String> text) {
        ProgressBar drawn = bar;
        long now = System.nanoTime();
        if (drawn != null && now - detailed > REDRAW_MILLIS * NANOS_IN_MILLI) {
            detailed = now;
            drawn.setExtraMessage(text.get());
        }
    }

    @Override
    public void close() {
        ProgressBar drawn = bar;
        if (drawn != null) {
            drawn.close();
            bar = null;
        }
    }
}
