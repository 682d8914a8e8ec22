package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.sim.boot.BootInfoReplay;
import org.allocman.sim.boot.BootInfoReplay.Difference;
import org.allocman.sim.boot.RecordingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays the boot of a real kernel. */
@Command(
        name = "bootinfo",
        description = {
            "Replay the boot of a real kernel.",
            "Places the root task's objects and cuts the untypeds from the recorded memory map, and compares them "
                    + "with what the real kernel did.",
            ""
        })
final class ReplayBootInfoCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded boot.")
    private String file = "";

    ReplayBootInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        BootInfoReplay replay;
        try {
            replay = BootInfoReplay.of(InputFile.of(file));
        } catch (RecordingException wrong) {
            throw new BadInputException(file + ": " + wrong.getMessage());
        }
        Difference difference = replay.firstDifference();
        return new Verdict(replay.agreed(), replay.total(), difference == null ? null : difference.toString())
                .report(console);
    }
}
