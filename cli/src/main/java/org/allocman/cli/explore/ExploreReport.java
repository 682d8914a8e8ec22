package org.allocman.cli.explore;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ResetCheck;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What an exploration found, as {@code --json} prints it.
 *
 * @param system the kind of system
 * @param board the board's name
 * @param manager the untyped manager, if there is one
 * @param cspace the CSpace that it works in
 * @param size how many slots, objects, pages or blocks
 * @param faults how many invocations could be refused in a history
 * @param symmetry whether states were one that differ by a symmetry
 * @param generated how many actions were taken
 * @param distinct how many different states were seen
 * @param depth greatest number of actions to a state
 * @param completeDepth every state that so many actions lead to was seen, and breaks no rule
 * @param queue how many states were seen whose actions were not all taken
 * @param complete whether every reachable state was seen
 * @param endedBy why it ended
 * @param seconds how long it took
 * @param statesPerSecond generated states a second
 * @param bytesPerState memory and disk for each distinct state
 * @param bytesOnDisk how much of it is on disk
 * @param collisionOdds chance that two states were taken for one
 * @param stuck how many states have no action that is enabled
 * @param actions what became of each kind of actions
 * @param rules which rules there are, and whether they ever had anything to look at
 * @param reset whether everything can be given back from everywhere, if that was asked and all states were seen
 * @param violation the rules that are broken and the shortest history, or null
 */
record ExploreReport(
        String system,
        String board,
        @Nullable String manager,
        @Nullable String cspace,
        int size,
        int faults,
        boolean symmetry,
        long generated,
        long distinct,
        int depth,
        int completeDepth,
        long queue,
        boolean complete,
        String endedBy,
        double seconds,
        long statesPerSecond,
        double bytesPerState,
        long bytesOnDisk,
        double collisionOdds,
        long stuck,
        List<Exploration.ActionCount> actions,
        List<Exploration.RuleUse> rules,
        @Nullable Reset reset,
        @Nullable Broken violation) {
    private static final double NANOS = 1e9;
    private static final double HUNDRED = 100;

    /** The rules that are broken and how to break them. */
    record Broken(List<String> rules, List<Row> history) {}

    /** Whether everything can be given back from everywhere. */
    record Reset(
            boolean complete,
            String endedBy,
            long actions,
            long goals,
            int farthest,
            long withoutWay,
            long withoutFairWay) {
        static @Nullable Reset of(ResetCheck.@Nullable Result back) {
            return back == null
                    ? null
                    : new Reset(
                            back.end() == Exploration.End.COMPLETE,
                            back.end().text(),
                            back.edges(),
                            back.goals(),
                            back.farthest(),
                            back.withoutWay(),
                            back.withoutFairWay());
        }
    }

    /** A step of a history. */
    record Row(int step, String action, String answer, List<String> changes) {}

    /** Whether everything was seen that was asked for. */
    boolean isWhole() {
        return complete || endedBy.equals(Exploration.End.DEPTH.text());
    }

    static ExploreReport of(
            Exploration found, ResetCheck.@Nullable Result back, SystemType system, SystemOptions options) {
        Violation violation = found.violation() == null && back != null ? back.violation() : found.violation();
        return new ExploreReport(
                system.text(),
                options.board().name(),
                system.hasManager() ? options.manager().name() : null,
                system.hasManager() ? options.cspace().text() : null,
                options.size(),
                options.faults(),
                options.symmetry(),
                found.generated(),
                found.distinct(),
                found.depth(),
                found.completeDepth(),
                found.queue(),
                found.end() == Exploration.End.COMPLETE,
                found.end().text(),
                rounded(found.nanos() / NANOS),
                found.statesPerSecond(),
                rounded(found.bytesPerState()),
                found.bytesOnDisk(),
                found.collisionOdds(),
                found.stuck(),
                found.actions(),
                found.rules(),
                Reset.of(back),
                broken(violation));
    }

    private static double rounded(double number) {
        return Math.round(number * HUNDRED) / HUNDRED;
    }

    static @Nullable Broken broken(@Nullable Violation violation) {
        if (violation == null) {
            return null;
        }
        List<Row> rows = new ArrayList<>();
        for (Step step : violation.history()) {
            rows.add(new Row(
                    rows.size() + 1,
                    step.action(),
                    step.answer(),
                    step.change().lines().toList()));
        }
        return new Broken(violation.rules(), rows);
    }
}
