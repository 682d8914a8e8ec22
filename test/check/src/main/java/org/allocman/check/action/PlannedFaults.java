package org.allocman.check.action;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Counts the invocations of one action, and refuses up to two of them. */
public final class PlannedFaults extends ForwardingKernel {
    private static final KernelError FAULT = KernelError.notEnoughMemory(0);

    private int made;
    private int first;
    private int second;

    /**
     * Stands before a kernel; refuses nothing until it is told to.
     *
     * @param kernel who carries invocations out
     */
    public PlannedFaults(Kernel kernel) {
        super(kernel);
    }

    /**
     * Starts to count anew.
     *
     * @param one the invocation to refuse, 1 being the next; 0 for none
     * @param other another one; 0 for none
     */
    public void plan(int one, int other) {
        made = 0;
        first = one;
        second = other;
    }

    /**
     * How many invocations there were.
     *
     * @return the number since {@link #plan}
     */
    public int made() {
        return made;
    }

    /**
     * Whether an invocation was refused.
     *
     * @return true if one that was planned has come since {@link #plan}
     */
    public boolean hasRefused() {
        return first > 0 && made >= first || second > 0 && made >= second;
    }

    @Override
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        made++;
        return made == first || made == second ? FAULT : null;
    }
}
