package org.allocman.cli.xous;

import org.allocman.cli.frame.Console;
import org.allocman.cli.page.Recording;
import org.allocman.cli.play.PlayCommand;
import org.allocman.cli.play.PlayedSystem;
import org.allocman.lab.machine.XousMachine;
import org.allocman.view.recording.Cells;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xous play}. */
@Command(
        name = "play",
        description = {
            "Make calls of your own on Xous, from a script or typed, and compare what comes of them.",
            "",
            "A line is WORD ARGUMENT..., with NAME = before it to name what is answered and -> OUTCOME behind it for what must come"
                    + " of it. The word help lists the words.",
            ""
        })
final class XousPlayCommand extends PlayCommand {
    @Mixin
    private final XousOptions options = new XousOptions();

    XousPlayCommand(Console console) {
        super(console, "Xous", XousCalls.WORDS);
    }

    @Override
    protected PlayedSystem start(Recording recording) throws Exception {
        XousMachine machine =
                new XousStart(options.board(console()), options.form(), options.rules(), recording, this::tell).start();
        recording.owners(Cells.pages(machine.system().allocations()));
        recording.ready();
        return new XousCalls(machine);
    }

    private void tell(String note) {
        console().err().println("allocman: note: " + note);
    }
}
