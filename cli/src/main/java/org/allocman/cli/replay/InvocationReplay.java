package org.allocman.cli.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.page.PageOption;
import org.allocman.conformance.OwnersObserver;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.KernelReplay;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.sim.boot.RecordingException;

/** A replay of recorded steps, with its progress. */
final class InvocationReplay {
    private InvocationReplay() {}

    /** What reads a recording and says how far we agree. */
    @FunctionalInterface
    interface Replay {
        ReplayResult run(InputStream recording, KernelReplay.Progress progress, OwnersObserver observer)
                throws RecordingException;
    }

    static int run(Console console, String file, PageOption page, Replay replay) throws BadInputException, IOException {
        RecordingObserver observer = new RecordingObserver();
        ReplayResult result;
        try (InputStream recording = Files.newInputStream(InputFile.of(file));
                Progress progress = console.progress("replay")) {
            result = replay.run(recording, progress::at, page.isAsked() ? observer : OwnersObserver.NONE);
        } catch (RecordingException wrong) {
            throw new BadInputException(file + ": " + wrong.getMessage());
        }
        if (page.isAsked() && !observer.recorder().hasStarted()) {
            throw new BadInputException(file + ": what is recorded here has no memory to make a page of");
        }
        page.write(console, "Replay of " + Path.of(file).getFileName(), observer.recorder());
        Difference difference = result.firstDifference();
        return new Verdict(result.agreed(), result.total(), difference == null ? null : difference.toString())
                .report(console);
    }
}
