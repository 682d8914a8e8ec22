package org.allocman.conformance;

import org.allocman.conformance.kernel.ReplayObserver;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.vka.Kernel;
import org.allocman.xous.PageAllocations;

/** Looks on while something above a kernel is replayed. */
public interface OwnersObserver extends ReplayObserver {
    /** Looks at nothing. */
    OwnersObserver NONE = new OwnersObserver() {};

    /**
     * A manager is to be made; may stand before the kernel.
     *
     * @param kernel who carries invocations out
     * @return what the manager is to invoke
     */
    default Kernel before(Kernel kernel) {
        return kernel;
    }

    /**
     * The pages of Xous are as the recording starts.
     *
     * @param memory where the book is
     * @param allocations whose each page is
     */
    default void pages(PhysicalMemory memory, PageAllocations allocations) {}

    /**
     * The blocks of uVisor are as the recording, or a part of it, starts.
     *
     * @param memory where the pool is
     * @param pool whose each block is
     */
    default void blocks(PhysicalMemory memory, BlockPool pool) {}
}
