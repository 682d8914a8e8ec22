package org.allocman.check.contract;

import io.vavr.control.Either;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.wrap.ForwardingKernel;

/** A kernel that hands out frames with what their last owner left in them. */
final class UnclearedFrames extends ForwardingKernel {
    private final Machine machine;
    private final Set<Long> pages = new HashSet<>();
    private final Map<Long, Long> left = new HashMap<>();

    UnclearedFrames(Machine machine) {
        super(machine.kernel());
        this.machine = machine;
    }

    private void remember() {
        machine.memory().forEachWord((at, word) -> {
            if (pages.contains(at & -0x1000)) {
                left.put(at, word);
            }
        });
    }

    @Override
    public KernelError revoke(long root, long index, int depth) {
        remember();
        return super.revoke(root, index, depth);
    }

    @Override
    public KernelError delete(long root, long index, int depth) {
        remember();
        return super.delete(root, index, depth);
    }

    @Override
    public KernelError retype(
            long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
        KernelError error = super.retype(untyped, type, size, root, index, depth, offset, count);
        ObjectType made = architecture().type(type);
        if (!error.failed() && made == ObjectType.SMALL_PAGE) {
            Either<KernelError, Long> paddr = pageGetAddress(offset);
            paddr.forEach(page -> {
                pages.add(page);
                left.forEach((at, word) -> {
                    if ((at & -0x1000) == page) {
                        machine.memory().words().store64(at, 0, word);
                    }
                });
            });
        }
        return error;
    }
}
