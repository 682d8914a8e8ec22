package org.allocman.conformance.uvisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.allocman.conformance.OwnersObserver;
import org.allocman.conformance.kernel.KernelReplay;
import org.allocman.conformance.kernel.RecordingLines;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.sim.boot.RecordingException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Replays what was recorded on uVisor's own code: calls of the page allocator, placements of boxes, calls on its queue. */
public final class UvisorReplay {
    private final RecordingLines lines;
    private final KernelReplay.Progress progress;
    private final Comparison comparison;
    private final PagesReplay pages;
    private final RegionsReplay regions;
    private final QueueReplay queues;

    private UvisorReplay(RecordingLines lines, KernelReplay.Progress progress, OwnersObserver observer) {
        this.lines = lines;
        this.progress = progress;
        this.comparison = new Comparison(observer);
        this.pages = new PagesReplay(comparison, observer);
        this.regions = new RegionsReplay(comparison);
        this.queues = new QueueReplay(comparison);
    }

    /**
     * Replays a recording.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress) throws RecordingException {
        return run(recording, progress, OwnersObserver.NONE);
    }

    /**
     * Replays a recording while somebody looks on.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @param observer sees every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress, OwnersObserver observer)
            throws RecordingException {
        try (InputStream input = recording) {
            return new UvisorReplay(new RecordingLines(input), progress, observer).run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ReplayResult run() throws RecordingException {
        @Nullable RecordedPart part = null;
        for (String text = lines.next(); text != null; text = lines.next()) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            RecordedLine line = new RecordedLine(text, lines.number());
            RecordedPart begins = begun(line);
            if (begins != null && begins != part) {
                end(part, lines);
                part = begins;
            }
            if (part == null) {
                throw lines.wrong("'" + shortened(text) + "' begins no recording of uVisor");
            }
            part.line(line);
            progress.step(comparison.total(), comparison.total() + 1);
        }
        end(part, lines);
        if (comparison.total() == 0) {
            throw lines.wrong("the recording has no steps");
        }
        return comparison.result();
    }

    private static void end(@Nullable RecordedPart part, RecordingLines lines) throws RecordingException {
        if (part != null && !part.isComplete()) {
            throw lines.wrong("the recording is cut off: " + part.missing());
        }
    }

    private @Nullable RecordedPart begun(RecordedLine line) {
        return switch (line.word(0)) {
            case "CONFIG", "INIT" -> pages;
            case "SCENARIO" -> regions;
            case "INITTEST", "POOL" -> queues;
            default -> null;
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
