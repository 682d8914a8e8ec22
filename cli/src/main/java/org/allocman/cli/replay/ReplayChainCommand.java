package org.allocman.cli.replay;

import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.check.action.Chain;
import org.allocman.check.action.Chain.Setting;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Violation;
import org.allocman.check.resource.ResourceDesigns;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.page.HistoryRecording;
import org.allocman.cli.page.PageOption;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cli.provider.SystemLookup;
import org.allocman.cli.provider.WithOption;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.view.recording.RunRecorder;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Does again what a chain of actions did that broke a rule. */
@Command(
        name = "chain",
        description = {
            "Take the actions of a chain again, as a failing property or 'explore --chain' has saved it.",
            "Checks every rule after each, and shows what each has changed.",
            ""
        })
final class ReplayChainCommand implements Callable<Integer> {

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final WithOption with = new WithOption();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Mixin
    private final PageOption page = new PageOption();

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A saved chain.")
    private String file = "";

    ReplayChainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<String> lines = lines();
        Chain chain = chain(lines);
        Designs designs = with.designs(chain.system());
        SystemType type = type(chain, designs, lines);
        SystemOptions options = options(chain, type, designs);
        ChainRun run = run(chain, type, options);
        if (page.isAsked()) {
            RunRecorder recorder = new HistoryRecording(type, options).take(chain.steps());
            if (recorder != null) {
                page.write(console, "A chain of actions on " + options.board().name(), recorder);
            }
        }
        HistoryTable.lines(run.history()).forEach(line -> console.out().println("  " + line));
        console.out().println();
        Violation violation = run.violation();
        if (violation == null) {
            console.out()
                    .println(console.right("no rule is broken in "
                            + Figures.count(chain.steps().size(), "step")));
            return Exit.GOOD;
        }
        violation.rules().forEach(rule -> console.out().println("  " + rule));
        console.out()
                .println(console.wrong("a rule is broken after "
                        + Figures.count(violation.history().size(), "step")));
        return Exit.FOUND_WRONG;
    }

    private List<String> lines() throws Exception {
        try {
            return Utf8Mark.without(Files.readString(InputFile.of(file)))
                    .lines()
                    .toList();
        } catch (MalformedInputException noText) {
            throw new BadInputException(file + ": it is not a text");
        }
    }

    private Chain chain(List<String> lines) throws BadInputException {
        try {
            return Chain.parse(lines);
        } catch (Chain.FormatException wrong) {
            throw wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private BadInputException wrong(String what) {
        return new BadInputException(file + ": " + what);
    }

    private SystemType type(Chain chain, Designs designs, List<String> lines) throws BadInputException {
        try {
            return SystemLookup.find(chain.system(), designs);
        } catch (BadInputException unknown) {
            int line = 0;
            while (!lines.get(line).strip().startsWith("system ")) {
                line++;
            }
            throw wrong("line " + (line + 1) + ": " + unknown.getMessage());
        }
    }

    private SystemOptions options(Chain chain, SystemType type, Designs designs) throws Exception {
        if (chain.faults() > 0 && !type.canFail()) {
            throw wrong("nothing of " + type.text() + " can be made to fail");
        }
        List<String> boards = chain.values(Setting.BOARD);
        Board board = BoardLookup.reading(
                        boards.isEmpty() ? List.of(type.board()) : boards, hints.hints(architecture(chain)))
                .board();
        String resource = chain.value(Setting.RESOURCE);
        String manager = chain.value(Setting.MANAGER);
        return new SystemOptions(
                board,
                size(chain, type),
                chain.faults(),
                chain.value(Setting.NO_SYMMETRY) == null && type.hasSymmetry(),
                resource == null ? ResourceDesigns.XOUS_PAGES : designs.resource(resource),
                manager == null ? ManagedMachine.Pools.DEFAULT.manager() : designs.manager(manager),
                cspace(chain, designs));
    }

    private @Nullable Architecture architecture(Chain chain) throws Exception {
        Architecture typed = architecture.architecture();
        String name = chain.value(Setting.ARCHITECTURE);
        if (typed != null || name == null) {
            return typed;
        }
        Architecture named = Architecture.named(name);
        if (named == null) {
            throw wrong("there is no architecture '" + name + "'; --profile names the file of one of your own");
        }
        return named;
    }

    private CSpaceGeometry cspace(Chain chain, Designs designs) throws BadInputException {
        String text = chain.value(Setting.CSPACE);
        CSpaceGeometry geometry = text == null ? CSpaceGeometry.CURRENT : CSpaceGeometry.parse(text);
        if (geometry == null) {
            throw wrong("'" + text + "' is no CSpace; " + CSpaceGeometry.SYNTAX + " is wanted");
        }
        return CSpaceOption.withDesign(geometry, chain.value(Setting.CSPACE_DESIGN), designs);
    }

    private int size(Chain chain, SystemType type) throws BadInputException {
        try {
            int size = chain.number(Setting.SIZE, type.usual());
            if (size < type.least() || size > type.most()) {
                throw wrong(
                        type.most() == 0
                                ? type.text() + " has no size"
                                : "size is from " + type.least() + " to " + type.most() + " for " + type.text()
                                        + ", not " + size);
            }
            return size;
        } catch (Chain.FormatException noNumber) {
            throw wrong(String.valueOf(noNumber.getMessage()));
        }
    }

    private ChainRun run(Chain chain, SystemType type, SystemOptions options) throws BadInputException {
        Subject subject;
        try {
            subject = SystemLookup.subject(type, options);
        } catch (BadInputException cannot) {
            throw wrong(String.valueOf(cannot.getMessage()));
        }
        if (subject == null) {
            throw wrong("the " + type.text() + " has no chains");
        }
        try {
            return ChainRun.replay(subject, chain);
        } catch (Chain.FormatException other) {
            throw wrong(String.valueOf(other.getMessage()));
        }
    }
}
