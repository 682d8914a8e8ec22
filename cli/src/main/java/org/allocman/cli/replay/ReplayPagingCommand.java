package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import org.allocman.sim.kernel.replay.KernelReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays invocations on a real kernel's address spaces. */
@Command(
        name = "paging",
        description = {
            "Replay what a real kernel did with address spaces.",
            "Performs every step and compares the answer, every slot that changed, and every entry of page tables "
                    + "and ASID pools.",
            ""
        })
final class ReplayPagingCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayPagingCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, KernelReplay::run);
    }
}
