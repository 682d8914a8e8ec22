package org.allocman.sim.board;

import java.util.Collections;
import java.util.List;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is said of a board beside its description.
 *
 * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
 * @param regions memory that the description does not have, and devices if a memory description has some
 * @param origins where each of these is said, for messages: an option, a file
 * @param device which of several devices that a description has; null if it has one only
 * @param mayLackRam true if a board without RAM is to be read, for instance to write a file to which RAM is added
 */
public record BoardHints(
        @Nullable Architecture architecture,
        List<Region> regions,
        List<String> origins,
        @Nullable String device,
        boolean mayLackRam) {
    /** Nothing is said. */
    public static final BoardHints NONE = new BoardHints(null, List.of(), null);

    private static final String OPTION = "--ram";

    /**
     * Keeps copies of the lists.
     *
     * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
     * @param regions memory that the description does not have, and devices if a memory description has some
     * @param origins where each of these is said, for messages: an option, a file
     * @param device which of several devices that a description has; null if it has one only
     * @param mayLackRam true if a board without RAM is to be read
     * @throws IllegalArgumentException if there are not as many origins as regions
     */
    public BoardHints {
        regions = List.copyOf(regions);
        origins = List.copyOf(origins);
        if (regions.size() != origins.size()) {
            throw new IllegalArgumentException(regions.size() + " regions have " + origins.size() + " origins");
        }
    }

    /**
     * Hints for a board that has to have RAM. What is said of memory is said in the option {@code --ram}.
     *
     * @param architecture what to take instead of the architecture that the description names or suggests; null for that one
     * @param regions memory that the description does not have, and devices if a memory description has some
     * @param device which of several devices that a description has; null if it has one only
     */
    public BoardHints(@Nullable Architecture architecture, List<Region> regions, @Nullable String device) {
        this(architecture, regions, Collections.nCopies(regions.size(), OPTION), device, false);
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
        return new BoardHints(architecture, regions, origins, device, true);
    }

    /** Whether the description needs no RAM: it is said beside it, or not wanted. */
    boolean hasRam() {
        return mayLackRam || regions.stream().anyMatch(region -> region.kind() == Region.Kind.RAM);
    }
}
