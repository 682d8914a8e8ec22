package org.allocman.xous.process;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;

/**
 * A page that PID 1 has mapped, in every process at the same address and for the kernel alone.
 *
 * @param virtual the address, a multiple of 4096
 * @param physical where the page is
 * @param flags what PID 1 asked for, of {@link Flags}
 */
public record KernelMapping(
        @VirtAddr long virtual, @PhysAddr long physical, int flags) {}
