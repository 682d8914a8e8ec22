package org.allocman.sim.boot;

import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.PagingLevel;

/** The paging structures below the root of the root task's address space. */
final class RootTables {
    private RootTables() {}

    /** The size of the largest paging structure below a root; boot takes it for all of them. */
    static @SizeBits int largestBits(Architecture architecture) {
        return architecture.levels().stream()
                .skip(1)
                .mapToInt(level -> architecture.sizeBits(level.table(), 0))
                .max()
                .orElse(RootObjectSizes.NONE);
    }

    static int[] levels(Architecture architecture) {
        // the lowest level's entries are pages
        return architecture.levels().stream()
                .limit(architecture.tableLevels())
                .mapToInt(PagingLevel::entryBits)
                .toArray();
    }
}
