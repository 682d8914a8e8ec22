package org.allocman.lab.kernel;

import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * A kernel that says yes to every retype, revoke and delete and does nothing. A manager with a static pool never looks at
 * what the kernel did, so its own time can be taken alone.
 */
public final class IdleKernel extends ObservedKernel {
    /**
     * Stands in for a kernel.
     *
     * @param kernel which carries out everything else
     */
    public IdleKernel(Kernel kernel) {
        super(kernel);
    }

    @Override
    public KernelError retype(
            long untyped,
            int type,
            int sizeBits,
            long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }
}
