package org.allocman.wire;

import io.vavr.control.Either;
import java.util.function.Function;
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

/**
 * A kernel that makes a line of each invocation, and leaves it to an extension what becomes of the line: {@link RemoteKernel}
 * sends it, {@link TracedKernel} writes it down.
 */
public abstract class LineKernel implements Kernel {
    private final Architecture architecture;
    private final KernelInterrupts interrupts;
    private final KernelScheduling scheduling;
    private final KernelPorts ports;
    private final KernelDomains domains;
    private final KernelVcpus vcpus;
    private final KernelVtx vtx;

    @SuppressWarnings("methodref.receiver.bound") // nothing is invoked before the kernel is made
    LineKernel(Architecture architecture) {
        this.architecture = architecture;
        this.interrupts = new LineInterrupts(this::invoke);
        this.scheduling = new LineScheduling(this::invoke, this::ask);
        this.ports = new LinePorts(this::invoke, this::ask);
        this.domains = new LineDomains(this::invoke);
        this.vcpus = new LineVcpus(this::invoke, this::ask);
        this.vtx = new LineVtx(this::invoke, this::ask);
    }

    /**
     * Has an invocation carried out.
     *
     * @param invocation which
     * @param line the invocation with its arguments
     * @param call the same invocation of any kernel
     * @return the kernel's answer
     */
    abstract KernelError invoke(InvocationKind invocation, String line, Function<Kernel, KernelError> call);

    /**
     * Has an invocation carried out that returns a number.
     *
     * @param invocation which
     * @param line the invocation with its arguments
     * @param call the same invocation of any kernel
     * @return the number, or the kernel's error
     */
    abstract Either<KernelError, Long> ask(
            InvocationKind invocation, String line, Function<Kernel, Either<KernelError, Long>> call);

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
        return invoke(
                InvocationKind.RETYPE,
                InvocationLines.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count),
                kernel -> kernel.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count));
    }

    @Override
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        return invoke(
                InvocationKind.COPY, InvocationLines.copy(to, from, rights), kernel -> kernel.copy(to, from, rights));
    }

    @Override
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        return invoke(
                InvocationKind.MINT,
                InvocationLines.mint(to, from, rights, badge),
                kernel -> kernel.mint(to, from, rights, badge));
    }

    @Override
    public KernelError move(CapPath to, CapPath from) {
        return invoke(InvocationKind.MOVE, InvocationLines.move(to, from), kernel -> kernel.move(to, from));
    }

    @Override
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        return invoke(
                InvocationKind.MUTATE,
                InvocationLines.mutate(to, from, badge),
                kernel -> kernel.mutate(to, from, badge));
    }

    @Override
    public KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        return invoke(
                InvocationKind.ROTATE,
                InvocationLines.rotate(to, toBadge, pivot, pivotBadge, from),
                kernel -> kernel.rotate(to, toBadge, pivot, pivotBadge, from));
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        return invoke(
                InvocationKind.DELETE,
                InvocationLines.onSlot("delete", new CapPath(root, index, depth)),
                kernel -> kernel.delete(root, index, depth));
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        return invoke(
                InvocationKind.REVOKE,
                InvocationLines.onSlot("revoke", new CapPath(root, index, depth)),
                kernel -> kernel.revoke(root, index, depth));
    }

    @Override
    public KernelError cancelBadgedSends(CapPath at) {
        return invoke(
                InvocationKind.CANCEL_BADGED_SENDS,
                InvocationLines.onSlot("cancel-badged-sends", at),
                kernel -> kernel.cancelBadgedSends(at));
    }

    @Override
    public KernelError saveCaller(CapPath at) {
        return invoke(
                InvocationKind.SAVE_CALLER, InvocationLines.onSlot("save-caller", at), kernel -> kernel.saveCaller(at));
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        return invoke(
                InvocationKind.PAGE_MAP,
                InvocationLines.pageMap(frame, vspace, vaddr, rights, attributes),
                kernel -> kernel.pageMap(frame, vspace, vaddr, rights, attributes));
    }

    @Override
    public KernelError pageUnmap(long frame) {
        return invoke(
                InvocationKind.PAGE_UNMAP, InvocationLines.on("unmap-page", frame), kernel -> kernel.pageUnmap(frame));
    }

    @Override
    public Either<KernelError, Long> pageGetAddress(long frame) {
        return ask(
                InvocationKind.PAGE_GET_ADDRESS,
                InvocationLines.on("address", frame),
                kernel -> kernel.pageGetAddress(frame));
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        return invoke(
                InvocationKind.TABLE_MAP,
                InvocationLines.tableMap(table, vspace, vaddr, attributes),
                kernel -> kernel.tableMap(table, vspace, vaddr, attributes));
    }

    @Override
    public KernelError tableUnmap(long table) {
        return invoke(
                InvocationKind.TABLE_UNMAP,
                InvocationLines.on("unmap-table", table),
                kernel -> kernel.tableUnmap(table));
    }

    @Override
    public KernelError asidPoolAssign(long pool, long vspace) {
        return invoke(
                InvocationKind.ASID_POOL_ASSIGN,
                InvocationLines.asidPoolAssign(pool, vspace),
                kernel -> kernel.asidPoolAssign(pool, vspace));
    }

    @Override
    public KernelError asidControlMakePool(long control, long untyped, CapPath to) {
        return invoke(
                InvocationKind.MAKE_ASID_POOL,
                InvocationLines.makePool(control, untyped, to),
                kernel -> kernel.asidControlMakePool(control, untyped, to));
    }

    @Override
    public KernelError pageCache(CacheOperation operation, long frame, long start, long end) {
        return invoke(
                InvocationKind.PAGE_CACHE,
                InvocationLines.cache("cache-page", operation, frame, start, end),
                kernel -> kernel.pageCache(operation, frame, start, end));
    }

    @Override
    public KernelError vspaceCache(CacheOperation operation, long vspace, long start, long end) {
        return invoke(
                InvocationKind.VSPACE_CACHE,
                InvocationLines.cache("cache-space", operation, vspace, start, end),
                kernel -> kernel.vspaceCache(operation, vspace, start, end));
    }

    @Override
    public KernelError tcbSetSpace(long tcb, ThreadSpaces spaces) {
        return invoke(
                InvocationKind.TCB_SET_SPACE,
                InvocationLines.setSpace(tcb, spaces),
                kernel -> kernel.tcbSetSpace(tcb, spaces));
    }

    @Override
    public KernelError tcbConfigure(long tcb, ThreadSpaces spaces, long buffer, long bufferFrame) {
        return invoke(
                InvocationKind.TCB_CONFIGURE,
                InvocationLines.configure(tcb, spaces, buffer, bufferFrame),
                kernel -> kernel.tcbConfigure(tcb, spaces, buffer, bufferFrame));
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
    public KernelPorts ports() {
        return ports;
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
    public KernelDomains domains() {
        return domains;
    }
}
