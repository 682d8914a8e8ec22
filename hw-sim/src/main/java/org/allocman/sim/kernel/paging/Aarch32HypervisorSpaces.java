package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.KernelError;

/**
 * Address spaces of a hypervisor on 32-bit Arm. It does its cache operations on addresses of its own, so it asks for no mapping,
 * and refuses what it does not map itself.
 */
final class Aarch32HypervisorSpaces extends Aarch32Spaces {
    private static final long WORD = 0xffff_ffffL;

    private final ArchitectureBehaviour behaviour;

    Aarch32HypervisorSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
        this.behaviour = behaviour;
    }

    @Override
    KernelError checkCached(@PhysAddr long frame, @Bytes long start, @Bytes long end, @PhysAddr long root) {
        KernelError error = checkRange(frame, start, end);
        // the window begins where user addresses end
        KernelWindow window = behaviour.window(userTop(), userTop() - windowOffset() & WORD);
        return error.failed() || isIn(window, frame, start, end) ? error : KernelError.illegalOperation();
    }
}
