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

/** A replay of recorded invocations, with its progress; the recording says itself what was recorded with them. */
final class InvocationReplay {
    private InvocationReplay() {}

    static int run(Console console, String file) throws BadInputException, IOException {
        ReplayResult result;
        try (InputStream recording = Files.newInputStream(InputFile.of(file));
                Progress progress = console.progress("replay")) {
            result = KernelReplay.run(recording, progress::at);
        } catch (RecordingException wrong) {
            throw new BadInputException(file + ": " + wrong.getMessage());
        }
        Difference difference = result.firstDifference();
        return new Verdict(result.agreed(), result.total(), difference == null ? null : difference.toString())
                .report(console);
    }
}
