package org.allocman.sim.boot;

import java.util.List;
import java.util.Map;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.Untyped;

/**
 * One boot of a real kernel, as it was recorded.
 *
 * @param architecture the kernel's
 * @param windowOffset how far its virtual addresses of memory are from the physical ones
 * @param freeBefore free memory before the root task's objects were placed
 * @param freeAfter free memory after that
 * @param reserved what there are no device untypeds for
 * @param reuse memory that only boot needed
 * @param deviceTop where device untypeds end
 * @param objectRange where the root task's objects are, all together
 * @param objects the first address of each, by the recording's name for it
 * @param slotRegions slot regions of the boot info, by the recording's name
 * @param values single values of the boot info and sizes of the kernel, by name
 * @param untypeds the untypeds, in slot order
 */
record BootRecording(
        Architecture architecture,
        long windowOffset,
        List<Span> freeBefore,
        List<Span> freeAfter,
        List<Span> reserved,
        List<Span> reuse,
        long deviceTop,
        Span objectRange,
        Map<String, Long> objects,
        Map<String, SlotRegion> slotRegions,
        Map<String, Long> values,
        List<Untyped> untypeds) {
    /** A value of the recording, or what it is if the recording does not say. */
    long value(String name, long otherwise) {
        Long value = values.get(name);
        return value == null ? otherwise : value;
    }

    /** A slot region; empty if the recording has none of that name. */
    SlotRegion slotRegion(String name) {
        SlotRegion region = slotRegions.get(name);
        return region == null ? new SlotRegion(0, 0) : region;
    }
}
