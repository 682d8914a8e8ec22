package org.allocman.cli.boot;

import static org.allocman.vka.PageSize.PAGE;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.frame.BootOptions;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.LeastRam;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.RecordCount;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.page.Recording;
import org.allocman.cli.page.RunOptions;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Rounding;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command. */
@Command(
        name = "boot",
        description = {
            "Boot a board, break the circle, let objects come and go, and check that nothing is lost.",
            "",
            "Tells each step: what was needed, what it came from, which slot, which bytes."
        })
public final class BootCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final BoardOption board = new BoardOption();

    @Mixin
    private final BootOptions boot = new BootOptions();

    private final Console console;

    @Option(
            names = "--static-pool",
            paramLabel = "BYTES|auto",
            defaultValue = "auto",
            converter = PoolSize.class,
            description = "Size of the static pool, for instance 64K; auto takes exactly what is needed; "
                    + "if the manager only allocates, for all objects. Default: auto.")
    private long staticPool;

    @Option(
            names = "--virtual-pool",
            paramLabel = "BYTES",
            defaultValue = "16M",
            converter = ByteCount.class,
            description = "Greatest size of the virtual pool; 0 for none. Default: ${DEFAULT-VALUE}.")
    private long virtualPool;

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Option(
            names = "--objects",
            paramLabel = "N",
            description = "How many objects come and go. Default: 10000; with --html 300.")
    private @Nullable Integer objectsAsked;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0x853C49E6748FEA9B",
            converter = Seed.class,
            description = "Which sequence of work, decimal or 0x hexadecimal. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private final RunOptions run = new RunOptions();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public BootCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        int objects = objectsAsked != null ? objectsAsked : run.wantsPage() ? OBJECTS_ON_PAGE : OBJECTS;
        Recording recording = run.recording();
        OptionRange.check("--objects", objects, 0, 100_000_000);
        if (staticPool > MOST_STATIC || virtualPool > MOST_VIRTUAL) {
            throw new BadInputException("a static pool has at most 1 GiB and a virtual pool at most 32 GiB");
        }
        Designs designs = manager.designs();
        ManagedMachine.Pools pools = new ManagedMachine.Pools(
                        staticPool, Rounding.up(virtualPool, PAGE), manager.manager(designs))
                .withCSpace(cspace.cspace(designs));
        Narration narration = new Narration(console, run.tellsResultOnly());
        BoardReading reading = board.reading(console);
        Board chosen = reading.board();
        BootSizes sizes = boot.sizes(chosen);
        pools = LaterSlots.with(pools, chosen, sizes, objects);
        BootReport report;
        try {
            report = new BootRun(reading, sizes, pools, objects, seed, narration, recording).run();
        } catch (BootRun.CannotStart tooSmall) {
            throw new BadInputException(String.valueOf(tooSmall.getMessage()));
        } catch (BootFailure tooSmall) {
            throw new BadInputException(tooSmall.getMessage() + LeastRam.toBoot(chosen, pools, sizes));
        } finally {
            run.writePage(console, "Booting " + chosen.name(), recording);
        }
        return run.print(console, report, report.isGood(), () -> print(report));
    }

    private static final int OBJECTS = 10_000;
    private static final int OBJECTS_ON_PAGE = 300;
    private static final long MOST_STATIC = 1L << 30;
    private static final long MOST_VIRTUAL = 32L << 30;

    private void print(BootReport report) {
        if (!run.isQuiet()) {
            console.out().println();
        }
        console.out()
                .println(console.bold(report.board() + ", " + report.architecture() + ", "
                        + Figures.size(report.ramBytes()) + " of RAM"));
        TextTable table = new TextTable("", "");
        table.row(
                "untypeds",
                Figures.count(report.untypeds().memory()) + " of memory, "
                        + Figures.size(report.untypeds().memoryBytes()) + "; "
                        + Figures.count(report.untypeds().device())
                        + " of device memory");
        if (report.untypeds().deviceRam() > 0) {
            table.row(
                    "device RAM",
                    Figures.size(report.untypeds().deviceRamBytes()) + " in "
                            + Figures.count(report.untypeds().deviceRam(), "untyped"));
        }
        for (BoardNotes.Missing missing : report.leftOut()) {
            table.row(
                    "left out",
                    Figures.size(missing.bytes()) + " in " + Figures.count(missing.number(), "piece") + ", "
                            + missing.reason());
        }
        table.row(
                "static pool",
                Figures.size(report.pools().staticBytes()) + ", "
                        + Figures.size(report.pools().staticNeededBytes()) + " needed");
        table.row(
                "virtual pool",
                Figures.size(report.pools().virtualMappedBytes()) + " mapped at most, of a window of "
                        + Figures.size(report.pools().virtualWindowBytes()) + "; "
                        + Figures.count(report.pools().pagingStructures(), "paging structure"));
        table.row(
                "slots",
                Figures.count(report.slots().inCNode()) + " in the root CNode, "
                        + Figures.count(report.slots().emptyAtBoot()) + " empty at boot, "
                        + Figures.count(report.slots().freeAtPeak()) + " free at the peak");
        if (cspace.geometry().isNew()) {
            table.row(
                    "new CSpace",
                    report.cspace().geometry() + ", "
                            + Figures.count(report.cspace().slotsAtPeak())
                            + " slots there at the peak, of "
                            + Figures.count(report.cspace().slotsAtMost())
                            + "; slot " + report.cspace().oldRoot() + " leads to the old root CNode");
        }
        table.row(
                "objects",
                Figures.count(report.work().madeInAll()) + " made, "
                        + Figures.count(report.work().freed()) + " freed, "
                        + Figures.count(report.work().peakLive())
                        + " live at most");
        table.row("invocations", invocations(report));
        table.row(
                "book-keeping",
                report.live().bytesPerObject() + " bytes and " + report.live().slotsPerObject()
                        + " slots per live object, at the peak");
        if (report.givesBack()) {
            reserveRow(report, table);
        } else {
            table.row("reserve", "none: an object needs no record");
        }
        table.row(
                "invariants",
                report.invariants().broken().isEmpty()
                        ? "held, checked " + report.invariants().times() + " times"
                        : Figures.count(report.invariants().broken().size()) + " broken");
        table.row("at the end", atTheEnd(report));
        table.print(console, "  ");
        if (report.work().madeInAll() < report.work().asked()) {
            console.err()
                    .println("allocman: only " + report.work().madeInAll() + " of "
                            + report.work().asked() + " objects could be made on this board"
                            + BootFigures.largerPool(report));
        }
    }

    private void reserveRow(BootReport report, TextTable table) {
        table.row(
                "reserve",
                report.reserve().records().stream().map(RecordCount::text).collect(Collectors.joining(", ")) + ", "
                        + report.reserve().slots() + " slots: "
                        + (report.reserve().full() ? "full" : "LOW"));
    }

    private static String atTheEnd(BootReport report) {
        String same = report.sameAgain() ? "ends the same" : "ends DIFFERENTLY";
        if (!report.givesBack()) {
            return "allocate only: all that was made stays; the same work on another machine " + same;
        }
        String whole = report.wholeAgain() ? "every untyped is whole" : "NOT every untyped is whole";
        return report.slotsComeBack()
                ? whole + ", and a second round " + same
                : whole + ", no slot comes back; the same work on another machine " + same;
    }

    private static String invocations(BootReport report) {
        StringBuilder text = new StringBuilder();
        report.invocations()
                .forEach((kind, count) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(Figures.count(count))
                        .append(' ')
                        .append(kind));
        return text.toString();
    }

    /** A number of bytes, or {@code auto}. */
    static final class PoolSize implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return text.equals("auto") ? -1L : new ByteCount().convert(text);
        }
    }

    /** 64 bits, decimal or hexadecimal, signed or unsigned. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            try {
                return lower.startsWith("0x")
                        ? Long.parseUnsignedLong(lower.substring(2), 16)
                        : lower.startsWith("-") ? Long.parseLong(lower) : Long.parseUnsignedLong(lower);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no 64-bit number");
            }
        }
    }
}
