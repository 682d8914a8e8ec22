package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * A kernel that says yes to every invocation and does nothing: for whoever has to stand in for one, and overrides what matters.
 * Only where a frame is, it cannot say.
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
    public KernelError revoke(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError tcbSetSpace(
            long tcb, long faultEndpoint, long cspaceRoot, long cspaceData, long vspaceRoot, long vspaceData) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError tcbConfigure(
            long tcb,
            long faultEndpoint,
            long cspaceRoot,
            long cspaceData,
            long vspaceRoot,
            long vspaceData,
            long buffer,
            long bufferFrame) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError copy(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, CapRights rights) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError mint(
            long destRoot,
            long destIndex,
            int destDepth,
            long srcRoot,
            long srcIndex,
            int srcDepth,
            CapRights rights,
            long badge) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError move(long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError mutate(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, long badge) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError rotate(
            long destRoot,
            long destIndex,
            int destDepth,
            long destBadge,
            long pivotRoot,
            long pivotIndex,
            int pivotDepth,
            long pivotBadge,
            long srcRoot,
            long srcIndex,
            int srcDepth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError cancelBadgedSends(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError saveCaller(long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageUnmap(long frame) {
        return KernelError.NO_ERROR;
    }

    @Override
    public Either<KernelError, Long> pageGetAddress(long frame) {
        return Either.left(KernelError.illegalOperation());
    }

    @Override
    public KernelError tableUnmap(long table) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError asidPoolAssign(long pool, long vspace) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError asidControlMakePool(long control, long untyped, long root, long index, int depth) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageCache(CacheOperation operation, long frame, long start, long end) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError vspaceCache(CacheOperation operation, long vspace, long start, long end) {
        return KernelError.NO_ERROR;
    }
}
