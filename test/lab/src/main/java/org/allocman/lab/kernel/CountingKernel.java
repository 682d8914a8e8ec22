package org.allocman.lab.kernel;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Counts invocations by kind, the refused ones included. It makes no object while it counts. */
public final class CountingKernel extends ForwardingKernel {
    private final long[] counts = new long[InvocationKind.values().length];
    private long refused;

    /**
     * Stands before a kernel.
     *
     * @param kernel who carries invocations out
     */
    public CountingKernel(Kernel kernel) {
        super(kernel);
    }

    @Override
    protected KernelError answered(InvocationKind invocation, KernelError error) {
        counts[invocation.ordinal()]++;
        refused += error.failed() ? 1 : 0;
        return error;
    }

    /**
     * How often one kind was made.
     *
     * @param invocation which
     * @return how often, since the beginning
     */
    public long count(InvocationKind invocation) {
        return counts[invocation.ordinal()];
    }

    /**
     * How many there were of all kinds.
     *
     * @return how many, since the beginning
     */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /**
     * How many were refused.
     *
     * @return how many, since the beginning
     */
    public long refused() {
        return refused;
    }
}
