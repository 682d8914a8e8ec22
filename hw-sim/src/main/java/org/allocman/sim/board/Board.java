package org.allocman.sim.board;

import java.util.List;
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
     * Keeps copies of the lists.
     *
     * @param name what to call it
     * @param architecture its kernel's architecture
     * @param regions what is there, in address order; regions of RAM do not overlap each other
     * @param mirrors memory that answers at a second address
     */
    public Board {
        regions = List.copyOf(regions);
        mirrors = List.copyOf(mirrors);
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
}
