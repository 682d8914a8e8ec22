package org.allocman.cli.explore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Simulation;
import org.allocman.check.explore.StateGraph;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.explore.Violation;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.TextTable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** Other ways to look at a system than all of its states: random walks, and a drawing. */
final class SimulateOptions {
    private static final int MOST_DRAWN = 5_000;

    @Option(
            names = "--simulate",
            paramLabel = "N",
            description = "Instead of seeing all states, walk N times at random and check every rule after each step.")
    private @Nullable Long walks;

    @Option(
            names = "--length",
            paramLabel = "L",
            description = "With --simulate: how many steps a walk has. Default: 200.")
    private @Nullable Integer length;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "With --simulate: which walks; the same seed gives the same ones. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--dot",
            paramLabel = "FILE",
            description =
                    "Instead of counting, draw the states and actions for Graphviz, at most 5000 states; a way to a"
                            + " broken rule is red. - is standard output.")
    private @Nullable Path dot;

    private static final int USUAL_LENGTH = 200;

    boolean areWalks() throws BadInputException {
        if (walks == null && (length != null || seed != null)) {
            throw new BadInputException("--length and --seed are for --simulate");
        }
        if (walks != null && walks < 1 || length != null && length < 1) {
            throw new BadInputException("--simulate and --length take numbers of 1 or more");
        }
        if (walks != null && dot != null) {
            throw new BadInputException("--simulate and --dot exclude one another");
        }
        return walks != null;
    }

    boolean isDrawing() {
        return dot != null;
    }

    /** Saves what breaks a rule, if that is wanted, and tells the command that does it again. */
    interface Saving {
        @Nullable
        String save(@Nullable Violation violation) throws Exception;
    }

    /** What is printed. */
    record Output(boolean isJson, boolean isQuiet, boolean hasActions, boolean hasRules) {}

    int walk(
            Console console,
            TransitionSystem system,
            String title,
            Limits limits,
            ExplorationListener listener,
            Output output,
            Saving saving)
            throws Exception {
        long count = walks == null ? 1 : walks;
        int steps = length == null ? USUAL_LENGTH : length;
        long which = seed == null ? 1 : seed;
        Simulation.Result found = Simulation.run(system, count, steps, which, limits, listener);
        Violation violation = found.violation();
        String again = saving.save(violation);
        if (output.isJson) {
            JsonOut.print(console, WalksReport.of(found, which, steps));
        } else {
            print(console, title, found, steps, which, output);
            if (violation != null && !output.isQuiet) {
                console.out().println(FoundHistory.again(again));
            }
        }
        return violation != null ? Exit.FOUND_WRONG : found.isInterrupted() ? Exit.ENDED_EARLY : Exit.GOOD;
    }

    private static void print(
            Console console, String title, Simulation.Result found, int steps, long seed, Output output) {
        Violation violation = found.violation();
        if (!output.isQuiet) {
            console.out().println(console.bold(title + ", random walks of seed " + seed));
            TextTable table = new TextTable("", "");
            table.row("walks", Figures.count(found.walks()) + " of up to " + Figures.count(steps, "step"));
            table.row("taken", Figures.count(found.steps(), "step"));
            table.row("distinct", Figures.count(found.distinct(), "state"));
            table.print(console, "  ");
            ActionTableText.print(console, 0, found.actions(), false, output.hasActions);
            RulesText.print(console, found.rules());
            if (violation != null) {
                console.out().println();
                console.out().println("what is left of the walk if no step can be left out");
                HistoryTable.lines(violation.history())
                        .forEach(line -> console.out().println("  " + line));
            }
            console.out().println();
        }
        if (violation == null) {
            String sentence = (output.hasRules ? "no rule is broken in " : "there is no rule that could be broken in ")
                    + Figures.count(found.walks(), "random walk") + ", " + Figures.count(found.distinct(), "state");
            console.out()
                    .println(
                            found.isInterrupted()
                                    ? console.wrong(sentence + ", when it was ended")
                                    : console.right(sentence));
        } else {
            violation.rules().forEach(rule -> console.out().println("  " + rule));
            console.out()
                    .println(console.wrong("a rule is broken after "
                            + Figures.count(violation.history().size(), "step") + ", of "
                            + Figures.count(found.failedSteps()) + " that were walked"));
        }
    }

    int draw(Console console, TransitionSystem system, int depth) throws BadInputException {
        Path file = dot;
        StateGraph graph = StateGraph.of(system, depth, MOST_DRAWN);
        List<String> lines = graph.lines();
        if (file == null || file.toString().equals("-")) {
            lines.forEach(console.out()::println);
        } else {
            try {
                Files.write(file, lines);
            } catch (IOException unwritable) {
                throw new BadInputException("--dot " + file + ": the file cannot be written");
            }
            console.err()
                    .println("allocman: " + Figures.count(graph.states(), "state") + " in " + file
                            + "; dot -Tsvg makes a picture of them");
        }
        if (graph.isCut()) {
            console.err()
                    .println("allocman: there are more states than " + Figures.count(MOST_DRAWN)
                            + "; the others are left out");
            return Exit.ENDED_EARLY;
        }
        return Exit.GOOD;
    }
}
