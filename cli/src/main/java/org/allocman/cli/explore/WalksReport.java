package org.allocman.cli.explore;

import java.util.List;
import org.allocman.check.explore.Exploration.ActionCount;
import org.allocman.check.explore.Exploration.RuleUse;
import org.allocman.check.explore.Simulation;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What random walks found, as {@code --json} prints it.
 *
 * @param seed which walks
 * @param length how many steps a walk has at most
 * @param walks how many were begun
 * @param steps how many actions were taken
 * @param distinct how many different states were seen, at least
 * @param complete whether all walks were made
 * @param actions what became of each kind of actions
 * @param rules which rules there are, and whether they ever had anything to look at
 * @param failedSteps how long the walk was that broke a rule; 0 if none did
 * @param violation the rules that are broken and the short history, or null
 */
record WalksReport(
        long seed,
        int length,
        long walks,
        long steps,
        long distinct,
        boolean complete,
        List<ActionCount> actions,
        List<RuleUse> rules,
        int failedSteps,
        ExploreReport.@Nullable Broken violation) {
    static WalksReport of(Simulation.Result found, long seed, int length) {
        return new WalksReport(
                seed,
                length,
                found.walks(),
                found.steps(),
                found.distinct(),
                !found.isInterrupted() && found.violation() == null,
                found.actions(),
                found.rules(),
                found.failedSteps(),
                ExploreReport.broken(found.violation()));
    }
}
