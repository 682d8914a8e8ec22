package org.allocman.cli.xous;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.Recording;
import org.allocman.cli.page.RunOptions;
import org.allocman.sim.board.Board;
import org.allocman.xous.Pid;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "xous",
        description = {
            "Run processes of Xous on a board, and show whose the memory is.",
            "Every page in use is a frame obtained at its address, every process has page tables of its own. At the end"
                    + " all processes end, and nothing may be left.",
            ""
        })
public final class XousCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = Pid.LAST - Pid.FIRST + 1;
    private static final int MOST_STEPS = 10_000_000;
    private static final int LINE = 80;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final XousOptions options = new XousOptions();

    private final Console console;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many processes, 1 to 63. Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many steps of work they do. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "2",
            description = "Which work. Default: ${DEFAULT-VALUE}.")
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
    public XousCommand(Console console) {
        this.console = console;
    }

    /**
     * The command with what can be had of it singly.
     *
     * @param console where it prints
     * @return the command
     */
    public static CommandLine withSubcommands(Console console) {
        return new CommandLine(new XousCommand(console)).addSubcommand(new XousPlayCommand(console));
    }

    @Override
    public Integer call() throws Exception {
        OptionRange.check("--processes", processes, 1, MOST_PROCESSES);
        OptionRange.check("--steps", steps, 0, MOST_STEPS);
        int columns = width.columns();
        List<RamPicture> map = new ArrayList<>();
        Recording recording = run.recording();
        Board chosen = options.board(console);
        XousReport report;
        try {
            report = new XousRun(chosen, options.form(), options.rules(), processes, steps, seed, recording, this::tell)
                    .run(allocations -> map.add(RamPicture.of(allocations, columns)));
        } catch (IllegalStateException stuck) {
            throw recording.explain(stuck);
        } finally {
            run.writePage(console, "Xous on " + chosen.name(), recording);
        }
        return run.print(console, report, report.isGood(), () -> print(report, map.get(0)));
    }

    private void tell(String note) {
        console.err().println("allocman: note: " + note);
    }

    private void print(XousReport report, RamPicture map) {
        XousReport.Range ram = report.ranges().get(0);
        if (!run.isQuiet()) {
            console.out()
                    .println(console.bold(report.board() + ", " + report.architecture() + ", "
                            + Figures.size(ram.bytes()) + " of RAM at " + Figures.hex(ram.start())));
            console.out().println();
            printRanges(report);
            printCalls(report);
        }
        map.print(
                console,
                report.owners().stream()
                        .map(XousReport.Owner::pid)
                        .filter(pid -> pid != Pid.KERNEL)
                        .toList());
        if (!run.isQuiet()) {
            printOwners(report);
            printTables(report);
        }
        String last = report.isGood()
                ? "all processes ended, the tables are given back, nothing is left"
                : "all processes ended, and " + Figures.count(report.pagesLeft(), "page") + " and "
                        + Figures.count(report.objectsLeft(), "object") + " are left";
        console.out().println(report.isGood() ? console.right(last) : console.wrong(last));
    }

    private void printRanges(XousReport report) {
        TextTable table = new TextTable("range", ">start", ">size", ">pages", ">owned");
        for (XousReport.Range range : report.ranges()) {
            table.row(
                    range.name(),
                    Figures.hex(range.start()),
                    Figures.size(range.bytes()),
                    Figures.count(range.pages()),
                    Figures.count(range.owned()));
        }
        long pages = report.ranges().stream().mapToLong(XousReport.Range::pages).sum();
        long owned = report.ranges().stream().mapToLong(XousReport.Range::owned).sum();
        table.row("all", "", "", Figures.count(pages), Figures.count(owned));
        table.print(console, "  ");
        console.out().println();
    }

    private void printCalls(XousReport report) {
        long all = report.calls().values().stream().mapToLong(Long::longValue).sum();
        console.out().println(console.bold(Figures.count(all, "call")));
        for (String line : wrapped("made     ", list(report.calls()))) {
            console.out().println("  " + line);
        }
        String refused = report.refusals().isEmpty() ? "none" : list(report.refusals());
        for (String line : wrapped("refused  ", refused)) {
            console.out().println("  " + line);
        }
        console.out().println();
    }

    private static String list(Map<String, Long> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((name, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(Figures.count(count))
                .append(' ')
                .append(name));
        return text.toString();
    }

    /** Text in lines of the usual width, broken behind commas, the later lines indented. */
    private static List<String> wrapped(String head, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(head);
        for (String part : text.split("(?<=,) ")) {
            if (line.length() + part.length() + 2 > LINE && line.length() > head.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(head.length()));
            }
            line.append(part).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private void printOwners(XousReport report) {
        TextTable table = new TextTable("", "owner", ">RAM", ">pages", ">device pages", ">heap", ">threads");
        for (XousReport.Owner owner : report.owners()) {
            boolean isKernel = owner.pid() == Pid.KERNEL;
            table.row(
                    RamPicture.letter(owner.pid()),
                    isKernel ? "kernel and manager" : "PID " + owner.pid(),
                    Figures.size(owner.ramPages() * PAGE),
                    Figures.count(owner.ramPages()),
                    Figures.count(owner.devicePages()),
                    isKernel ? "" : Figures.size(owner.heapBytes()),
                    isKernel ? "" : owner.threads());
        }
        table.print(console, "  ");
        console.out().println();
    }

    private void printTables(XousReport report) {
        XousReport.Tables tables = report.tables();
        TextTable table = new TextTable("book-keeping", ">bytes", "");
        table.row("owners' table", Figures.count(tables.ownerTable()), form(report));
        table.row("free pages", Figures.count(tables.freePages()), "two bits a page of RAM, and their index");
        table.row("objects", Figures.count(tables.objects()), "handle and cptr of each page in use, from the pools");
        table.row("processes", Figures.count(tables.processes()), "and lends, interrupts, kernel windows");
        table.row("mappings", Figures.count(tables.mappings()), "what is where in the processes, from the pools");
        table.print(console, "  ");
        console.out().println();
    }

    private static String form(XousReport report) {
        return report.tableForm().equals("array") ? "a byte for every page" : "a look-up among the pages owned";
    }
}
