package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;

/**
 * The free memory of a boot, after the root task's objects have been taken from it.
 *
 * @param objects where those objects are
 * @param free what is left, in address order, possibly with empty spans
 */
record FreeMemory(RootObjects objects, List<Span> free) {
    FreeMemory {
        free = List.copyOf(free);
    }

    /**
     * Puts the root task's objects at the top of the last region that is large enough; what lies above them becomes a
     * region of its own (seL4, {@code init_freemem}).
     *
     * @param before the free memory, in address order
     * @param sizes of the objects
     * @return where they are and what is left
     * @throws BootFailure if no region is large enough
     */
    static FreeMemory placing(List<Span> before, RootObjectSizes sizes) throws BootFailure {
        long missing = Long.MAX_VALUE;
        for (int i = before.size() - 1; i >= 0; i--) {
            Span region = before.get(i);
            long start = region.end() - sizes.total() & -1L << sizes.alignBits();
            if (start >= region.start()) {
                RootObjects objects = RootObjects.at(start, sizes);
                List<Span> after = new ArrayList<>(before.subList(0, i));
                after.add(new Span(region.start(), start));
                after.add(new Span(objects.all().end(), region.end()));
                after.addAll(before.subList(i + 1, before.size()));
                return new FreeMemory(objects, after);
            }
            missing = Math.min(missing, region.start() - start);
        }
        String needs = "the root task's objects need " + sizes.total() + " bytes at a multiple of "
                + RootObjectSizes.bytes(sizes.alignBits());
        throw new BootFailure(
                missing == Long.MAX_VALUE
                        ? needs + "; no memory is free"
                        : needs + "; the best free region lacks " + missing + " bytes",
                missing == Long.MAX_VALUE ? sizes.total() : missing);
    }
}
