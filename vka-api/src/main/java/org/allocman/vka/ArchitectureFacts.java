package org.allocman.vka;

import java.util.List;

/**
 * What an {@link Architecture} was built of.
 *
 * @param name what it is called
 * @param limits its numbers
 * @param entries the object types
 * @param levels the levels of page tables, the root first
 * @param regions how many MPU regions an address space has; 0 with levels
 * @param attributes the attributes of mappings
 */
record ArchitectureFacts(
        String name,
        KernelLimits limits,
        List<ObjectEntry> entries,
        List<PagingLevel> levels,
        int regions,
        Attributes attributes) {
    ArchitectureFacts {
        entries = List.copyOf(entries);
        levels = List.copyOf(levels);
    }

    /**
     * Attributes of mappings.
     *
     * @param usual of usual memory
     * @param executeNever the one that forbids to execute, 0 for none
     * @param kernelOnly of mappings that only the kernel sees
     */
    record Attributes(long usual, long executeNever, long kernelOnly) {
        static final Attributes NONE = new Attributes(0, 0, 0);
    }
}
