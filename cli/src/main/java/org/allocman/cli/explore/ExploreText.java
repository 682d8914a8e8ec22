package org.allocman.cli.explore;

import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.SystemType;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What an exploration found, as text. */
final class ExploreText {
    private final Console console;
    private final SystemType system;

    ExploreText(Console console, SystemType system) {
        this.console = console;
        this.system = system;
    }

    void print(
            ExploreReport report,
            @Nullable Violation violation,
            @Nullable String again,
            boolean isQuiet,
            boolean hasActions) {
        if (isQuiet) {
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
        ExploreReport.Reset back = report.reset();
        if (back != null) {
            table.row("reset", resetText(report, back));
        }
        table.print(console, "  ");
        ActionTableText.print(console, report.stuck(), report.actions(), report.symmetry(), hasActions);
        RulesText.print(console, report.rules());
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
        if (violation != null && system.hasRules()) {
            console.out().println(FoundHistory.again(again));
        }
    }

    private String verdict(ExploreReport report) {
        ExploreReport.Broken broken = report.violation();
        if (broken != null && report.reset() != null) {
            return console.wrong("there is no way back after "
                    + Figures.count(broken.history().size(), "step") + ", to where everything is free and whole");
        }
        if (broken != null) {
            return console.wrong(
                    "a rule is broken after " + Figures.count(broken.history().size(), "step"));
        }
        if (report.complete()) {
            String all = Figures.count(report.distinct(), "state") + ", which are all there are";
            String back = report.reset() == null
                    ? ""
                    : report.reset().complete()
                            ? "; from each of them giving back leads to where everything is free and whole"
                            : "; whether a way leads back is not known";
            String verdict = (system.hasRules() ? "no rule is broken in " + all : all + "; " + noRules()) + back;
            return report.reset() == null || report.reset().complete()
                    ? console.right(verdict)
                    : console.wrong(verdict);
        }
        String whole = system.hasRules()
                ? "no rule is broken in any state up to depth " + report.completeDepth()
                : "up to depth " + report.completeDepth() + " all states were seen; " + noRules();
        return report.isWhole()
                ? console.right(whole + ", " + Figures.count(report.distinct(), "state"))
                : console.wrong(whole + ", the last whole level; of depth " + (report.completeDepth() + 1)
                        + " not all were seen, for " + report.endedBy() + " ended it with "
                        + Figures.count(report.distinct(), "state") + ", " + Figures.count(report.queue())
                        + " of them not expanded");
    }

    private static String resetText(ExploreReport report, ExploreReport.Reset back) {
        String goals = Figures.count(back.goals(), "state") + " with everything free and whole";
        if (back.complete()) {
            return "from every state to one of " + goals + " in " + Figures.count(back.farthest(), "action")
                    + " at most; giving back alone leads there";
        }
        return back.withoutFairWay() > 0
                ? "to " + goals + " no path leads from " + Figures.count(back.withoutWay()) + " of "
                        + Figures.count(report.distinct(), "state") + "; giving back alone does not lead there from "
                        + Figures.count(back.withoutFairWay())
                : "not known, for " + back.endedBy() + " ended it";
    }

    private String noRules() {
        return system.text() + " has no rule that could be broken";
    }
}
