package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;

/**
 * What boot of an architecture needs on a board with much memory.
 *
 * @param kernelBytes size of the kernel's image
 * @param reuseBytes how much of it is free after boot
 * @param extraBootInfoBytes size of what boot tells beside the boot info
 * @param imageBase virtual address of the root task's image; ignored without paging
 */
public record BootNeeds(
        @Bytes long kernelBytes,
        @Bytes long reuseBytes,
        @Bytes long extraBootInfoBytes,
        @VirtAddr long imageBase) {}
