package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.allocman.check.explore.Exploration.ActionCount;
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
     * @param failedSteps how long the walk was that broke a rule; 0 if none did
     * @param violation what it broke, and the short history; null if no rule is broken
     */
    public record Result(
            long walks,
            long steps,
            long distinct,
            boolean isInterrupted,
            List<ActionCount> actions,
            int failedSteps,
            @Nullable Violation violation) {
        /**
         * Keeps the list as it is now.
         *
         * @param walks how many were begun
         * @param steps how many actions were taken
         * @param distinct how many different states were seen, at least
         * @param isInterrupted whether it was interrupted before all walks were made
         * @param actions what became of each kind of actions
         * @param failedSteps how long the walk was that broke a rule; 0 if none did
         * @param violation what it broke, and the short history; null if no rule is broken
         */
        public Result {
            actions = List.copyOf(actions);
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
                violation = shortened(actions, walked);
            }
            system.rewind(start);
        }
        return new Result(walk, steps, seen.log().size(), isInterrupted, table.counts(), failed, violation);
    }

    /** What is broken after some steps of a walk, which are in {@code actions} then; nothing if all went well. */
    private List<String> walkOnce(SplittableRandom random, int[] actions, long deadline) {
        walked = 0;
        while (walked < actions.length && !isInterrupted) {
            int action = choose(random);
            if (action < 0) {
                return system.mustGoOn() ? List.of("goes on: no action is enabled") : List.of();
            }
            long high = system.high();
            long low = system.low();
            actions[walked++] = action;
            table.beginState();
            boolean good = system.take(action);
            table.count(action, system.high() != high || system.low() != low);
            see();
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

    /** Leaves steps out as long as a rule is broken without them; then no single step can be left out. */
    private Violation shortened(int[] actions, int count) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(actions[i]);
        }
        int before;
        do {
            before = kept.size();
            for (int i = kept.size() - 1; i >= 0; i--) {
                List<Integer> fewer = new ArrayList<>(kept);
                fewer.remove(i);
                int broken = breaksAfter(fewer);
                if (broken >= 0) {
                    kept = new ArrayList<>(fewer.subList(0, broken));
                    i = Math.min(i, kept.size());
                }
            }
        } while (kept.size() < before);
        system.rewind(start);
        List<Step> history = new ArrayList<>();
        kept.subList(0, Math.max(0, kept.size() - 1)).forEach(action -> history.add(system.tell(action)));
        List<String> rules = new ArrayList<>();
        if (!kept.isEmpty()) {
            int last = kept.get(kept.size() - 1);
            int here = system.checkpoint();
            boolean good = system.take(last);
            if (!good || !system.isSound()) {
                rules.addAll(system.broken());
            }
            system.rewind(here);
            history.add(system.tell(last));
        }
        return new Violation(rules.isEmpty() ? List.of("goes on: no action is enabled") : rules, history);
    }

    /** After how many of some steps a rule is broken; -1 if none is, or if one of them is not enabled. */
    private int breaksAfter(List<Integer> actions) {
        system.rewind(start);
        for (int i = 0; i < actions.size(); i++) {
            if (!system.isEnabled(actions.get(i))) {
                return -1;
            }
            if (!system.take(actions.get(i)) || !system.isSound()) {
                return i + 1;
            }
        }
        return system.mustGoOn() && system.first() < 0 ? actions.size() : -1;
    }
}
