package org.allocman.lab.kernel;

import io.vavr.control.Either;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A kernel that lets somebody see, count or refuse each invocation before another kernel carries it out. */
public abstract class ObservedKernel implements Kernel {
    private final Kernel kernel;

    /**
     * Stands before a kernel.
     *
     * @param kernel who carries invocations out
     */
    protected ObservedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Is asked before each invocation.
     *
     * @param invocation which
     * @return null to have it carried out, or the error to answer instead
     */
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        return null;
    }

    /**
     * Is told of each answer.
     *
     * @param invocation which
     * @param error the answer
     * @return the answer to pass on
     */
    protected KernelError answered(InvocationKind invocation, KernelError error) {
        return error;
    }

    @Override
    public Architecture architecture() {
        return kernel.architecture();
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
        KernelError refused = refuse(InvocationKind.RETYPE);
        return answered(
                InvocationKind.RETYPE,
                refused != null
                        ? refused
                        : kernel.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count));
    }

    @Override
    public KernelError copy(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, CapRights rights) {
        KernelError refused = refuse(InvocationKind.COPY);
        return answered(
                InvocationKind.COPY,
                refused != null
                        ? refused
                        : kernel.copy(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, rights));
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
        KernelError refused = refuse(InvocationKind.MINT);
        return answered(
                InvocationKind.MINT,
                refused != null
                        ? refused
                        : kernel.mint(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, rights, badge));
    }

    @Override
    public KernelError move(long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth) {
        KernelError refused = refuse(InvocationKind.MOVE);
        return answered(
                InvocationKind.MOVE,
                refused != null ? refused : kernel.move(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth));
    }

    @Override
    public KernelError mutate(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, long badge) {
        KernelError refused = refuse(InvocationKind.MUTATE);
        return answered(
                InvocationKind.MUTATE,
                refused != null
                        ? refused
                        : kernel.mutate(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, badge));
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
        KernelError refused = refuse(InvocationKind.ROTATE);
        return answered(
                InvocationKind.ROTATE,
                refused != null
                        ? refused
                        : kernel.rotate(
                                destRoot,
                                destIndex,
                                destDepth,
                                destBadge,
                                pivotRoot,
                                pivotIndex,
                                pivotDepth,
                                pivotBadge,
                                srcRoot,
                                srcIndex,
                                srcDepth));
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        KernelError refused = refuse(InvocationKind.DELETE);
        return answered(InvocationKind.DELETE, refused != null ? refused : kernel.delete(root, index, depth));
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        KernelError refused = refuse(InvocationKind.REVOKE);
        return answered(InvocationKind.REVOKE, refused != null ? refused : kernel.revoke(root, index, depth));
    }

    @Override
    public KernelError cancelBadgedSends(long root, long index, int depth) {
        KernelError refused = refuse(InvocationKind.CANCEL_BADGED_SENDS);
        return answered(
                InvocationKind.CANCEL_BADGED_SENDS,
                refused != null ? refused : kernel.cancelBadgedSends(root, index, depth));
    }

    @Override
    public KernelError saveCaller(long root, long index, int depth) {
        KernelError refused = refuse(InvocationKind.SAVE_CALLER);
        return answered(InvocationKind.SAVE_CALLER, refused != null ? refused : kernel.saveCaller(root, index, depth));
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        KernelError refused = refuse(InvocationKind.PAGE_MAP);
        return answered(
                InvocationKind.PAGE_MAP,
                refused != null ? refused : kernel.pageMap(frame, vspace, vaddr, rights, attributes));
    }

    @Override
    public KernelError pageUnmap(long frame) {
        KernelError refused = refuse(InvocationKind.PAGE_UNMAP);
        return answered(InvocationKind.PAGE_UNMAP, refused != null ? refused : kernel.pageUnmap(frame));
    }

    @Override
    public Either<KernelError, Long> pageGetAddress(long frame) {
        KernelError refused = refuse(InvocationKind.PAGE_GET_ADDRESS);
        Either<KernelError, Long> answer = refused != null ? Either.left(refused) : kernel.pageGetAddress(frame);
        answered(InvocationKind.PAGE_GET_ADDRESS, answer.isLeft() ? answer.getLeft() : KernelError.NO_ERROR);
        return answer;
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        KernelError refused = refuse(InvocationKind.TABLE_MAP);
        return answered(
                InvocationKind.TABLE_MAP,
                refused != null ? refused : kernel.tableMap(table, vspace, vaddr, attributes));
    }

    @Override
    public KernelError tableUnmap(long table) {
        KernelError refused = refuse(InvocationKind.TABLE_UNMAP);
        return answered(InvocationKind.TABLE_UNMAP, refused != null ? refused : kernel.tableUnmap(table));
    }

    @Override
    public KernelError asidPoolAssign(long pool, long vspace) {
        KernelError refused = refuse(InvocationKind.ASID_POOL_ASSIGN);
        return answered(
                InvocationKind.ASID_POOL_ASSIGN, refused != null ? refused : kernel.asidPoolAssign(pool, vspace));
    }

    @Override
    public KernelError asidControlMakePool(long control, long untyped, long root, long index, int depth) {
        KernelError refused = refuse(InvocationKind.MAKE_ASID_POOL);
        return answered(
                InvocationKind.MAKE_ASID_POOL,
                refused != null ? refused : kernel.asidControlMakePool(control, untyped, root, index, depth));
    }

    @Override
    public KernelError pageCache(CacheOperation operation, long frame, long start, long end) {
        KernelError refused = refuse(InvocationKind.PAGE_CACHE);
        return answered(
                InvocationKind.PAGE_CACHE, refused != null ? refused : kernel.pageCache(operation, frame, start, end));
    }

    @Override
    public KernelError vspaceCache(CacheOperation operation, long vspace, long start, long end) {
        KernelError refused = refuse(InvocationKind.VSPACE_CACHE);
        return answered(
                InvocationKind.VSPACE_CACHE,
                refused != null ? refused : kernel.vspaceCache(operation, vspace, start, end));
    }

    @Override
    public KernelError tcbSetSpace(
            long tcb, long faultEndpoint, long cspaceRoot, long cspaceData, long vspaceRoot, long vspaceData) {
        KernelError refused = refuse(InvocationKind.TCB_SET_SPACE);
        return answered(
                InvocationKind.TCB_SET_SPACE,
                refused != null
                        ? refused
                        : kernel.tcbSetSpace(tcb, faultEndpoint, cspaceRoot, cspaceData, vspaceRoot, vspaceData));
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
        KernelError refused = refuse(InvocationKind.TCB_CONFIGURE);
        return answered(
                InvocationKind.TCB_CONFIGURE,
                refused != null
                        ? refused
                        : kernel.tcbConfigure(
                                tcb,
                                faultEndpoint,
                                cspaceRoot,
                                cspaceData,
                                vspaceRoot,
                                vspaceData,
                                buffer,
                                bufferFrame));
    }
}
