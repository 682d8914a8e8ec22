package org.allocman.cli.replay;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.page.PageOption;
import org.allocman.testkit.replay.XousReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays a history of Xous' memory manager. */
@Command(
        name = "xous",
        description = {
            "Replay a history of Xous' memory manager.",
            "Performs every step on our tables, and compares the answer, the hash of all owners, and the number of free "
                    + "pages.",
            ""
        })
final class ReplayXousCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A recorded run, plain or compressed by gzip.")
    private String file = "";

    ReplayXousCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return InvocationReplay.run(console, file, page, XousReplay::run);
    }
}
