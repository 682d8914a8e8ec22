package org.allocman.vka;

import java.util.List;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;

/**
 * What the kernel tells the root task at boot (seL4 manual, "Bootstrapping").
 *
 * @param architecture the kernel's architecture
 * @param ipcBuffer address of the IPC buffer in the root task's address space
 * @param initThreadCNodeSizeBits radix of the root CNode
 * @param empty slots that are free
 * @param userImageFrames slots with the frames of the root task's image, in address order
 * @param userImagePaging slots with the paging structures of the root task
 * @param extraBootInfoPages slots with the frames of the extra boot info
 * @param schedControl with MCS: slots with control over the time of each core; none without
 * @param untyped slots with untypeds
 * @param untypeds the untypeds, in slot order
 */
public record BootInfo(
        Architecture architecture,
        @VirtAddr long ipcBuffer,
        @SizeBits int initThreadCNodeSizeBits,
        SlotRegion empty,
        SlotRegion userImageFrames,
        SlotRegion userImagePaging,
        SlotRegion extraBootInfoPages,
        SlotRegion schedControl,
        SlotRegion untyped,
        List<Untyped> untypeds) {
    /**
     * Keeps a copy of the list.
     *
     * @param architecture the kernel's architecture
     * @param ipcBuffer address of the IPC buffer in the root task's address space
     * @param initThreadCNodeSizeBits radix of the root CNode
     * @param empty slots that are free
     * @param userImageFrames slots with the frames of the root task's image, in address order
     * @param userImagePaging slots with the paging structures of the root task
     * @param extraBootInfoPages slots with the frames of the extra boot info
     * @param schedControl with MCS: slots with control over the time of each core; none without
     * @param untyped slots with untypeds
     * @param untypeds the untypeds, in slot order
     */
    public BootInfo {
        untypeds = List.copyOf(untypeds);
    }

    /**
     * Slots from {@code start} up to, but without, {@code end}.
     *
     * @param start first slot
     * @param end one past the last slot
     */
    public record SlotRegion(long start, long end) {
        /**
         * How many slots.
         *
         * @return 0 or more
         */
        public long size() {
            return end - start;
        }
    }
}
