package org.allocman.view.recording;

import io.vavr.control.Either;
import java.util.LinkedHashMap;
import java.util.Map;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.wrap.ForwardingKernel;

/** Records each invocation with its arguments and its answer. */
final class RecordingKernel extends ForwardingKernel {
    private final RunRecorder recorder;
    private Map<String, Object> arguments = Map.of();

    RecordingKernel(Kernel kernel, RunRecorder recorder) {
        super(kernel);
        this.recorder = recorder;
    }

    @Override
    protected KernelError answered(InvocationKind invocation, KernelError error) {
        recorder.invoked(invocation.text(), arguments, error);
        arguments = Map.of();
        return error;
    }

    private void with(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        arguments = map;
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
        ObjectType made = architecture().type(type);
        with(
                "untyped", untyped,
                "type", made == null ? "type " + type : made.text(),
                "bits", made == null ? sizeBits : architecture().sizeBits(made, sizeBits),
                "offset", nodeOffset,
                "count", count);
        return super.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count);
    }

    @Override
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        with("to", to.index(), "from", from.index());
        return super.copy(to, from, rights);
    }

    @Override
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        with("to", to.index(), "from", from.index(), "badge", Long.toHexString(badge));
        return super.mint(to, from, rights, badge);
    }

    @Override
    public KernelError move(CapPath to, CapPath from) {
        with("to", to.index(), "from", from.index());
        return super.move(to, from);
    }

    @Override
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        with("to", to.index(), "from", from.index(), "badge", Long.toHexString(badge));
        return super.mutate(to, from, badge);
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        with("slot", index);
        return super.delete(root, index, depth);
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        with("slot", index);
        return super.revoke(root, index, depth);
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        with("slot", frame, "vaddr", Long.toHexString(vaddr));
        return super.pageMap(frame, vspace, vaddr, rights, attributes);
    }

    @Override
    public KernelError pageUnmap(long frame) {
        with("slot", frame);
        return super.pageUnmap(frame);
    }

    @Override
    public Either<KernelError, Long> pageGetAddress(long frame) {
        with("slot", frame);
        return super.pageGetAddress(frame);
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        with("slot", table, "vaddr", Long.toHexString(vaddr));
        return super.tableMap(table, vspace, vaddr, attributes);
    }

    @Override
    public KernelError asidPoolAssign(long pool, long vspace) {
        with("slot", vspace);
        return super.asidPoolAssign(pool, vspace);
    }

    @Override
    public KernelError asidControlMakePool(long control, long untyped, CapPath to) {
        with("slot", to.index());
        return super.asidControlMakePool(control, untyped, to);
    }

    @Override
    public KernelError tcbSetSpace(long tcb, ThreadSpaces spaces) {
        with("slot", spaces.cspaceRoot());
        return super.tcbSetSpace(tcb, spaces);
    }

    @Override
    public KernelError tableUnmap(long table) {
        with("slot", table);
        return super.tableUnmap(table);
    }
}
