package org.allocman.check.invariants;

import java.util.Map;
import java.util.TreeMap;
import org.allocman.qual.PhysAddr;

/** The slots of some objects. Objects of a broken machine may overlap. */
final class SlotRanges {
    private final int slotBytes;
    private final TreeMap<Long, Long> counts = new TreeMap<>();

    SlotRanges(int slotBytes) {
        this.slotBytes = slotBytes;
    }

    /** Adds an object with so many slots; returns how many of them were known as slots of an object that begins there. */
    long add(@PhysAddr long object, long count) {
        Long before = counts.get(object);
        if (before == null || before < count) {
            counts.put(object, count);
        }
        return before == null ? 0 : before;
    }

    boolean contains(@PhysAddr long slot) {
        Map.Entry<Long, Long> nearest = counts.floorEntry(slot);
        // of objects that overlap it may be an earlier one that reaches this far
        return nearest != null
                && (holds(nearest, slot)
                        || counts.headMap(slot, true).entrySet().stream().anyMatch(object -> holds(object, slot)));
    }

    private boolean holds(Map.Entry<Long, Long> object, long slot) {
        long offset = slot - object.getKey();
        return offset % slotBytes == 0 && Long.compareUnsigned(offset / slotBytes, object.getValue()) < 0;
    }
}
