package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/** Makes the address spaces of an architecture. */
public final class Paging {
    private Paging() {}

    /**
     * The kernel's part that knows an architecture's address spaces.
     *
     * @param physical the physical memory
     * @param architecture the kernel's
     * @param state physical address of the kernel's own words
     * @return the paging invocations, without state of their own
     */
    public static AddressSpaces addressSpaces(
            PhysicalMemory physical, Architecture architecture, @PhysAddr long state) {
        return Behaviours.of(architecture).spaces(physical, state);
    }
}
