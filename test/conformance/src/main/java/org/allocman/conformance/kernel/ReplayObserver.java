package org.allocman.conformance.kernel;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** Looks on while a recording is replayed. It must not change anything. */
public interface ReplayObserver {
    /** Looks at nothing. */
    ReplayObserver NONE = new ReplayObserver() {};

    /**
     * The machine is as the recording starts.
     *
     * @param memory all of its memory
     * @param architecture its architecture
     * @param state physical address of the kernel's own page
     */
    default void rebuilt(PhysicalMemory memory, Architecture architecture, @PhysAddr long state) {}

    /**
     * A step begins.
     *
     * @param operation the step as it is recorded
     */
    default void begins(String operation) {}

    /**
     * The step has ended.
     *
     * @param answer what was answered, in words
     * @param differences how that differs from the recording; empty if it agrees
     */
    default void ends(String answer, List<Difference.Row> differences) {}
}
