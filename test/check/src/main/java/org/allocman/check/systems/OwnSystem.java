package org.allocman.check.systems;

import java.util.function.UnaryOperator;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectDesign;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A system of a user's.
 *
 * @param design makes it
 */
public record OwnSystem(SubjectDesign design) implements SystemType {
    @Override
    public String text() {
        return design.name();
    }

    @Override
    public String what() {
        return design.sizes().what();
    }

    @Override
    public int least() {
        return design.sizes().least();
    }

    @Override
    public int usual() {
        return design.sizes().usual();
    }

    @Override
    public int most() {
        return design.sizes().most();
    }

    @Override
    public int depth() {
        return design.depth();
    }

    /** Nobody knows before there is one. */
    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public boolean hasManager() {
        return false;
    }

    @Override
    public @Nullable String symmetry() {
        return null;
    }

    /** Its kernel is its own: nothing is put before it. */
    @Override
    public Subject subject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before)
            throws BootFailure {
        return design.subject(options.board(), options.size());
    }

    @Override
    public TransitionSystem system(SystemOptions options) throws BootFailure {
        return new SubjectSystem(design.subject(options.board(), options.size()), options.faults());
    }
}
