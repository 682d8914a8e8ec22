package org.allocman.cli.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.Progress;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.replay.Difference;
import org.allocman.sim.kernel.replay.KernelReplay;
import org.allocman.sim.kernel.replay.ReplayResult;

/** A replay of recorded steps, with its progress. */
final class InvocationReplay {
    private InvocationReplay() {}

    /** What reads a recording and says how far we agree. */
    @FunctionalInterface
    interface Replay {
        ReplayResult run(InputStream recording, KernelReplay.Progress progress) throws RecordingException;
    }

    static int run(Console console, String file, Replay replay) throws BadInputException, IOException {
        ReplayResult result;
        try (InputStream recording = Files.newInputStream(InputFile.of(file));
                Progress progress = console.progress("replay")) {
            result = replay.run(recording, progress::at);
        } catch (RecordingException wrong) {
            throw new BadInputException(file + ": " + wrong.getMessage());
        }
        Difference difference = result.firstDifference();
        return new Verdict(result.agreed(), result.total(), difference == null ? null : difference.toString())
                .report(console);
    }
}
