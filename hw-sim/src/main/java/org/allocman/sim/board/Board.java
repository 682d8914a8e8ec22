package org.allocman.sim.board;

import java.util.Comparator;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.vka.Architecture;

/**
 * A board as its description has it: what answers at which physical address. It says nothing of where a kernel or a root
 * task is loaded.
 *
 * @param name what to call it
 * @param architecture its kernel's architecture
 * @param regions what is there, in address order; regions of RAM do not overlap each other
 * @param mirrors memory that answers at a second address
 */
public record Board(String name, Architecture architecture, List<Region> regions, List<Mirror> mirrors) {
    /**
     * Keeps copies of the lists, and puts the regions in address order.
     *
     * @param name what to call it
     * @param architecture its kernel's architecture
     * @param regions what is there, in any order; regions of RAM do not overlap each other
     * @param mirrors memory that answers at a second address
     * @throws IllegalArgumentException if two regions of RAM overlap
     */
    public Board {
        regions =
                regions.stream().sorted(Comparator.comparingLong(Region::start)).toList();
        mirrors = List.copyOf(mirrors);
        Region before = null;
        for (Region region : regions) {
            if (region.kind() == Region.Kind.RAM) {
                if (before != null && region.start() < before.end()) {
                    throw new IllegalArgumentException(
                            "the RAM regions " + before.name() + " and " + region.name() + " overlap");
                }
                before = region;
            }
        }
    }

    /**
     * The regions of one kind.
     *
     * @param kind which
     * @return in address order
     */
    public List<Region> regions(Region.Kind kind) {
        return regions.stream().filter(region -> region.kind() == kind).toList();
    }

    /**
     * How much RAM there is.
     *
     * @return the sum over all regions of RAM
     */
    public @Bytes long ramBytes() {
        return regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum();
    }
}
