package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * A no-op kernel: every invocation succeeds, and nothing happens. {@code pageGetAddress} alone is not supported. It is a
 * kernel to measure a manager's own time on, and one to override.
 */
public class NullKernel implements Kernel {
    private final Architecture architecture;

    /**
     * A kernel that does nothing.
     *
     * @param architecture what it says it is
     */
    public NullKernel(Architecture architecture) {
        this.architecture = architecture;
    }

    @Override
    public final Architecture architecture() {
        return architecture;
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
    public KernelError delete(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public Either<KernelError, Long> pageGetAddress(long frame) {
        return Either.left(KernelError.illegalOperation());
    }

    @Override
    public KernelError unsupported(InvocationKind invocation) {
        return KernelError.NO_ERROR;
    }
}
