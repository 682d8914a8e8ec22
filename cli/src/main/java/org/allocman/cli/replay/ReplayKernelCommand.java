package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import org.allocman.sim.kernel.replay.KernelReplay;
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

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayKernelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, KernelReplay::run);
    }
}
