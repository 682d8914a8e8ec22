package org.allocman.cli.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.OwnershipMap;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.Recording;
import org.allocman.cli.page.RunOptions;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.cli.provider.ResourceNames;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.ResourceDesign;
import org.allocman.sim.board.Board;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "resource",
        description = {
            "Put a resource type on a board, claim and release its units at random, and show whose they are.",
            "Each answer is compared with a model's. At the end everything is released, and nothing may be left. Without"
                    + " --resource the types are listed.",
            ""
        })
public final class ResourceCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 10_000_000;
    private static final int MOST_UNITS = 1 << 20;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final BoardOption board = new BoardOption();

    private final Console console;

    @Option(
            names = "--resource",
            paramLabel = "NAME",
            completionCandidates = ResourceNames.class,
            description = "Which resource type: ${COMPLETION-CANDIDATES}, or one of --with.")
    private @Nullable String resource;

    @Option(names = "--units", paramLabel = "N", description = "How many units, 2 or more. Default: the type's own.")
    private @Nullable Integer units;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many calls. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "2",
            description = "Which calls. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Mixin
    private final WidthOption width = new WidthOption();

    @Mixin
    private final RunOptions run = new RunOptions();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public ResourceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Designs designs = manager.designs();
        String name = resource;
        if (name == null) {
            return list(designs);
        }
        ResourceDesign design = designs.resource(name);
        int count = units == null ? design.units() : units;
        OptionRange.check("--units", count, 2, MOST_UNITS);
        OptionRange.check("--steps", steps, 0, MOST_STEPS);
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT
                .withManager(manager.manager(designs))
                .withCSpace(cspace.cspace(designs));
        int columns = width.columns();
        Recording recording = run.recording();
        Board chosen = board.reading(console).board();
        List<OwnershipMap> map = new ArrayList<>();
        ResourceReport report;
        try {
            report = new ResourceRun(chosen, pools, design, count, steps, seed == 0 ? 1 : seed, recording)
                    .run(type -> map.add(OwnershipMap.of(type, columns)));
        } finally {
            run.writePage(console, name + " on " + chosen.name(), recording);
        }
        return run.print(console, report, report.isGood(), () -> print(report, map.get(0)));
    }

    private int list(Designs designs) {
        List<Map<String, Object>> types = designs.resources().stream()
                .map(design -> Map.<String, Object>of(
                        "name", design.name(), "units", design.units(), "owners", design.owners()))
                .toList();
        return run.print(console, types, true, () -> listText(designs));
    }

    private void listText(Designs designs) {
        TextTable table = new TextTable("resource type", ">units", "owners");
        for (ResourceDesign design : designs.resources()) {
            table.row(
                    design.name(),
                    Figures.count(design.units()),
                    String.join(
                            ", ", design.owners().stream().map(String::valueOf).toList()));
        }
        table.print(console, "");
    }

    private void print(ResourceReport report, OwnershipMap map) {
        if (!run.isQuiet()) {
            console.out()
                    .println(console.bold(report.resource() + " on " + report.board() + ", " + report.architecture()
                            + ", manager " + report.manager()));
            TextTable table = new TextTable("", "");
            table.row(
                    "units",
                    Figures.count(report.units()) + " of " + Figures.size(report.unitBytes()) + ", each a "
                            + report.unit());
            for (ResourceReport.Place place : report.stretches()) {
                table.row("", Figures.count(place.units()) + " at " + Figures.hex(place.start()) + ", " + place.name());
            }
            table.row("tables", Figures.count(report.tableBytes()) + " bytes");
            table.row("calls", list(report.calls()));
            table.row("refused", report.refusals().isEmpty() ? "none" : list(report.refusals()));
            table.row("invocations", Figures.count(report.invocations()));
            table.print(console, "  ");
            console.out().println();
        }
        console.out().println(console.bold("Units by owner") + ", " + map.scale());
        map.lines().forEach(console.out()::println);
        List<Integer> owners =
                report.owners().stream().map(ResourceReport.Owner::owner).toList();
        map.legend(owners, owner -> report.owners().get(owners.indexOf(owner)).name())
                .forEach(console.out()::println);
        console.out().println();
        report.broken().forEach(sentence -> console.out().println(console.wrong("  " + sentence)));
        String last = report.isGood()
                ? "every answer was as the model's, everything was released, nothing is left"
                : report.broken().isEmpty()
                        ? "everything was released, and " + Figures.count(report.unitsLeft(), "unit") + " and "
                                + Figures.count(report.objectsLeft(), "object") + " are left"
                        : "something does not hold";
        console.out().println(report.isGood() ? console.right(last) : console.wrong(last));
    }

    private static String list(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((what, count) -> parts.add(Figures.count(count) + " " + what));
        return String.join(", ", parts);
    }
}
