package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import org.allocman.testkit.uvisor.UvisorReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays what uVisor's own code did. */
@Command(
        name = "uvisor",
        description = {
            "Replay what uVisor's own code did.",
            "A recording of the page allocator, of the placement of boxes, or of the queue of slots; which it is shows in "
                    + "the file. Performs every step and compares the answer and the state.",
            ""
        })
final class ReplayUvisorCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayUvisorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, UvisorReplay::run);
    }
}
