package org.allocman.cli.uvisor;

import org.allocman.cli.frame.Console;
import org.allocman.cli.page.Recording;
import org.allocman.cli.play.PlayCommand;
import org.allocman.cli.play.PlayedSystem;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.view.recording.Cells;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code uvisor play}. */
@Command(
        name = "play",
        description = {
            "Make calls of your own on uVisor, from a script or typed, and compare what comes of them.",
            "",
            "A line is WORD ARGUMENT..., with NAME = before it to name what is answered and -> OUTCOME behind it for what must come"
                    + " of it. The word help lists the words.",
            ""
        })
final class UvisorPlayCommand extends PlayCommand {
    @Mixin
    private final UvisorOptions options = new UvisorOptions();

    UvisorPlayCommand(Console console) {
        super(console, "uVisor", UvisorCalls.WORDS);
    }

    @Override
    protected PlayedSystem start(Recording recording) throws Exception {
        UvisorMachine machine = options.start(console(), recording);
        recording.owners(Cells.blocks(
                machine.uvisor().pool(),
                machine.uvisor().topLevel(),
                box -> machine.uvisor().plan().boxes().get(box).config().name()));
        recording.ready();
        return new UvisorCalls(machine);
    }
}
