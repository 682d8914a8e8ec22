package org.allocman.check.action;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A subject that takes one action after the other, with every rule checked after each, until one is broken. */
public final class ChainRun {
    private final SubjectSystem system;
    private final int start;
    private final List<Step> history = new ArrayList<>();
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
        history.add(system.tell(action));
        if (!broken.isEmpty()) {
            violation = new Violation(broken, history);
        }
        return violation;
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
