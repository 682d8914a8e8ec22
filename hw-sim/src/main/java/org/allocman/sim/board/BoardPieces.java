package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.List;

/** A board that is described in several files: one that names it, and others that have more of it, for instance of its core. */
public final class BoardPieces {
    private BoardPieces() {}

    /** A description that can be read with hints. */
    @FunctionalInterface
    public interface Part {
        /**
         * Reads it.
         *
         * @param hints what is said beside it
         * @return the board, and what of the description is not in it
         * @throws BoardFormatException if it describes no board
         */
        BoardReading reading(BoardHints hints) throws BoardFormatException;
    }

    /**
     * Reads a board from its parts. Regions that are the same in two parts are one; contradictions are told in notes: two
     * places for one name, a device where another part has RAM, which it loses, and cores that differ.
     *
     * @param main names the board and its architecture
     * @param others have more regions; none needs to have RAM
     * @param hints what is said beside all of them
     * @return the board, and what of the descriptions is not in it
     * @throws BoardFormatException if a part describes no board, or there is no RAM in any
     */
    public static BoardReading reading(Part main, List<? extends Part> others, BoardHints hints)
            throws BoardFormatException {
        if (others.isEmpty()) {
            return main.reading(hints);
        }
        BoardReading first = main.reading(hints.withoutRam());
        BoardHints beside = new BoardHints(first.board().architecture(), List.of(), null).withoutRam();
        List<Region> regions = new ArrayList<>(hints.regions());
        List<String> origins = new ArrayList<>(hints.origins());
        List<Region> known = new ArrayList<>(first.board().regions());
        List<String> notes = new ArrayList<>();
        BoardCore core = first.core();
        for (Part other : others) {
            BoardReading reading = other.reading(beside);
            notes.addAll(reading.notes());
            for (Region region : reading.board().regions()) {
                if (!known.contains(region)) {
                    tell(region, known, notes);
                    known.add(region);
                    regions.add(region);
                    origins.add("another description, of " + reading.board().name());
                }
            }
            BoardCore also = reading.core();
            if (core.name().isEmpty()) {
                core = also;
            } else if (!also.name().isEmpty() && !also.equals(core)) {
                notes.add("one description has the core " + core.name() + ", another one " + also.name()
                        + "; the first is taken");
            }
        }
        BoardReading all = main.reading(new BoardHints(hints.architecture(), regions, origins, hints.device(), false));
        List<String> told = new ArrayList<>(all.notes());
        told.addAll(notes);
        return new BoardReading(all.board(), all.leftOut(), told, core, all.tags());
    }

    private static void tell(Region region, List<Region> known, List<String> notes) {
        for (Region other : known) {
            boolean overlaps = region.start() < other.end() && other.start() < region.end();
            if (region.name().equals(other.name())) {
                notes.add("two descriptions have " + region.name() + ": " + text(other) + " and " + text(region)
                        + "; both are taken");
            } else if (overlaps && (region.kind() == Region.Kind.RAM) != (other.kind() == Region.Kind.RAM)) {
                Region ram = region.kind() == Region.Kind.RAM ? region : other;
                Region device = ram == region ? other : region;
                notes.add("one description has " + device.name() + " where another one has RAM: " + text(device) + ", "
                        + ram.name() + " " + text(ram) + "; the RAM is taken");
            }
        }
    }

    private static String text(Region region) {
        return "0x" + Long.toHexString(region.start()) + " with 0x" + Long.toHexString(region.size()) + " bytes";
    }
}
