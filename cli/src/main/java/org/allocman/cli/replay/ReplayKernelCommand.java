package org.allocman.cli.replay;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.Progress;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.replay.Difference;
import org.allocman.sim.kernel.replay.KernelReplay;
import org.allocman.sim.kernel.replay.ReplayResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays invocations of a real kernel. */
@Command(
        name = "kernel",
        description = {
            "Replay the invocations of a real kernel.",
            "Performs every step and compares the answer, every slot that changed, and the derivation list.",
            ""
        })
final class ReplayKernelCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayKernelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
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
