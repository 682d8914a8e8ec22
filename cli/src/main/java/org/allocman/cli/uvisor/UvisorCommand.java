package org.allocman.cli.uvisor;

import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.Alike;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.Recording;
import org.allocman.cli.page.RunOptions;
import org.allocman.lab.machine.UvisorMachine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "uvisor",
        description = {
            "Run a microcontroller's memory in the manner of uVisor.",
            "",
            "Places boxes, lets a firmware update take memory and give it back, lets boxes work and try to reach what is not"
                    + " theirs, and draws the blocks before, during and after.",
            ""
        })
public final class UvisorCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 10_000_000;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Mixin
    private final UvisorOptions options = new UvisorOptions();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Length of the mixed work. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Which sequence of work. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private final WidthOption width = new WidthOption();

    @Mixin
    private final RunOptions run = new RunOptions();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public UvisorCommand(Console console) {
        this.console = console;
    }

    /**
     * The command with what can be had of it singly.
     *
     * @param console where it prints
     * @return the command
     */
    public static CommandLine withSubcommands(Console console) {
        return new CommandLine(new UvisorCommand(console))
                .addSubcommand("run", new UvisorCommand(console))
                .addSubcommand(new PlaceCommand(console))
                .addSubcommand(new UvisorPlayCommand(console));
    }

    @Override
    public Integer call() throws Exception {
        OptionRange.check("--steps", steps, 0, MOST_STEPS);
        Recording recording = run.recording();
        UvisorReport report;
        try {
            UvisorMachine machine = options.start(console, recording);
            report =
                    new UvisorRun(console, machine, width.columns(), run.tellsResultOnly(), recording).run(steps, seed);
        } catch (IllegalStateException stuck) {
            throw recording.explain(stuck);
        } finally {
            run.writePage(console, "uVisor on " + options.boardName(), recording);
        }
        return run.print(console, report, report.isGood(), () -> print(report));
    }

    private void print(UvisorReport report) {
        if (!run.isQuiet()) {
            console.out().println();
        }
        console.out()
                .println(console.bold(report.board() + ", " + report.mpu() + ", "
                        + Figures.count(report.blocks(), "block") + " of " + Figures.size(report.blockBytes())));
        TextTable table = new TextTable("", "");
        UvisorReport.Update update = report.update();
        table.row(
                "update",
                update == null
                        ? "none"
                        : Figures.count(update.blocks(), "block") + " in " + Figures.count(update.pieces(), "piece")
                                + (update.freedAgain() ? ", all free again" : ", NOT all free again"));
        for (String sentence : report.leftOut()) {
            table.row("left out", sentence);
        }
        table.row(
                "mixed work",
                Figures.count(report.work().steps(), "step") + ", "
                        + (report.work().wrong().isEmpty()
                                ? "nothing went wrong"
                                : Figures.count(report.work().wrong().size()) + " went WRONG"));
        table.row("denied", Figures.count(report.work().denied()) + " accesses to other boxes' memory");
        table.row(
                "invariants",
                report.invariants().broken().isEmpty()
                        ? "held, checked " + report.invariants().times() + " times"
                        : Figures.count(report.invariants().broken().size()) + " broken");
        table.row(
                "at the end",
                (report.allFree() ? "every block is free but the stack's" : "NOT every block is free")
                        + (report.alone()
                                ? ""
                                : report.wholeAgain()
                                        ? ", and the manager has all else back"
                                        : ", and the manager does NOT have all else back"));
        table.print(console, "  ");
        tell(report.work().wrong());
        tell(report.invariants().broken());
    }

    /** A line for each kind of thing that went wrong, however often it did. */
    private void tell(List<String> sentences) {
        Alike.lines(sentences).forEach(sentence -> console.err().println("allocman: " + sentence));
    }
}
