package org.allocman.cli.uvisor;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.rules.MpuKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code uvisor place}. */
@Command(
        name = "place",
        description = {
            "Show where boxes and blocks go, and nothing else.",
            "",
            "Draws the RAM, and tells what each box asked for, what rounding and gaps cost, which regions of the MPU hold it, the"
                    + " order that was chosen, and a fragment of a linker script.",
            ""
        })
final class PlaceCommand implements Callable<Integer> {
    private static final String INDENT = "   ";

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Mixin
    private final UvisorOptions options = new UvisorOptions();

    @Mixin
    private final WidthOption width = new WidthOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PlaceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        UvisorMachine machine = options.start(console, new Recording(false, 0));
        if (json.isAsked()) {
            JsonOut.print(console, PlacementReport.of(machine));
            return Exit.GOOD;
        }
        MpuKind mpu = machine.layout().plan().mpu();
        PlacementPage page = new PlacementPage(console, machine);
        console.out()
                .println(console.bold("Boxes and blocks on " + machine.board().name() + " (" + mpu.text() + ", "
                        + machine.layout().mpuRegions() + " regions)."));
        page.print(INDENT);
        console.out().println();
        page.printRounding(INDENT);
        page.printAcls(INDENT);
        console.out().println();
        new SramMap(console, machine, width.columns() - INDENT.length()).print(INDENT, true);
        console.out().println();
        page.printLinkerScript();
        return Exit.GOOD;
    }
}
