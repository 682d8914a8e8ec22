package org.allocman.uvisor.guard;

import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;

/**
 * Memory as the active box sees it: an access that faults is looked into by the {@link BoxGuard}, and tried once more if the
 * box may reach the address after all.
 */
public final class GuardedMemory implements Memory {
    private final Memory behindMpu;
    private final BoxGuard guard;

    /**
     * A view for boxes.
     *
     * @param behindMpu the memory as the MPU lets unprivileged code see it
     * @param guard who looks into faults
     */
    public GuardedMemory(Memory behindMpu, BoxGuard guard) {
        this.behindMpu = behindMpu;
        this.guard = guard;
    }

    @Override
    public long load64(long record, int offset) {
        try {
            return behindMpu.load64(record, offset);
        } catch (MemoryFault fault) {
            require(fault, record + offset, false);
            return behindMpu.load64(record, offset);
        }
    }

    @Override
    public void store64(long record, int offset, long value) {
        try {
            behindMpu.store64(record, offset, value);
        } catch (MemoryFault fault) {
            require(fault, record + offset, true);
            behindMpu.store64(record, offset, value);
        }
    }

    @Override
    public int load32(long record, int offset) {
        try {
            return behindMpu.load32(record, offset);
        } catch (MemoryFault fault) {
            require(fault, record + offset, false);
            return behindMpu.load32(record, offset);
        }
    }

    @Override
    public void store32(long record, int offset, int value) {
        try {
            behindMpu.store32(record, offset, value);
        } catch (MemoryFault fault) {
            require(fault, record + offset, true);
            behindMpu.store32(record, offset, value);
        }
    }

    private void require(MemoryFault fault, long address, boolean write) {
        boolean isProtection =
                fault.reason() == MemoryFault.Reason.UNMAPPED || fault.reason() == MemoryFault.Reason.NO_RIGHTS;
        if (!isProtection || !guard.recover(address, write)) {
            throw fault;
        }
    }
}
