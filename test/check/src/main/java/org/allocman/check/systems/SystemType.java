package org.allocman.check.systems;

import java.util.function.UnaryOperator;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A system that can be explored, by its name: one of {@link SystemKind}, or {@linkplain OwnSystem one of a user's}. */
public interface SystemType {
    /**
     * The name to type.
     *
     * @return for instance {@code kernel}
     */
    String text();

    /**
     * What {@link SystemOptions#size} counts.
     *
     * @return for instance {@code slots}; empty if there is no size
     */
    String what();

    /**
     * The least size.
     *
     * @return 0 if there is no size
     */
    int least();

    /**
     * The usual size.
     *
     * @return a size that is explored in seconds; 0 if there is no size
     */
    int usual();

    /**
     * The greatest size.
     *
     * @return 0 if there is no size
     */
    int most();

    /**
     * The usual depth.
     *
     * @return the greatest number of actions if nobody says another
     */
    int depth();

    /**
     * Whether invocations can be refused.
     *
     * @return false if there are no faults for certain
     */
    boolean canFail();

    /**
     * Whether it has a resource manager, of which there are several, in a CSpace that can be chosen.
     *
     * @return false if it has none
     */
    boolean hasManager();

    /**
     * In what states may differ that are taken for one.
     *
     * @return for instance {@code their slots}; null if there is no such symmetry that can be switched off
     */
    @Nullable
    String symmetry();

    /**
     * Whether states that differ by a symmetry can be one.
     *
     * @return false if there is no such symmetry
     */
    default boolean hasSymmetry() {
        return symmetry() != null;
    }

    /**
     * The board that it is explored on if nobody names one.
     *
     * @return the name of a built-in board on which there is room for it, whichever the architecture
     */
    default String board() {
        return "tiny";
    }

    /**
     * Whether it has rules.
     *
     * @return false if there is nothing that could be broken
     */
    default boolean hasRules() {
        return true;
    }

    /**
     * A machine of this type that is looked at.
     *
     * @param options what it is to be like
     * @param wrapper wraps the kernel, if we make it
     * @param before what is to stand before all that, where refusals are seen, too
     * @return the machine, or null if the system is a model without memory
     * @throws BootFailure if the board is too small for it
     */
    @Nullable
    Subject subject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before)
            throws BootFailure;

    /**
     * A transition system of this type.
     *
     * @param options what it is to be like
     * @return the system in its first state
     * @throws BootFailure if the board is too small for it
     */
    TransitionSystem system(SystemOptions options) throws BootFailure;
}
