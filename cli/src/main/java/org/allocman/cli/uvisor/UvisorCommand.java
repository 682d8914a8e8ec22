package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.FaultOption;
import org.allocman.cli.page.PageOption;
import org.allocman.cli.page.Recording;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardCore;
import org.allocman.sim.board.BoardReading;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.rules.MpuKind;
import org.checkerframework.checker.nullness.qual.Nullable;
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

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "k64f",
            completionCandidates = BoardLookup.Names.class,
            description = "A board with an MPU, built in (k64f, stm32f429) or a file. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Option(
            names = "--boxes",
            paramLabel = "FILE",
            description = "Boxes to place, in YAML. Default: a main program, a sensor and an updater.")
    private @Nullable String boxes;

    @Option(
            names = "--block-size",
            paramLabel = "BYTES",
            defaultValue = "8K",
            converter = ByteCount.class,
            description = "Size of a block. Default: ${DEFAULT-VALUE}.")
    private long blockBytes;

    @Option(
            names = "--mpu",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description =
                    "The MPU's rules for regions: ${COMPLETION-CANDIDATES}. Default: kinetis on k64f, else what the"
                            + " core has that the description names, else armv7m.")
    private @Nullable String mpu;

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
    private final PageOption page = new PageOption();

    @Mixin
    private final FaultOption fault = new FaultOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public UvisorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (steps < 0 || steps > MOST_STEPS) {
            throw new BadInputException("--steps takes a number from 0 to " + MOST_STEPS + ", not " + steps);
        }
        BoardReading reading = BoardLookup.find(console, boards, hints.hints(architecture.architecture()));
        Board found = reading.board();
        List<BoxSetup> setups = boxes == null ? BoxesFile.builtIn() : BoxesFile.of(InputFile.of(boxes));
        Recording recording = new Recording(page.isAsked(), fault.invocation());
        UvisorReport report;
        try {
            UvisorMachine machine = UvisorMachine.boot(found, kind(reading), setups, blockBytes, recording);
            report = new UvisorRun(console, machine, width.columns(), json.isAsked() || quiet.isAsked(), recording)
                    .run(steps, seed);
        } catch (IllegalStateException stuck) {
            throw recording.explain(stuck);
        } finally {
            page.write(console, "uVisor on " + found.name(), recording);
        }
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            print(report);
        }
        return report.isGood() ? Exit.GOOD : Exit.FOUND_WRONG;
    }

    private MpuKind kind(BoardReading reading) throws BadInputException {
        BoardCore core = reading.core();
        String name = mpu;
        if (name == null && !core.hasMpu()) {
            throw new BadInputException("the description of " + reading.board().name() + " says that its core "
                    + core.name() + " has no MPU; --mpu takes it for one that has");
        }
        if (name == null) {
            if (core.rules() == BoardCore.Rules.ARMV6M) {
                console.err()
                        .println(
                                "allocman: note: " + core.name()
                                        + " has the rules of ARMv6-M, whose regions have 256 bytes or more; armv7m is the nearest");
            }
            boolean isKinetis = reading.board().name().equals("k64f");
            name = isKinetis ? "kinetis" : core.rules() == BoardCore.Rules.ARMV8M ? "armv8m" : "armv7m";
        }
        for (MpuKind kind : MpuKind.values()) {
            if (kind.text().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new BadInputException("--mpu takes " + String.join(", ", new Kinds()) + ", not '" + name + "'");
    }

    private void print(UvisorReport report) {
        if (!quiet.isAsked()) {
            console.out().println();
        }
        console.out()
                .println(console.bold(report.board() + ", " + report.mpu() + ", " + report.blocks() + " blocks of "
                        + Figures.size(report.blockBytes())));
        TextTable table = new TextTable("", "");
        table.row(
                "update",
                Figures.count(report.update().blocks(), "block") + " in "
                        + Figures.count(report.update().pieces(), "piece")
                        + (report.update().freedAgain() ? ", all free again" : ", NOT all free again"));
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
                        + (report.wholeAgain()
                                ? ", and the manager has all else back"
                                : ", and the manager does NOT have all else back"));
        table.print(console, "  ");
        for (String wrong : report.work().wrong()) {
            console.err().println("allocman: " + wrong);
        }
        for (String broken : report.invariants().broken()) {
            console.err().println("allocman: " + broken);
        }
    }

    /** The kinds of MPU, for completion and help. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(MpuKind.values()).map(MpuKind::text).iterator();
        }
    }
}
