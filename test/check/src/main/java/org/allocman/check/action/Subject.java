package org.allocman.check.action;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A machine to be examined: its memory, in which all its state lies, what can be done to it, and what must hold. */
public interface Subject {
    /**
     * The memory.
     *
     * @return all of the machine's memory
     */
    PhysicalMemory memory();

    /**
     * What can be done.
     *
     * @return the actions, in an order that stays
     */
    List<Action> actions();

    /**
     * Whether every rule holds now. It may change the memory if it goes back again.
     *
     * @return false if {@link #broken} has something to say
     */
    default boolean isSound() {
        return broken().isEmpty();
    }

    /**
     * The rules that are broken now.
     *
     * @return sentences with the rule's name in front
     */
    List<String> broken();

    /**
     * The rules by name, so that an exploration can tell which of them never had anything to look at.
     *
     * @return at most 60 rules, those about answers too; empty if nobody tells
     */
    default List<SubjectRule> rules() {
        return List.of();
    }

    /**
     * The state as people see it. What is different between two of these lists is what has changed.
     *
     * @return short lines, no two alike
     */
    List<String> facts();

    /**
     * Whether an action that is refused may leave no trace in memory.
     *
     * @return true if the memory must be as before
     */
    default boolean isRefusalClean() {
        return true;
    }

    /**
     * Whether something must always be possible: a state in which no action is enabled breaks a rule then.
     *
     * @return false if the machine may stop
     */
    default boolean mustGoOn() {
        return false;
    }

    /**
     * Where the machine must be able to come back to from everywhere: everything is free and whole. It is asked of states that break no rule.
     *
     * @return whether the present state is such a one; null if nothing of the kind is to be checked
     */
    default @Nullable BooleanSupplier reset() {
        return null;
    }

    /**
     * What makes states the same that differ by a symmetry only.
     *
     * @return the folding, or null if states are the same if their memory is
     */
    default @Nullable StateReduction reduction() {
        return null;
    }

    /**
     * What refuses invocations when an exploration wants it.
     *
     * @return the kernel that the machine's user invokes, or null if nothing can be made to fail
     */
    default @Nullable PlannedFaults faults() {
        return null;
    }

    /**
     * A word of memory that nobody else uses, in which faults are counted.
     *
     * @return its physical address; negative if there are no faults
     */
    default @PhysAddr long faultCount() {
        return -1;
    }

    /**
     * The machine that is examined.
     *
     * @return a board that has booted, or null if there is less than that
     */
    default @Nullable Machine machine() {
        return null;
    }

    /** A name for all states that are the same but for a symmetry of actions and rules. */
    interface StateReduction {
        /** Computes the present state's name, which {@link #high} and {@link #low} answer; cheap if nothing has changed. */
        void compute();

        /**
         * Half of the name.
         *
         * @return 64 bits
         */
        long high();

        /**
         * The other half of the name.
         *
         * @return 64 bits
         */
        long low();
    }
}
