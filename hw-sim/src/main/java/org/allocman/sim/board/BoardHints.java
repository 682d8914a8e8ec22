package org.allocman.sim.board;

import java.util.List;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is said of a board beside its description.
 *
 * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
 * @param regions memory that the description does not have, and devices if a memory description has some
 * @param device which of several devices that a description has; null if it has one only
 * @param mayLackRam true if a board without RAM is to be read, for instance to write a file to which RAM is added
 */
public record BoardHints(
        @Nullable Architecture architecture,
        List<Region> regions,
        @Nullable String device,
        boolean mayLackRam) {
    /** Nothing is said. */
    public static final BoardHints NONE = new BoardHints(null, List.of(), null);

    /**
     * Keeps a copy of the list.
     *
     * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
     * @param regions memory that the description does not have, and devices if a memory description has some
     * @param device which of several devices that a description has; null if it has one only
     * @param mayLackRam true if a board without RAM is to be read
     */
    public BoardHints {
        regions = List.copyOf(regions);
    }

    /**
     * Hints for a board that has to have RAM.
     *
     * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
     * @param regions memory that the description does not have, and devices if a memory description has some
     * @param device which of several devices that a description has; null if it has one only
     */
    public BoardHints(@Nullable Architecture architecture, List<Region> regions, @Nullable String device) {
        this(architecture, regions, device, false);
    }

    /**
     * Hints of the architecture alone.
     *
     * @param architecture what to take instead of the board's own; null for that one
     * @return hints
     */
    public static BoardHints ofArchitecture(@Nullable Architecture architecture) {
        return new BoardHints(architecture, List.of(), null);
    }

    /**
     * The same hints for a board that may lack RAM.
     *
     * @return hints
     */
    public BoardHints withoutRam() {
        return new BoardHints(architecture, regions, device, true);
    }

    /** Whether the description needs no RAM: it is said beside it, or not wanted. */
    boolean hasRam() {
        return mayLackRam || regions.stream().anyMatch(region -> region.kind() == Region.Kind.RAM);
    }
}
