package org.allocman.lab.machine;

import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.KernelMessage;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.Labels;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.KernelError;

/** A kernel part for machines without address spaces: frames and tables exist, but nothing can be mapped. */
final class NoAddressSpaces implements AddressSpaces {
    private static final int READ_WRITE = 3;

    @Override
    public int lastLabel() {
        return Labels.IRQ_CLEAR_HANDLER;
    }

    @Override
    public KernelReply invoke(long slot, KernelMessage message, long first, long second) {
        return KernelReply.of(KernelError.illegalOperation());
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, long rights, long attributes) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError pageUnmap(long frame) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError tableUnmap(long table) {
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError asidPoolAssign(long pool, long vspace) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError makePool(long untyped, long root, long index, long depth) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError pageCache(CacheOperation operation, long frame, long start, long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError vspaceCache(CacheOperation operation, long vspace, long start, long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public int newFrameRights() {
        return READ_WRITE;
    }

    @Override
    public void onCreate(long slot) {}

    @Override
    public KernelError checkCopy(long slot) {
        return KernelError.NO_ERROR;
    }

    @Override
    public void onCopy(long copy, int rights) {}

    @Override
    public void onDelete(long slot, boolean last) {}

    @Override
    public boolean isRoot(long slot) {
        return false;
    }
}
