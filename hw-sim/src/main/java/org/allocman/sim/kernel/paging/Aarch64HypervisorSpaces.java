package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.KernelError;

/**
 * Address spaces of a hypervisor on 64-bit Arm. It does its cache operations on addresses of its own, so it asks for no mapping
 * and no right to write, and refuses what it does not map itself.
 */
final class Aarch64HypervisorSpaces extends Aarch64Spaces {
    private final ArchitectureBehaviour behaviour;

    Aarch64HypervisorSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
        this.behaviour = behaviour;
    }

    @Override
    KernelError checkCached(
            CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end, @PhysAddr long root) {
        return isIn(behaviour.window(userTop(), 0), frame, start, end)
                ? KernelError.NO_ERROR
                : KernelError.illegalOperation();
    }

    @Override
    KernelError checkInvalidate(CacheOperation operation, long place) {
        return KernelError.NO_ERROR;
    }
}
