package org.allocman.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.check.sweep.Rounds;
import org.allocman.check.sweep.Setting;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.page.CommandText;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.cli.provider.WithOption;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Board;
import org.allocman.untyped.UntypedDesign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command. */
@Command(
        name = "sweep",
        description = {
            "Do rounds of work on many machines, and check after each that everything came back.",
            "",
            "Every board with every manager, CSpace, number of objects and seed. In a round objects of every kind come and go, and",
            "everything is freed and trimmed; then each untyped has to be whole, the pools empty, and the memory the one it was after",
            "the first round. Ends with 1 if it is not."
        },
        footer = {"", "The options that say which machines can be repeated: --cspace 2:10:4 --cspace 2:7:7"})
public final class SweepCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final List<String> SHARED =
            List.of("--with", "--arch", "--profile", "--ram", "--memory", "--device");

    @Mixin
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "qemu-arm-virt,pc99,qemu-riscv-virt,rpi4,k64f",
            split = ",",
            completionCandidates = BoardLookup.Names.class,
            description = "The boards. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Option(
            names = "--manager",
            paramLabel = "M",
            defaultValue = "arena,split",
            split = ",",
            completionCandidates = ManagerOption.Names.class,
            description = "The untyped managers: arena, split, or those of --with. Default: ${DEFAULT-VALUE}.")
    private List<String> managers = new ArrayList<>();

    @Mixin
    private final WithOption with = new WithOption();

    @Option(
            names = "--cspace",
            paramLabel = CSpaceGeometry.SYNTAX,
            defaultValue = "current,1:13,2:12:10,2:12:6,2:10:4,2:10:1,2:8:2,2:7:7",
            split = ",",
            converter = CSpaceOption.Converter.class,
            description = "The CSpaces. Default: ${DEFAULT-VALUE}.")
    private List<CSpaceGeometry> cspaces = new ArrayList<>();

    @Option(
            names = "--cspace-design",
            paramLabel = "D",
            split = ",",
            completionCandidates = CSpaceOption.Names.class,
            description =
                    "The managers of slots: ${COMPLETION-CANDIDATES}, or those of --with. Each works in the CSpaces that"
                            + " have as many levels as it is for. Default: what is usual for as many levels.")
    private List<String> cspaceDesigns = new ArrayList<>();

    @Option(
            names = "--objects",
            paramLabel = "N",
            defaultValue = "60,1000,4000",
            split = ",",
            description = "How many objects are made in a round, 2 or more. Default: ${DEFAULT-VALUE}.")
    private List<Integer> objects = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The first sequence of work. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many sequences of work, from the first one on. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many rounds on each machine. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public SweepCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<Setting> settings = settings();
        SweepReport report = new SweepReport(rounds, CommandText.typed(spec, SHARED));
        try (Progress progress = quiet.isAsked() ? Progress.NONE : console.progress("sweep")) {
            int done = 0;
            for (Setting setting : settings) {
                report.add(setting, Rounds.run(setting, rounds));
                done++;
                progress.at(done, settings.size());
            }
        }
        if (json.isAsked()) {
            JsonOut.print(console, report.json());
        } else {
            report.print(console, quiet.isAsked());
        }
        return report.isGood() ? Exit.GOOD : Exit.FOUND_WRONG;
    }

    private static void isNotEmpty(String option, List<? extends Object> values) throws BadInputException {
        if (values.isEmpty()) {
            throw new BadInputException(option + " takes one or more, with commas between them, and there is none");
        }
    }

    /** Every CSpace with every design that is for as many levels. */
    private List<CSpaceGeometry> geometries(Designs found) throws BadInputException {
        if (cspaceDesigns.isEmpty()) {
            return cspaces;
        }
        List<CSpaceGeometry> geometries = new ArrayList<>();
        for (String name : cspaceDesigns) {
            CSpaceDesign design = found.cspace(name);
            List<CSpaceGeometry> fitting = cspaces.stream()
                    .filter(cspace -> design.hasSecondLevel() == (cspace.levels() == 2))
                    .map(cspace -> cspace.withDesign(design))
                    .toList();
            if (fitting.isEmpty()) {
                throw new BadInputException("--cspace-design " + design.name() + " is for CSpaces of "
                        + (design.hasSecondLevel() ? "two levels" : "one level") + ", and --cspace asks for none");
            }
            if (!design.canGiveBack()) {
                throw new BadInputException("--cspace-design " + design.name() + ": " + design.name()
                        + " gives no slot back, so there is nothing to sweep");
            }
            geometries.addAll(fitting);
        }
        return geometries;
    }

    private List<Setting> settings() throws Exception {
        OptionRange.check("--seeds", seeds, 1, MOST);
        OptionRange.check("--rounds", rounds, 1, MOST);
        isNotEmpty("--board", boards);
        isNotEmpty("--manager", managers);
        isNotEmpty("--cspace", cspaces);
        isNotEmpty("--objects", objects);
        for (int count : objects) {
            OptionRange.check("--objects", count, 2, MOST);
        }
        Designs found = with.designs();
        List<UntypedDesign> designs = new ArrayList<>();
        for (String name : managers) {
            UntypedDesign manager = found.manager(name);
            designs.add(manager);
            if (!manager.canFree()) {
                throw new BadInputException("--manager " + manager.name() + ": " + manager.name()
                        + " gives nothing back, so there is nothing to sweep; type --manager arena or --manager split");
            }
        }
        List<CSpaceGeometry> geometries = geometries(found);
        List<Setting> settings = new ArrayList<>();
        for (String name : boards) {
            Board board = BoardLookup.find(console, name, hints.hints(architecture.architecture()))
                    .board();
            for (UntypedDesign manager : designs) {
                for (CSpaceGeometry cspace : geometries) {
                    Pools pools = Pools.DEFAULT.withManager(manager).withCSpace(cspace);
                    for (int count : objects) {
                        for (int i = 0; i < seeds; i++) {
                            settings.add(new Setting(board, pools, count, seed + i));
                        }
                    }
                }
            }
        }
        return settings;
    }
}
