package org.allocman.sim.board;

import java.util.List;

/**
 * A board that was read from a description, and what of the description is not in it.
 *
 * @param board the board
 * @param leftOut RAM that the description has and the board does not
 * @param notes what else was passed over or taken in place of what is not said, a sentence each
 * @param core the microcontroller's core that the description names
 */
public record BoardReading(Board board, List<LeftOut> leftOut, List<String> notes, BoardCore core) {
    /**
     * Keeps copies of the lists.
     *
     * @param board the board
     * @param leftOut RAM that the description has and the board does not
     * @param notes what else was passed over or taken in place of what is not said, a sentence each
     * @param core the microcontroller's core that the description names
     */
    public BoardReading {
        leftOut = List.copyOf(leftOut);
        notes = List.copyOf(notes);
    }
}
