package org.allocman.vka;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an {@link Architecture} was built of.
 *
 * @param architecture what it is called without its options
 * @param limits its numbers
 * @param entries the object types
 * @param levels the levels of page tables, the root first
 * @param regions how many MPU regions an address space has; 0 with levels
 * @param attributes the attributes of mappings
 * @param options what it is configured with, in the order of {@link KernelOption}
 */
record ArchitectureFacts(
        String architecture,
        KernelLimits limits,
        List<ObjectEntry> entries,
        List<PagingLevel> levels,
        int regions,
        Attributes attributes,
        List<KernelOption> options) {
    /** How many regions there are without levels. */
    static final int REGIONS = 8;

    ArchitectureFacts {
        entries = List.copyOf(entries);
        levels = List.copyOf(levels);
        options = List.copyOf(options);
    }

    /** What it is called, with its options. */
    String name() {
        return KernelOption.named(architecture, options);
    }

    ArchitectureFacts withLimits(KernelLimits other) {
        return new ArchitectureFacts(architecture, other, entries, levels, regions, attributes, options);
    }

    ArchitectureFacts withEntries(List<ObjectEntry> other) {
        return new ArchitectureFacts(
                architecture, limits, bounded(limits, other), levels, regions, attributes, options);
    }

    ArchitectureFacts withLevels(List<PagingLevel> other) {
        return new ArchitectureFacts(architecture, limits, entries, covering(other), regions, attributes, options);
    }

    /** The same with one option more, the last of all. */
    ArchitectureFacts with(KernelOption option) {
        List<KernelOption> more = new ArrayList<>(options);
        more.add(option);
        return new ArchitectureFacts(architecture, limits, entries, levels, regions, attributes, more);
    }

    /** Levels with what their entries cover, of levels of which that is not said; the last one maps pages of 4 KiB. */
    static List<PagingLevel> covering(List<PagingLevel> levels) {
        List<PagingLevel> complete = new ArrayList<>();
        int bits = PAGE_BITS;
        for (int level = levels.size() - 1; level >= 0; level--) {
            complete.add(
                    0,
                    new PagingLevel(
                            levels.get(level).table(), bits, levels.get(level).indexBits()));
            bits += levels.get(level).indexBits();
        }
        return complete;
    }

    /** Entries in the order of their types; untypeds and CNodes are bounded by the largest untyped. */
    static List<ObjectEntry> bounded(KernelLimits limits, List<ObjectEntry> entries) {
        return entries.stream()
                .map(entry -> bounded(limits, entry))
                .sorted(Comparator.comparing(ObjectEntry::type))
                .toList();
    }

    private static ObjectEntry bounded(KernelLimits limits, ObjectEntry entry) {
        return switch (entry.type().kind()) {
            case UNTYPED ->
                new ObjectEntry(entry.type(), entry.number(), limits.minUntypedBits(), limits.maxUntypedBits());
            case CNODE -> new ObjectEntry(entry.type(), entry.number(), 1, limits.maxUntypedBits() - limits.slotBits());
            default -> entry;
        };
    }

    /** The types that every kernel has, with seL4's numbers and sizes. */
    static List<ObjectEntry> common(boolean wide) {
        return List.of(
                new ObjectEntry(ObjectType.UNTYPED, 0, 0, 0),
                entry(ObjectType.TCB, 1, wide ? 11 : 10),
                entry(ObjectType.ENDPOINT, 2, 4),
                entry(ObjectType.NOTIFICATION, 3, wide ? 5 : 4),
                entry(ObjectType.CNODE, 4, 1));
    }

    /** A type of one size. */
    static ObjectEntry entry(ObjectType type, int number, int bits) {
        return new ObjectEntry(type, number, bits, bits);
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
