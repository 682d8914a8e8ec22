package org.allocman.cli.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.explore.Violation;
import org.allocman.check.museum.Museum;
import org.allocman.check.resource.ResourceDesigns;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.page.ChainOption;
import org.allocman.cli.page.PageOption;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.cli.provider.ResourceNames;
import org.allocman.cli.provider.SystemLookup;
import org.allocman.cli.provider.SystemNames;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Board;
import org.allocman.untyped.UntypedDesign;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "explore",
        description = {
            "See every reachable state of a small machine, and check every rule in each.",
            "",
            "Breadth first, so that a history that breaks a rule is as short as can be. Ends with 1 if one is found,"
                    + " with 3 if a limit ended it before it had seen what was asked for."
        })
public final class ExploreCommand implements Callable<Integer> {
    private static final String MUSEUM = "museum";

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    private final Console console;

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny",
            completionCandidates = BoardLookup.Names.class,
            description = "A built-in board, or a file that describes one. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Option(
            names = "--system",
            paramLabel = "S",
            defaultValue = "kernel",
            completionCandidates = SystemNames.class,
            description = "What to explore: ${COMPLETION-CANDIDATES}; a system of --with, by its name or its class;"
                    + " museum:B7, a bug of the museum, which '--system museum' lists, and museum:B7-right, the same without it."
                    + " Default: ${DEFAULT-VALUE}.")
    private String systemName = "";

    private SystemType system = SystemKind.KERNEL;

    @Option(
            names = "--resource",
            paramLabel = "NAME",
            completionCandidates = ResourceNames.class,
            description = "Which resource type --system resource is of: ${COMPLETION-CANDIDATES}, or one of --with."
                    + " Default: xous-page.")
    private @Nullable String resource;

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Option(
            names = "--depth",
            paramLabel = "D",
            description = "Greatest number of actions in a history. Default: what takes seconds, or all.")
    private @Nullable Integer depth;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "How many slots, objects, pages or blocks there are. Default: a few.")
    private @Nullable Integer size;

    @Option(
            names = "--faults",
            paramLabel = "K",
            description =
                    "How many invocations may be refused in a history, anywhere. Default: 0; of a bug of the museum,"
                            + " as many as it takes.")
    private @Nullable Integer typedFaults;

    private int faults;

    @Option(
            names = "--no-symmetry",
            description = "Tell states apart that differ only in which slot holds what, or in generations of handles.")
    private boolean noSymmetry;

    @Mixin
    private final SimulateOptions simulate = new SimulateOptions();

    @Mixin
    private final WorkersOption workers = new WorkersOption();

    @Mixin
    private final CheckpointOptions checkpoints = new CheckpointOptions();

    @Option(names = "--actions", description = "Tell of each action how often it was enabled, taken, refused.")
    private boolean hasActions;

    @Option(names = "--max-states", paramLabel = "N", description = "End at so many distinct states.")
    private @Nullable Long mostStates;

    @Option(
            names = "--max-memory",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description =
                    "Keep at most so many bytes of states in memory, the others on disk. Default: half of what Java may"
                            + " have.")
    private @Nullable Long mostMemory;

    @Option(names = "--time", paramLabel = "SECONDS", description = "End after so many seconds.")
    private @Nullable Long seconds;

    @Mixin
    private final PageOption page = new PageOption();

    @Mixin
    private final ChainOption chain = new ChainOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public ExploreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (systemName.equalsIgnoreCase(MUSEUM)) {
            Museum.catalogue().forEach(console.out()::println);
            return Exit.GOOD;
        }
        Designs designs = manager.with().designs(systemName);
        system = SystemLookup.find(systemName, designs);
        SystemOptions options = options(designs);
        if (chain.file() != null && (system == SystemKind.TOY || simulate.isDrawing())) {
            throw new BadInputException("--chain is for what breaks a rule of a system with memory; "
                    + (simulate.isDrawing() ? "--dot draws it" : "the toy has no chains"));
        }
        TransitionSystem explored = SystemLookup.system(system, options);
        Exploration found;
        Limits limits = limits();
        boolean areWalks = simulate.areWalks();
        if ((areWalks || simulate.isDrawing()) && checkpoints.areAsked()) {
            throw new BadInputException("--checkpoint and --resume are for seeing all states");
        }
        if (workers.areSeveral() && (areWalks || simulate.isDrawing() || checkpoints.areAsked())) {
            throw new BadInputException("--workers is for seeing all states, without checkpoints");
        }
        if (simulate.isDrawing()) {
            return simulate.draw(console, explored, limits.depth());
        }
        try (Interruption interruption = Interruption.listen()) {
            try (Progress progress = quiet.isAsked() ? Progress.NONE : console.progress("explore")) {
                if (areWalks) {
                    return simulate.walk(
                            console,
                            explored,
                            system.text() + " on " + options.board().name(),
                            limits,
                            new ExploreProgress(console, progress, quiet.isAsked(), interruption),
                            json.isAsked(),
                            quiet.isAsked(),
                            violation -> writeChain(options, violation));
                }
                ExploreProgress told = new ExploreProgress(console, progress, quiet.isAsked(), interruption);
                found = workers.areSeveral()
                        ? workers.explore(() -> system.system(options), limits, told)
                        : checkpoints.explore(explored, limits, told, system.text() + " " + options.text());
            }
            return report(options, found);
        }
    }

    private int report(SystemOptions options, Exploration found) throws Exception {
        ExploreReport report = ExploreReport.of(found, system, options);
        new FoundHistory(console, system, options).writePage(page, found.violation());
        String again = writeChain(options, found.violation());
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            print(report, found.violation(), again);
        }
        return found.violation() != null ? Exit.FOUND_WRONG : found.isWhole() ? Exit.GOOD : Exit.ENDED_EARLY;
    }

    /** The history that breaks a rule goes to a file, if one is wanted; tells the command that does it again. */
    private @Nullable String writeChain(SystemOptions options, @Nullable Violation violation) throws Exception {
        return new FoundHistory(console, system, options)
                .writeChain(
                        chain,
                        boards,
                        hints.typed(),
                        architecture,
                        manager.with().jars(),
                        violation);
    }

    private SystemOptions options(Designs designs) throws Exception {
        faults = typedFaults == null ? Museum.faults(system.text()) : typedFaults;
        int count = size == null ? system.usual() : size;
        if (count < system.least() || count > system.most()) {
            throw new BadInputException(
                    system.most() == 0
                            ? "--size is for systems of several sizes; " + system.text() + " has one"
                            : "--size takes a number of " + system.what() + " from " + system.least() + " to "
                                    + system.most() + " for " + system.text() + ", not " + count);
        }
        if (faults < 0 || faults > 0 && !system.canFail()) {
            throw faults < 0
                    ? new BadInputException("--faults takes a number that is not negative")
                    : SystemLookup.noFaults(system);
        }
        if (noSymmetry && !system.hasSymmetry()) {
            throw new BadInputException("--no-symmetry is for systems with states that are alike; in " + system.text()
                    + " no symmetry is used");
        }
        if (resource != null && system != SystemKind.RESOURCE) {
            throw new BadInputException("--resource is for --system resource, not for " + system.text());
        }
        UntypedDesign untypeds = manager.manager(designs);
        CSpaceGeometry slots = cspace.cspace(designs);
        if (!system.hasManager()
                && (!untypeds.equals(Pools.DEFAULT.manager()) || slots.isNew() || cspace.design() != null)) {
            throw new BadInputException("--manager, --cspace and --cspace-design are for systems with a manager; in "
                    + system.text() + " there is none");
        }
        if (system.hasManager() && !(untypeds.canFree() && slots.design().canGiveBack())) {
            throw new BadInputException(
                    (untypeds.canFree() ? "--cspace-design " + slots.design().name() : "--manager " + untypeds.name())
                            + " gives nothing back, and the rules are those of managers that do");
        }
        Board found = BoardLookup.find(console, boards, hints.hints(architecture.architecture()))
                .board();
        return new SystemOptions(
                found,
                count,
                faults,
                !noSymmetry && system.hasSymmetry(),
                resource == null ? ResourceDesigns.XOUS_PAGES : designs.resource(resource),
                untypeds,
                slots);
    }

    private Limits limits() throws BadInputException {
        if (depth != null && depth < 0
                || mostStates != null && mostStates < 1
                || seconds != null && (seconds < 0 || seconds > Integer.MAX_VALUE)) {
            throw new BadInputException(
                    "--depth, --max-states and --time take numbers that are not negative, and there is"
                            + " at least one state");
        }
        Limits limits = Limits.NONE.withDepth(depth == null ? system.depth() : depth);
        if (mostStates != null) {
            limits = limits.withStates(mostStates);
        }
        if (mostMemory != null) {
            limits = limits.withMemory(mostMemory);
        }
        return seconds == null ? limits : limits.withTime(Duration.ofSeconds(seconds));
    }

    private void print(ExploreReport report, @Nullable Violation violation, @Nullable String again) {
        if (quiet.isAsked()) {
            console.out().println(verdict(report));
            return;
        }
        console.out()
                .println(console.bold(report.system() + " on " + report.board()
                        + (system.most() == 0 ? "" : ", " + report.size() + " " + system.what())
                        + (report.manager() == null
                                ? ""
                                : ", manager " + report.manager() + ", CSpace " + report.cspace())
                        + (report.faults() == 0 ? "" : ", up to " + Figures.count(report.faults(), "fault"))
                        + (report.symmetry() ? ", states alike but for " + system.symmetry() + " are one" : "")));
        TextTable table = new TextTable("", "");
        table.row("generated", Figures.count(report.generated(), "state"));
        table.row("distinct", Figures.count(report.distinct(), "state"));
        table.row("depth", report.depth() + ", ended by " + report.endedBy());
        table.row("whole", report.complete() ? "all states" : "up to depth " + report.completeDepth());
        table.row("queue", Figures.count(report.queue(), "state"));
        table.row(
                "time",
                report.seconds() + " s, " + Figures.count(report.statesPerSecond()) + " generated states a second");
        table.row(
                "memory",
                report.bytesPerState() + " bytes a state"
                        + (report.bytesOnDisk() == 0 ? "" : ", " + Figures.size(report.bytesOnDisk()) + " on disk"));
        table.row(
                "collision",
                report.collisionOdds() == 0
                        ? "impossible, keys are exact"
                        : String.format("chance of %.1e that two states were taken for one", report.collisionOdds()));
        table.print(console, "  ");
        ActionTableText.print(console, report, hasActions);
        if (violation != null && !violation.history().isEmpty()) {
            console.out().println();
            console.out().println("the shortest history that breaks a rule");
            HistoryTable.lines(violation.history())
                    .forEach(line -> console.out().println("  " + line));
        }
        console.out().println();
        if (violation != null) {
            violation.rules().forEach(rule -> console.out().println("  " + rule));
        }
        console.out().println(verdict(report));
        if (violation != null && system != SystemKind.TOY) {
            console.out().println(FoundHistory.again(again));
        }
    }

    private String verdict(ExploreReport report) {
        ExploreReport.Broken broken = report.violation();
        if (broken != null) {
            return console.wrong(
                    "a rule is broken after " + Figures.count(broken.history().size(), "step"));
        }
        if (report.complete()) {
            return console.right(
                    "no rule is broken in " + Figures.count(report.distinct(), "state") + ", which are all there are");
        }
        String whole = "no rule is broken in any state up to depth " + report.completeDepth();
        return report.isWhole()
                ? console.right(whole + ", " + Figures.count(report.distinct(), "state"))
                : console.wrong(whole + ", the last whole level; of depth " + (report.completeDepth() + 1)
                        + " not all were seen, for " + report.endedBy() + " ended it with "
                        + Figures.count(report.distinct(), "state") + ", " + Figures.count(report.queue())
                        + " of them not expanded");
    }
}
