package org.allocman.cli.plan;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.frame.BootOptions;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.plan.Demand;
import org.allocman.plan.Plan;
import org.allocman.plan.Planner;
import org.allocman.plan.Shortfall;
import org.allocman.plan.Workload;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Region;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.sim.boot.BootFailure;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Rounding;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "plan",
        description = {
            "Compute what a workload needs on a board: static pool, virtual pool, reserve, slots; and whether it fits.",
            "",
            "The sizes are exact for allocating in the order that is given. The exit code is 1 if it does not fit."
        })
public final class PlanCommand implements Callable<Integer> {
    private static final long MOST_VIRTUAL = 32L << 30;
    private static final long MOST_FILE = 1 << 20;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final BoardOption board = new BoardOption();

    @Mixin
    private final BootOptions boot = new BootOptions();

    @Option(
            names = "--workload",
            paramLabel = "FILE|LIST",
            required = true,
            description = {
                "What is to be allocated: a list like frames=1000,endpoints=50,tcbs=4,cnodes4=10, or a file with"
                        + " such entries, one a line.",
                "Names are those of object types: frames (frames21 for other sizes), endpoints, notifications, tcbs,"
                        + " cnodes4 (radix), untypeds16 (size bits), page-tables, ...; and slots, memory64 (bytes).",
                "frames21=2@0x50000000 is two frames of 2^21 bytes, the first at that physical address, the next behind it."
            })
    private String workload = "";

    @Option(
            names = "--virtual-pool",
            paramLabel = "BYTES",
            defaultValue = "32G",
            converter = ByteCount.class,
            description = "Greatest size that the virtual pool may have; 0 for a plan with the static pool alone."
                    + " Default: what the board has.")
    private long virtualPool;

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    private final Console console;

    // what the options mean, once they are looked up
    private UntypedDesign design = UntypedDesigns.ARENA;
    private CSpaceGeometry geometry = CSpaceGeometry.CURRENT;

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Designs designs = manager.designs();
        design = manager.manager(designs);
        geometry = cspace.cspace(designs);
        if (virtualPool > MOST_VIRTUAL) {
            throw new BadInputException("a virtual pool has at most 32 GiB");
        }
        BoardReading reading = board.reading(console);
        Board chosen = reading.board();
        Workload work = workload(chosen);
        BootSizes sizes = boot.sizes(chosen);
        Either<String, Plan> plan = plan(chosen, work, sizes);
        if (plan.isLeft()) {
            throw new BadInputException(plan.getLeft());
        }
        List<LeftOut> leftOut = leftOut(reading, sizes, plan.get());
        long ram =
                chosen.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum();
        PlanReport report = PlanReport.of(
                chosen.name(),
                ram,
                work,
                plan.get(),
                leftOut,
                cause(chosen, sizes, plan.get()),
                advice(chosen, work, sizes, plan.get(), leftOut));
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            new PlanPage(console).print(report, quiet.isAsked());
        }
        return report.fits() ? Exit.GOOD : Exit.FOUND_WRONG;
    }

    private Either<String, Plan> plan(Board chosen, Workload work, BootSizes sizes) {
        MachineBoot machines = new MachineBoot(chosen, design, Rounding.up(virtualPool, PAGE), geometry, sizes);
        return new Planner(machines, work, virtualPool == 0 ? Plan.Pool.STATIC : Plan.Pool.EITHER).plan();
    }

    /** What boot leaves out with the static pool that is planned. */
    private List<LeftOut> leftOut(BoardReading reading, BootSizes sizes, Plan plan) throws BootFailure {
        MachineBoot machines = new MachineBoot(reading.board(), design, 0, geometry, sizes);
        return BoardNotes.leftOut(
                reading, machines.machine(plan.staticPoolBytes(), 0).leftOut());
    }

    /** Who has what was asked for at an address; null if nothing was, or if nobody but the manager has it. */
    private @Nullable String cause(Board chosen, BootSizes sizes, Plan plan) throws BootFailure {
        Shortfall shortage = plan.shortage();
        Demand demand = shortage == null ? null : shortage.demand();
        if (shortage == null || demand == null || demand.paddr() == Demand.ANYWHERE) {
            return null;
        }
        long bytes = demand.bytesOfOne(chosen.architecture());
        return new MachineBoot(chosen, design, 0, geometry, sizes)
                .machine(plan.staticPoolBytes(), 0)
                .whoKeeps(demand.paddr() + shortage.met() * bytes, bytes);
    }

    /** If untypeds found no place in the boot info, one more would find none either; whether a larger one helps is tried. */
    private @Nullable String advice(Board chosen, Workload work, BootSizes sizes, Plan plan, List<LeftOut> leftOut) {
        Shortfall shortage = plan.shortage();
        boolean isFull = leftOut.stream().anyMatch(one -> one.reason() == LeftOut.Reason.MEMORY_UNTYPEDS);
        if (shortage == null || shortage.resource() != Shortfall.Resource.MEMORY || !isFull) {
            return null;
        }
        int most = BootSizes.mostBootInfoUntypeds(chosen.architecture());
        Either<String, Plan> larger = plan(chosen, work, sizes.withBootInfoUntypeds(most));
        return larger.isRight() && larger.get().fits()
                ? "It would fit with --boot-info-untypeds " + most
                        + ": boot drops the untypeds for which the boot info has no room."
                : "The boot info has no room for all untypeds, so one more would be dropped as well; " + most
                        + " of them, the most there can be, are not enough.";
    }

    private Workload workload(Board chosen) throws BadInputException, IOException {
        if (workload.contains("=")) {
            return new WorkloadText(chosen.architecture(), "--workload").read(workload);
        }
        Path file = InputFile.of(workload);
        if (Files.size(file) > MOST_FILE) {
            throw new BadInputException(workload + ": a workload has at most 1 MiB");
        }
        try {
            return new WorkloadText(chosen.architecture(), workload).read(Utf8Mark.without(Files.readString(file)));
        } catch (CharacterCodingException binary) {
            throw new BadInputException(workload + ": this is no text");
        }
    }
}
