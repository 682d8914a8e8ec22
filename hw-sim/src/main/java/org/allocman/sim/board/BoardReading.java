package org.allocman.sim.board;

import java.util.List;
import org.allocman.vka.args.ArgumentTag;

/**
 * A board that was read from a description, and what of the description is not in it.
 *
 * @param board the board
 * @param leftOut RAM that the description has and the board does not
 * @param notes what else was passed over or taken in place of what is not said, a sentence each
 * @param core the microcontroller's core that the description names
 * @param tags what kernel arguments of Xous have beside memory, as it is
 */
public record BoardReading(
        Board board, List<LeftOut> leftOut, List<String> notes, BoardCore core, List<ArgumentTag> tags) {
    /**
     * Keeps copies of the lists.
     *
     * @param board the board
     * @param leftOut RAM that the description has and the board does not
     * @param notes what else was passed over or taken in place of what is not said, a sentence each
     * @param core the microcontroller's core that the description names
     * @param tags what kernel arguments of Xous have beside memory, as it is
     */
    public BoardReading {
        leftOut = List.copyOf(leftOut);
        notes = List.copyOf(notes);
        tags = List.copyOf(tags);
    }

    /**
     * A board whose description is no arguments of Xous.
     *
     * @param board the board
     * @param leftOut RAM that the description has and the board does not
     * @param notes what else was passed over or taken in place of what is not said, a sentence each
     * @param core the microcontroller's core that the description names
     */
    public BoardReading(Board board, List<LeftOut> leftOut, List<String> notes, BoardCore core) {
        this(board, leftOut, notes, core, List.of());
    }

    /** The same board, with the tags of the arguments that it was read from. */
    BoardReading withTags(List<ArgumentTag> found) {
        return new BoardReading(board, leftOut, notes, core, found);
    }
}
