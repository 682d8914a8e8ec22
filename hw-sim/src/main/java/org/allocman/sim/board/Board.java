package org.allocman.sim.board;

import java.util.Comparator;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;

/**
 * A board as its description has it: what answers at which physical address. It says nothing of where a kernel or a root
 * task is loaded.
 *
 * @param name what to call it
 * @param architecture its kernel's architecture
 * @param regions what is there, in address order; regions of RAM do not overlap each other
 * @param mirrors memory that answers at a second address
 * @param userTop where user addresses end in a kernel for the board: on aarch32 the platform decides, see {@link UserTop}
 */
public record Board(
        String name,
        Architecture architecture,
        List<Region> regions,
        List<Mirror> mirrors,
        @VirtAddr long userTop) {
    /**
     * Keeps copies of the lists, and puts the regions in address order.
     *
     * @param name what to call it
     * @param architecture its kernel's architecture
     * @param regions what is there, in any order; regions of RAM do not overlap each other
     * @param mirrors memory that answers at a second address
     * @param userTop where user addresses end in a kernel for the board
     * @throws IllegalArgumentException if two regions of RAM overlap, or user addresses cannot end there
     */
    public Board {
        regions =
                regions.stream().sorted(Comparator.comparingLong(Region::start)).toList();
        mirrors = List.copyOf(mirrors);
        if (!UserTop.isPossible(architecture, userTop)) {
            throw new IllegalArgumentException(
                    "user addresses of " + architecture.text() + " cannot end at 0x" + Long.toHexString(userTop));
        }
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
     * A board whose user addresses end where its name says, or where they do on most boards.
     *
     * @param name what to call it
     * @param architecture its kernel's architecture
     * @param regions what is there, in any order; regions of RAM do not overlap each other
     * @param mirrors memory that answers at a second address
     * @throws IllegalArgumentException if two regions of RAM overlap
     */
    public Board(String name, Architecture architecture, List<Region> regions, List<Mirror> mirrors) {
        this(name, architecture, regions, mirrors, UserTop.of(architecture, List.of(name)));
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
     * The largest region of RAM, and of equals the lowest.
     *
     * @return the region
     * @throws IllegalArgumentException if the board has no RAM
     */
    public Region largestRam() {
        return regions(Region.Kind.RAM).stream()
                .max(Comparator.comparingLong(Region::size))
                .orElseThrow(() -> new IllegalArgumentException("the board has no RAM"));
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
