package org.allocman.lab.kernel;

import org.allocman.lab.workload.XorShift;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Refuses invocations that could change something: the n-th, some or all that follow, too, or some that a seed decides.
 * All it does depends on what it was told, so that a run can be had again.
 */
public final class FaultyKernel extends ForwardingKernel {
    private static final KernelError FAULT = KernelError.notEnoughMemory(0);

    private static final int ALL = 100;

    private long left = Long.MAX_VALUE;
    private long count;
    private @Nullable XorShift random;
    private int percent;
    private @Nullable InvocationKind refused;

    /**
     * Stands before a kernel; refuses nothing until it is told to.
     *
     * @param kernel who carries invocations out
     */
    public FaultyKernel(Kernel kernel) {
        super(kernel);
    }

    /**
     * Refuses an invocation to come.
     *
     * @param n which, 1 being the next
     * @param andAllAfter whether those after it are refused, too
     */
    public void failAt(long n, boolean andAllAfter) {
        failRun(n, andAllAfter ? Long.MAX_VALUE : 1);
    }

    /**
     * Refuses some invocations to come, one after the other.
     *
     * @param n the first, 1 being the next
     * @param count how many, 1 or more
     */
    public void failRun(long n, long count) {
        heal();
        refused = null;
        left = n;
        this.count = count;
    }

    /**
     * Refuses some of the invocations to come.
     *
     * @param seed decides which; the same ones each time for the same seed and the same invocations
     * @param percent about how many of a hundred, 0 to 100
     * @throws IllegalArgumentException if there are no so many of a hundred
     */
    public void failSome(long seed, int percent) {
        if (percent < 0 || percent > ALL) {
            throw new IllegalArgumentException("0 to 100 of a hundred, not " + percent);
        }
        heal();
        refused = null;
        this.random = new XorShift(seed);
        this.percent = percent;
    }

    /** Refuses nothing from now on. */
    public void heal() {
        left = Long.MAX_VALUE;
        count = 0;
        random = null;
    }

    /**
     * Whether an invocation was refused since it was told to.
     *
     * @return false if there were too few invocations
     */
    public boolean hasFailed() {
        return refused != null;
    }

    /**
     * What was refused last since it was told to.
     *
     * @return the kind of the invocation, or null if there were too few invocations
     */
    public @Nullable InvocationKind refused() {
        return refused;
    }

    @Override
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        left--;
        XorShift some = random;
        boolean isRefused = left <= 0 && left > -count || some != null && some.below(ALL) < percent;
        refused = isRefused ? invocation : refused;
        return isRefused ? FAULT : null;
    }
}
