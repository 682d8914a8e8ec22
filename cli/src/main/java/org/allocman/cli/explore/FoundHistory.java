package org.allocman.cli.explore;

import java.nio.file.Path;
import java.util.List;
import org.allocman.check.action.Chain;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.SystemChain;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.page.ChainOption;
import org.allocman.cli.page.HistoryRecording;
import org.allocman.cli.page.PageOption;
import org.allocman.view.recording.RunRecorder;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The history that breaks a rule, as the files that are wanted of it. */
final class FoundHistory {
    private final Console console;
    private final SystemType system;
    private final SystemOptions options;

    FoundHistory(Console console, SystemType system, SystemOptions options) {
        this.console = console;
        this.system = system;
        this.options = options;
    }

    private static List<String> steps(Violation violation) {
        return violation.history().stream().map(Step::action).toList();
    }

    /** As a file, if there is one and a file is wanted; returns the command that does it again. */
    @Nullable
    String writeChain(
            ChainOption chain,
            List<String> boards,
            HintOptions.Typed hints,
            ArchitectureOption architecture,
            List<String> jars,
            @Nullable Violation violation)
            throws Exception {
        Path to = chain.file();
        if (to == null) {
            return null;
        }
        if (violation == null) {
            console.err().println("allocman: no rule is broken, so there is no history to write to " + to);
            return null;
        }
        Architecture typed = architecture.architecture();
        Chain failing = ChainOption.typed(SystemChain.of(system, options), boards, typed)
                .withSteps(steps(violation));
        String again = ChainOption.again(to, jars, hints, typed, architecture.profile());
        ChainOption.write(to, failing, again);
        return again;
    }

    /** How to have it again, for people. */
    static String again(@Nullable String command) {
        return command == null
                ? "with " + ChainOption.NAME + " FILE the history is saved, to be taken again"
                : "to take the history again: " + command;
    }

    /** As a page, if there is one and a page is wanted. */
    void writePage(PageOption page, @Nullable Violation violation) throws Exception {
        if (!page.isAsked()) {
            return;
        }
        if (violation == null) {
            console.err().println("allocman: no rule is broken, so there is no history to make a page of");
            return;
        }
        RunRecorder recorder = new HistoryRecording(system, options).take(steps(violation));
        if (recorder == null) {
            console.err().println("allocman: " + system.text() + " has no memory to make a page of");
        } else {
            page.write(
                    console,
                    "The shortest history that breaks a rule of " + system.text() + " on "
                            + options.board().name(),
                    recorder);
        }
    }
}
