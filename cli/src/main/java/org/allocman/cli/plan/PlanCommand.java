package org.allocman.cli.plan;

import io.vavr.control.Either;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.CSpaceOption;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.ManagerOption;
import org.allocman.cli.frame.QuietOption;
import org.allocman.plan.Plan;
import org.allocman.plan.Planner;
import org.allocman.plan.Workload;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.testkit.machine.MachineBoot;
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
    private static final int PAGE = 4096;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final BoardOption board = new BoardOption();

    @Option(
            names = "--workload",
            paramLabel = "FILE|LIST",
            required = true,
            description = {
                "What is to be allocated: a list like frames=1000,endpoints=50,tcbs=4,cnodes4=10, or a file with"
                        + " such entries, one a line.",
                "Names are those of object types: frames (frames21 for other sizes), endpoints, notifications, tcbs,"
                        + " cnodes4 (radix), untypeds16 (size bits), page-tables, ...; and slots, memory64 (bytes)."
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
        if (virtualPool > MOST_VIRTUAL) {
            throw new BadInputException("a virtual pool has at most 32 GiB");
        }
        Board chosen = board.board();
        Workload work = workload(chosen);
        MachineBoot boot =
                new MachineBoot(chosen, manager.manager(), (virtualPool + PAGE - 1) / PAGE * PAGE, cspace.cspace());
        Planner.Pool pool = virtualPool == 0 ? Planner.Pool.STATIC : Planner.Pool.EITHER;
        Either<String, Plan> plan = new Planner(boot, work, pool).plan();
        if (plan.isLeft()) {
            throw new BadInputException(plan.getLeft());
        }
        long ram =
                chosen.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum();
        PlanReport report = PlanReport.of(chosen.name(), ram, work, plan.get());
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            new PlanPage(console).print(report, quiet.isAsked());
        }
        return report.fits() ? Exit.GOOD : Exit.FOUND_WRONG;
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
            return new WorkloadText(chosen.architecture(), workload).read(Files.readString(file));
        } catch (CharacterCodingException binary) {
            throw new BadInputException(workload + ": this is no text");
        }
    }
}
