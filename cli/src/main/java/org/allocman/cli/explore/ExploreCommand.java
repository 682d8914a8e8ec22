package org.allocman.cli.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.ResetCheck;
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
import org.allocman.cli.frame.Interruption;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.QuietOption;
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
            completionCandidates = BoardLookup.Names.class,
            description =
                    "A built-in board, or a file that describes one. Default: tiny; for --system paging, which needs"
                            + " room for large pages, precursor.")
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
    private final AllStatesOptions runs = new AllStatesOptions();

    @Mixin
    private final ResetOption reset = new ResetOption();

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
        if (simulate.isDrawing()) {
            return run(Interruption.NONE);
        }
        // from here on, so that a signal that comes while the machine is made ends a run like any other
        try (Interruption interruption = Interruption.listen()) {
            return run(interruption);
        }
    }

    private int run(Interruption interruption) throws Exception {
        Designs designs = manager.with().designs(systemName);
        system = SystemLookup.find(systemName, designs);
        if (boards.isEmpty()) {
            boards = List.of(system.board());
        }
        SystemOptions options = options(designs);
        refuseCombinations();
        boolean areWalks = simulate.areWalks();
        Limits limits = limits();
        String subject = system.text() + " " + options.text();
        runs.check(subject);
        TransitionSystem explored = SystemLookup.system(system, options);
        if (simulate.isDrawing()) {
            return simulate.draw(console, explored, limits.depth());
        }
        reset.check(explored, system.text());
        Exploration found;
        ResetCheck.Result back;
        try (Progress progress = quiet.isAsked() ? Progress.NONE : console.progress("explore")) {
            ExploreProgress told = new ExploreProgress(console, progress, quiet.isAsked(), interruption);
            if (areWalks) {
                return simulate.walk(
                        console,
                        explored,
                        system.text() + " on " + options.board().name(),
                        limits,
                        told,
                        new SimulateOptions.Output(json.isAsked(), quiet.isAsked(), hasActions, system.hasRules()),
                        violation -> write(options, violation));
            }
            found = runs.explore(explored, () -> system.system(options), limits, told, subject);
            back = reset.check(explored, limits, told, found);
        }
        return report(options, found, back);
    }

    /** What makes no sense together is told, and not left aside. */
    private void refuseCombinations() throws BadInputException {
        boolean areWalks = simulate.areWalks();
        String other = areWalks ? "--simulate walks at random" : simulate.isDrawing() ? "--dot draws" : null;
        if (other != null && (runs.haveCheckpoints() || runs.areSeveral())) {
            throw new BadInputException((runs.haveCheckpoints() ? "--checkpoint and --resume are" : "--workers is")
                    + " for seeing all states; " + other);
        }
        if (other != null && reset.isAsked()) {
            throw new BadInputException("--reset is for seeing all states; " + other);
        }
        if (other != null && mostStates != null) {
            throw new BadInputException("--max-states is for seeing all states; " + other);
        }
        if (areWalks && depth != null) {
            throw new BadInputException(
                    "--depth is for seeing all states; --simulate walks at random, and --length says how far");
        }
        if (simulate.isDrawing()) {
            refuseWithDot(json.isAsked(), "--json");
            refuseWithDot(page.isAsked(), "--html");
            refuseWithDot(chain.file() != null, ChainOption.NAME);
            refuseWithDot(hasActions, "--actions");
            refuseWithDot(mostMemory != null, "--max-memory");
            refuseWithDot(seconds != null, "--time");
        }
        if (chain.file() != null && !system.hasRules()) {
            throw new BadInputException("--chain is for what breaks a rule; " + system.text() + " has none");
        }
        if (hasActions && system == SystemKind.TOY) {
            throw new BadInputException(
                    "--actions is for systems whose actions are counted; those of toy are not, to see how fast the explorer can be");
        }
    }

    private static void refuseWithDot(boolean isAsked, String option) throws BadInputException {
        if (isAsked) {
            throw new BadInputException(
                    option + " and --dot exclude one another: --dot draws the states and does nothing else");
        }
    }

    private int report(SystemOptions options, Exploration found, ResetCheck.@Nullable Result back) throws Exception {
        ExploreReport report = ExploreReport.of(found, back, system, options);
        Violation violation = found.violation() == null && back != null ? back.violation() : found.violation();
        String again = write(options, violation);
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            new ExploreText(console, system).print(report, violation, again, quiet.isAsked(), hasActions);
        }
        if (violation != null) {
            return Exit.FOUND_WRONG;
        }
        if (reset.isAsked() && back == null) {
            console.err()
                    .println("allocman: --reset needs all states, and " + Figures.count(found.queue())
                            + " were not expanded; a smaller --size has fewer");
        }
        boolean isBackKnown = !reset.isAsked() || back != null && back.end() == Exploration.End.COMPLETE;
        return found.isWhole() && isBackKnown ? Exit.GOOD : Exit.ENDED_EARLY;
    }

    /** The history that breaks a rule goes to a page and a file, if they are wanted; tells the command that does it again. */
    private @Nullable String write(SystemOptions options, @Nullable Violation violation) throws Exception {
        FoundHistory found = new FoundHistory(console, system, options);
        found.writePage(page, violation);
        return found.writeChain(
                chain, boards, hints.typed(), architecture, manager.with().jars(), violation);
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
        Limits limits =
                Limits.NONE.withDepth(depth == null ? reset.isAsked() ? Integer.MAX_VALUE : system.depth() : depth);
        if (mostStates != null) {
            limits = limits.withStates(mostStates);
        }
        if (mostMemory != null) {
            limits = limits.withMemory(mostMemory);
        }
        return seconds == null ? limits : limits.withTime(Duration.ofSeconds(seconds));
    }
}
