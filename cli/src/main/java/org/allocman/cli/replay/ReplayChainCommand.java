package org.allocman.cli.replay;

import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.Chain;
import org.allocman.check.systems.SystemOptions;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.page.HistoryRecording;
import org.allocman.cli.page.PageOption;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.sim.boot.BootFailure;
import org.allocman.view.recording.RunRecorder;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Does again what a failing chain of actions did. */
@Command(
        name = "chain",
        description = {
            "Take the actions of a chain again, as a failing property has saved it.",
            "Checks every rule after each, and shows what each has changed.",
            ""
        })
final class ReplayChainCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

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
        Chain chain = chain();
        ChainRun run = run(chain);
        Violation violation = null;
        List<String> steps = chain.steps();
        for (int i = 0; i < steps.size() && violation == null; i++) {
            violation = take(run, i + 1, steps.get(i));
        }
        writePage(chain);
        HistoryTable.lines(run.history()).forEach(line -> console.out().println("  " + line));
        console.out().println();
        if (violation == null) {
            console.out().println(console.right("no rule is broken in " + Figures.count(steps.size(), "step")));
            return Exit.GOOD;
        }
        violation.rules().forEach(rule -> console.out().println("  " + rule));
        console.out()
                .println(console.wrong("a rule is broken after "
                        + Figures.count(violation.history().size(), "step")));
        return Exit.FOUND_WRONG;
    }

    private void writePage(Chain chain) throws Exception {
        if (page.isAsked()) {
            RunRecorder recorder = new HistoryRecording(chain.kind(), options(chain)).take(chain.steps());
            if (recorder != null) {
                page.write(console, "A chain of actions on " + chain.board(), recorder);
            }
        }
    }

    private static SystemOptions options(Chain chain) throws Exception {
        return new SystemOptions(BoardLookup.find(chain.board(), null), chain.size(), chain.faults(), chain.symmetry());
    }

    private Chain chain() throws Exception {
        try {
            return Chain.parse(Utf8Mark.without(Files.readString(InputFile.of(file)))
                    .lines()
                    .toList());
        } catch (Chain.FormatException wrong) {
            throw new BadInputException(file + ": " + wrong.getMessage());
        } catch (MalformedInputException noText) {
            throw new BadInputException(file + ": it is not a text");
        }
    }

    private ChainRun run(Chain chain) throws Exception {
        try {
            Subject subject = chain.kind().subject(options(chain), kernel -> kernel);
            if (subject != null) {
                return new ChainRun(subject, chain.faults());
            }
        } catch (BootFailure tooSmall) {
            throw new BadInputException(file + ": " + tooSmall.getMessage());
        }
        throw new BadInputException(file + ": " + chain.kind().text() + " has no chains");
    }

    private @Nullable Violation take(ChainRun run, int number, String step) throws BadInputException {
        int action = run.number(step);
        if (action < 0) {
            throw new BadInputException(file + ": step " + number + ": there is no action '" + step + "'");
        }
        if (!run.isEnabled(action)) {
            throw new BadInputException(file + ": step " + number + ": '" + step + "' is not possible there");
        }
        return run.take(action);
    }
}
