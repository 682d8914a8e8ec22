package org.allocman.view.recording;

import io.vavr.control.Either;
import java.util.LinkedHashMap;
import java.util.Map;
import org.allocman.lab.kernel.ObservedKernel;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Records each invocation with its arguments and its answer. */
final class RecordingKernel extends ObservedKernel {
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
    public KernelError copy(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, CapRights rights) {
        with("to", destIndex, "from", srcIndex);
        return super.copy(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, rights);
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
        with("to", destIndex, "from", srcIndex, "badge", Long.toHexString(badge));
        return super.mint(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, rights, badge);
    }

    @Override
    public KernelError move(long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth) {
        with("to", destIndex, "from", srcIndex);
        return super.move(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth);
    }

    @Override
    public KernelError mutate(
            long destRoot, long destIndex, int destDepth, long srcRoot, long srcIndex, int srcDepth, long badge) {
        with("to", destIndex, "from", srcIndex, "badge", Long.toHexString(badge));
        return super.mutate(destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, badge);
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
    public KernelError asidControlMakePool(long control, long untyped, long root, long index, int depth) {
        with("slot", index);
        return super.asidControlMakePool(control, untyped, root, index, depth);
    }

    @Override
    public KernelError tcbSetSpace(
            long tcb, long faultEndpoint, long cspaceRoot, long cspaceData, long vspaceRoot, long vspaceData) {
        with("slot", cspaceRoot);
        return super.tcbSetSpace(tcb, faultEndpoint, cspaceRoot, cspaceData, vspaceRoot, vspaceData);
    }

    @Override
    public KernelError tableUnmap(long table) {
        with("slot", table);
        return super.tableUnmap(table);
    }
}
