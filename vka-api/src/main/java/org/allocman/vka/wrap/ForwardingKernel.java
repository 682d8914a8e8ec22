package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.ThreadSpaces;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel that forwards each invocation to another one: to be extended by what sees, counts or refuses invocations. {@link
 * #refuse} and {@link #answered} are called for each, so most extensions override one of these and no invocation.
 */
public abstract class ForwardingKernel implements Kernel {
    private final Kernel kernel;
    private final KernelInterrupts interrupts;
    private final KernelScheduling scheduling;
    private final KernelPorts ports;
    private final KernelDomains domains;
    private final KernelVcpus vcpus;
    private final KernelVtx vtx;

    /**
     * Wraps a kernel.
     *
     * @param kernel the kernel that carries invocations out
     */
    protected ForwardingKernel(Kernel kernel) {
        this.kernel = kernel;
        InvocationHooks hooks = new Hooks();
        this.interrupts = new ForwardingInterrupts(kernel.interrupts(), hooks);
        this.scheduling = new ForwardingScheduling(kernel.scheduling(), hooks);
        this.ports = new ForwardingPorts(kernel.ports(), hooks);
        this.domains = new ForwardingDomains(kernel.domains(), hooks);
        this.vcpus = new ForwardingVcpus(kernel.vcpus(), hooks);
        this.vtx = new ForwardingVtx(kernel.vtx(), hooks);
    }

    /**
     * Decides, before each invocation, whether it is carried out.
     *
     * @param invocation which
     * @return null to have it carried out, or the error to answer instead
     */
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        return null;
    }

    /**
     * Sees the answer of each invocation, the refused ones included.
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
    public KernelError unsupported(InvocationKind invocation) {
        return kernel.unsupported(invocation);
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
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        KernelError refused = refuse(InvocationKind.COPY);
        return answered(InvocationKind.COPY, refused != null ? refused : kernel.copy(to, from, rights));
    }

    @Override
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        KernelError refused = refuse(InvocationKind.MINT);
        return answered(InvocationKind.MINT, refused != null ? refused : kernel.mint(to, from, rights, badge));
    }

    @Override
    public KernelError move(CapPath to, CapPath from) {
        KernelError refused = refuse(InvocationKind.MOVE);
        return answered(InvocationKind.MOVE, refused != null ? refused : kernel.move(to, from));
    }

    @Override
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        KernelError refused = refuse(InvocationKind.MUTATE);
        return answered(InvocationKind.MUTATE, refused != null ? refused : kernel.mutate(to, from, badge));
    }

    @Override
    public KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        KernelError refused = refuse(InvocationKind.ROTATE);
        return answered(
                InvocationKind.ROTATE, refused != null ? refused : kernel.rotate(to, toBadge, pivot, pivotBadge, from));
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
    public KernelError cancelBadgedSends(CapPath at) {
        KernelError refused = refuse(InvocationKind.CANCEL_BADGED_SENDS);
        return answered(InvocationKind.CANCEL_BADGED_SENDS, refused != null ? refused : kernel.cancelBadgedSends(at));
    }

    @Override
    public KernelError saveCaller(CapPath at) {
        KernelError refused = refuse(InvocationKind.SAVE_CALLER);
        return answered(InvocationKind.SAVE_CALLER, refused != null ? refused : kernel.saveCaller(at));
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
    public KernelError asidControlMakePool(long control, long untyped, CapPath to) {
        KernelError refused = refuse(InvocationKind.MAKE_ASID_POOL);
        return answered(
                InvocationKind.MAKE_ASID_POOL,
                refused != null ? refused : kernel.asidControlMakePool(control, untyped, to));
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
    public KernelError tcbSetSpace(long tcb, ThreadSpaces spaces) {
        KernelError refused = refuse(InvocationKind.TCB_SET_SPACE);
        return answered(InvocationKind.TCB_SET_SPACE, refused != null ? refused : kernel.tcbSetSpace(tcb, spaces));
    }

    @Override
    public KernelError tcbConfigure(long tcb, ThreadSpaces spaces, long buffer, long bufferFrame) {
        KernelError refused = refuse(InvocationKind.TCB_CONFIGURE);
        return answered(
                InvocationKind.TCB_CONFIGURE,
                refused != null ? refused : kernel.tcbConfigure(tcb, spaces, buffer, bufferFrame));
    }

    @Override
    public KernelInterrupts interrupts() {
        return interrupts;
    }

    @Override
    public KernelScheduling scheduling() {
        return scheduling;
    }

    @Override
    public KernelVcpus vcpus() {
        return vcpus;
    }

    @Override
    public KernelVtx vtx() {
        return vtx;
    }

    @Override
    public KernelPorts ports() {
        return ports;
    }

    @Override
    public KernelDomains domains() {
        return domains;
    }

    /** What extensions override, as the parts see it. */
    private final class Hooks implements InvocationHooks {
        @Override
        public @Nullable KernelError refuse(InvocationKind invocation) {
            return ForwardingKernel.this.refuse(invocation);
        }

        @Override
        public KernelError answered(InvocationKind invocation, KernelError error) {
            return ForwardingKernel.this.answered(invocation, error);
        }
    }
}
