package org.allocman.testkit.kernel;

import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Refuses the n-th invocation that could change something: that one alone, or it and all that follow. */
public final class FaultyKernel extends ObservedKernel {
    private static final KernelError FAULT = KernelError.notEnoughMemory(0);

    private long left = Long.MAX_VALUE;
    private boolean forEver;

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
        left = n;
        forEver = andAllAfter;
    }

    /** Refuses nothing from now on. */
    public void heal() {
        left = Long.MAX_VALUE;
        forEver = false;
    }

    /**
     * Whether the invocation to be refused has come.
     *
     * @return false if there were fewer invocations than that
     */
    public boolean hasFailed() {
        return left <= 0;
    }

    @Override
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        left--;
        return left == 0 || forEver && left < 0 ? FAULT : null;
    }
}
