package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import org.allocman.testkit.replay.AllocmanReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays a history of libsel4allocman. */
@Command(
        name = "allocman",
        description = {
            "Replay a history of libsel4allocman on a real kernel.",
            "Performs every step with the split manager in its compatible mode, and compares error, slot, address and "
                    + "free lists.",
            ""
        })
final class ReplayAllocmanCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayAllocmanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, AllocmanReplay::run);
    }
}
