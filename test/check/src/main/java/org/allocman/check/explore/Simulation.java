package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.allocman.check.explore.Exploration.ActionCount;
import org.allocman.check.explore.Exploration.RuleUse;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Long random walks through a transition system, with every rule checked after every step: for systems that have too many states to
 * see all, and bugs that are many steps away. A walk that breaks a rule is made short: no step of it can be left out.
 */
public final class Simulation {
    // of so many steps about one has a refused invocation, if there may be any
    private static final int STEPS_A_FAULT = 8;
    private static final int LOOK_AT_LISTENER = 0xff;

    private final TransitionSystem system;
    private final ActionTable table;
    private final RuleTable rules;
    private final StateStore seen;
    private final ExplorationListener listener;
    private final int start;

    private long steps;
    private boolean isSeenFull;
    private boolean isInterrupted;
    private int walked;

    private Simulation(TransitionSystem system, StateStore seen, ExplorationListener listener) {
        this.system = system;
        this.table = new ActionTable(system);
        this.rules = new RuleTable(system);
        this.seen = seen;
        this.listener = listener;
        this.start = system.checkpoint();
    }

    /**
     * What came of the walks.
     *
     * @param walks how many were begun
     * @param steps how many actions were taken
     * @param distinct how many different states were seen, at least: no more are counted than memory has room for
     * @param isInterrupted whether it was interrupted before all walks were made
     * @param actions what became of each kind of actions
     * @param rules which rules there are, if the system tells, and whether they had anything to look at
     * @param failedSteps how long the walk was that broke a rule; 0 if none did
     * @param violation what it broke, and the short history; null if no rule is broken
     */
    public record Result(
            long walks,
            long steps,
            long distinct,
            boolean isInterrupted,
            List<ActionCount> actions,
            List<RuleUse> rules,
            int failedSteps,
            @Nullable Violation violation) {
        /**
         * Keeps the lists as they are now.
         *
         * @param walks how many were begun
         * @param steps how many actions were taken
         * @param distinct how many different states were seen, at least
         * @param isInterrupted whether it was interrupted before all walks were made
         * @param actions what became of each kind of actions
         * @param rules which rules there are
         * @param failedSteps how long the walk was that broke a rule; 0 if none did
         * @param violation what it broke, and the short history; null if no rule is broken
         */
        public Result {
            actions = List.copyOf(actions);
            rules = List.copyOf(rules);
        }
    }

    /**
     * Walks. At the end the system is where it was at the start.
     *
     * @param system what to walk through, in its first state
     * @param walks how many walks, 0 or more
     * @param length how many steps each has, 0 or more; fewer if nothing is enabled any more
     * @param seed the walks of a seed are always the same
     * @param limits whose memory and time hold; time ends it as an interruption does
     * @param listener is told of progress: steps, states, the number of the walk
     * @return what came of it
     */
    public static Result run(
            TransitionSystem system, long walks, int length, long seed, Limits limits, ExplorationListener listener) {
        try (StateStore seen = new StateStore(system.isExact(), limits.memory())) {
            long deadline = System.nanoTime() + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
            return new Simulation(system, seen, listener).walk(walks, length, seed, deadline);
        }
    }

    private Result walk(long walks, int length, long seed, long deadline) {
        see();
        Violation violation = system.isSound() ? null : new Violation(system.broken(), List.of());
        SplittableRandom seeds = new SplittableRandom(seed);
        int[] actions = new int[length];
        long walk = 0;
        int failed = 0;
        for (; walk < walks && violation == null && !isInterrupted; walk++) {
            SplittableRandom random = seeds.split();
            List<String> broken = walkOnce(random, actions, deadline);
            if (!broken.isEmpty()) {
                failed = walked;
                violation = shortened(actions, walked, broken.get(0));
            }
            system.rewind(start);
        }
        return new Result(
                walk,
                steps,
                seen.log().size(),
                isInterrupted,
                table.counts(),
                rules.uses(table.counts()),
                failed,
                violation);
    }

    /** What is broken after some steps of a walk, which are in {@code actions} then; nothing if all went well. */
    private List<String> walkOnce(SplittableRandom random, int[] actions, long deadline) {
        walked = 0;
        while (walked < actions.length && !isInterrupted) {
            int action = choose(random);
            if (action < 0) {
                return system.mustGoOn() ? List.of(Violation.STUCK) : List.of();
            }
            long high = system.high();
            long low = system.low();
            actions[walked++] = action;
            table.beginState();
            boolean good = system.take(action);
            table.count(action, system.high() != high || system.low() != low);
            see();
            rules.look(steps);
            if ((++steps & LOOK_AT_LISTENER) == 0) {
                listener.at(steps, seen.log().size(), walked, 0);
                isInterrupted = listener.isInterrupted() || System.nanoTime() - deadline > 0;
            }
            if (!good || !system.isSound()) {
                return system.broken();
            }
        }
        return List.of();
    }

    private void see() {
        isSeenFull = isSeenFull || seen.add(system.high(), system.low(), 0, 0) == StateStore.FULL;
    }

    /** An action that is enabled, each as likely as the others; sometimes one of its kind in which invocations are refused. */
    private int choose(SplittableRandom random) {
        List<Integer> enabled = new ArrayList<>();
        for (int action = system.first(); action >= 0; action = system.next(action)) {
            if (enabled.isEmpty() || !isVariant(action, enabled.get(enabled.size() - 1))) {
                enabled.add(action);
            }
        }
        if (enabled.isEmpty()) {
            return TransitionSystem.NONE;
        }
        int action = enabled.get(random.nextInt(enabled.size()));
        return random.nextInt(STEPS_A_FAULT) == 0 ? variant(random, action) : action;
    }

    private boolean isVariant(int action, int of) {
        return system.kinds() > 0 && system.kind(action) == system.kind(of);
    }

    /** The variants follow an action once it was taken and undone. */
    private int variant(SplittableRandom random, int action) {
        int here = system.checkpoint();
        system.take(action);
        system.rewind(here);
        List<Integer> variants = new ArrayList<>(List.of(action));
        for (int next = system.next(action); next >= 0 && isVariant(next, action); next = system.next(next)) {
            variants.add(next);
        }
        return variants.get(random.nextInt(variants.size()));
    }

    /** What is left of a walk if no step can be left out. */
    private Violation shortened(int[] actions, int count, String broken) {
        List<Integer> walk = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            walk.add(actions[i]);
        }
        List<Integer> kept = HistoryShrinker.shrink(system, start, walk, broken);
        List<Step> history = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            int here = system.checkpoint();
            boolean good = system.take(kept.get(i));
            if (i == kept.size() - 1 && (!good || !system.isSound())) {
                rules.addAll(system.broken());
            }
            system.rewind(here);
            history.add(system.tell(kept.get(i)));
        }
        return new Violation(rules.isEmpty() ? List.of(Violation.STUCK) : rules, history);
    }
}
