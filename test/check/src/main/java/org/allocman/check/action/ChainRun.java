package org.allocman.check.action;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.explore.HistoryShrinker;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A subject that takes one action after the other, with every rule checked after each, until one is broken. */
public final class ChainRun {
    private final SubjectSystem system;
    private final int start;
    private final List<Step> history = new ArrayList<>();
    private final List<Integer> actions = new ArrayList<>();
    private @Nullable Violation violation;

    /**
     * A run that has not begun.
     *
     * @param subject what to examine, in its first state
     * @param mostFaults how many invocations may be refused
     * @throws IllegalArgumentException if there are to be faults and the subject has none
     */
    public ChainRun(Subject subject, int mostFaults) {
        this.system = new SubjectSystem(subject, mostFaults);
        this.start = system.checkpoint();
    }

    /**
     * Goes back to the first state.
     *
     * @return this run, as if it had not begun
     */
    public ChainRun restart() {
        system.rewind(start);
        history.clear();
        actions.clear();
        violation = null;
        return this;
    }

    /**
     * Whether an action is enabled now.
     *
     * @param action its number
     * @return false if it is to be passed over, or if a rule is broken already
     */
    public boolean isEnabled(int action) {
        return violation == null && system.isEnabled(action);
    }

    /**
     * Takes an action and checks every rule.
     *
     * @param action a number that {@link #isEnabled}
     * @return what is broken now, or null
     */
    public @Nullable Violation take(int action) {
        int before = system.checkpoint();
        boolean good = system.take(action);
        List<String> broken = good && system.isSound() ? List.of() : system.broken();
        system.rewind(before);
        actions.add(action);
        history.add(system.tell(action));
        if (!broken.isEmpty()) {
            violation = new Violation(broken, history);
        }
        return violation;
    }

    /**
     * Takes the steps of a chain on a subject, with every rule checked after each, until one is broken.
     *
     * @param subject what to examine, in its first state
     * @param chain the steps
     * @return the run, whose {@link #violation} says what is broken
     * @throws Chain.FormatException if a step is no action of the subject, or not possible where it stands
     * @throws IllegalArgumentException if there are to be faults and the subject has none
     */
    public static ChainRun replay(Subject subject, Chain chain) throws Chain.FormatException {
        ChainRun run = new ChainRun(subject, chain.faults());
        List<String> steps = chain.steps();
        for (int i = 0; i < steps.size() && run.violation == null; i++) {
            int action = run.number(steps.get(i));
            if (action < 0) {
                throw new Chain.FormatException(0, "step " + (i + 1) + ": there is no action '" + steps.get(i) + "'");
            }
            if (!run.isEnabled(action)) {
                throw new Chain.FormatException(
                        0, "step " + (i + 1) + ": '" + steps.get(i) + "' is not possible there");
            }
            run.take(action);
        }
        return run;
    }

    /**
     * What is broken.
     *
     * @return the rules and the history, or null if nothing is
     */
    public @Nullable Violation violation() {
        return violation;
    }

    /**
     * Makes the history that broke a rule shorter, by dropping steps and taking the others again, until the rule holds whichever of
     * them is dropped, or each two of them if there are few. The run is at the end of the shorter history then. Of a history
     * of more than some hundred steps that shrinks badly, steps that could be dropped may be left.
     *
     * @return the shorter history, and the rule that it breaks
     * @throws IllegalStateException if no rule is broken
     */
    public Violation shrink() {
        Violation found = violation;
        if (found == null) {
            throw new IllegalStateException("no rule is broken");
        }
        List<Integer> shorter = HistoryShrinker.shrink(
                system, start, List.copyOf(actions), found.rules().get(0));
        restart();
        shorter.forEach(this::take);
        Violation shortest = violation;
        if (shortest == null) {
            throw new IllegalStateException("the same actions led to another state: not deterministic");
        }
        return shortest;
    }

    /**
     * The number of an action that has a name.
     *
     * @param name the name, with the faults if there are any
     * @return its number, or {@link org.allocman.check.explore.TransitionSystem#NONE}
     */
    public int number(String name) {
        return system.number(name);
    }

    /**
     * What was done so far.
     *
     * @return the steps from the first state
     */
    public List<Step> history() {
        return List.copyOf(history);
    }
}
