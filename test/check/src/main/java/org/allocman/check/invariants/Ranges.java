package org.allocman.check.invariants;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The union of some ranges of memory that nest or are disjoint. */
final class Ranges {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    Ranges(List<Capability> capabilities) {
        for (Capability capability : capabilities) {
            ends.merge(capability.base(), capability.end(), Math::max);
        }
        // A range inside an earlier one would hide it from the search, so it goes.
        long reached = Long.MIN_VALUE;
        for (var iterator = ends.entrySet().iterator(); iterator.hasNext(); ) {
            Map.Entry<Long, Long> range = iterator.next();
            if (range.getValue() <= reached) {
                iterator.remove();
            } else {
                reached = range.getValue();
            }
        }
    }

    boolean contains(long address) {
        Map.Entry<Long, Long> range = ends.floorEntry(address);
        return range != null && address < range.getValue();
    }
}
