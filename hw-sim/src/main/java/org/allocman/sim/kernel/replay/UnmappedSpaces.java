package org.allocman.sim.kernel.replay;

import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.KernelMessage;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;

/** Address spaces of a machine in which nothing is ever mapped: x86's rights of frames, and no more. */
final class UnmappedSpaces implements AddressSpaces {
    private static final int KERNEL_ONLY = 1;
    private static final int READ_ONLY = 2;
    private static final int READ_WRITE = 3;
    private static final int GET_ADDRESS = 41;

    private final Slots slots;

    UnmappedSpaces(Slots slots) {
        this.slots = slots;
    }

    @Override
    public KernelReply invoke(long slot, KernelMessage message, long first, long second) {
        return message.label() == GET_ADDRESS
                ? KernelReply.value(slots.object(slot))
                : KernelReply.of(KernelError.illegalOperation());
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
        return slots.type(slot).isTable() ? KernelError.illegalOperation() : KernelError.NO_ERROR;
    }

    @Override
    public void onCopy(long copy, int rights) {
        if (slots.type(copy).isTable()) {
            return;
        }
        boolean read = (rights & CapRights.READ) != 0 && slots.frameRights(copy) != KERNEL_ONLY;
        boolean write = (rights & CapRights.WRITE) != 0 && slots.frameRights(copy) == READ_WRITE;
        slots.setFrameRights(copy, read ? write ? READ_WRITE : READ_ONLY : KERNEL_ONLY);
    }

    @Override
    public void onDelete(long slot, boolean last) {}

    @Override
    public boolean isRoot(long slot) {
        return false;
    }
}
