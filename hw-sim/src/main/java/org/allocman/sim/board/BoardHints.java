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
 */
public record BoardHints(
        @Nullable Architecture architecture,
        List<Region> regions,
        @Nullable String device) {
    /** Nothing is said. */
    public static final BoardHints NONE = new BoardHints(null, List.of(), null);

    /**
     * Keeps a copy of the list.
     *
     * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
     * @param regions memory that the description does not have, and devices if a memory description has some
     * @param device which of several devices that a description has; null if it has one only
     */
    public BoardHints {
        regions = List.copyOf(regions);
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

    /** Whether there is RAM beside the description's. */
    boolean hasRam() {
        return regions.stream().anyMatch(region -> region.kind() == Region.Kind.RAM);
    }
}
