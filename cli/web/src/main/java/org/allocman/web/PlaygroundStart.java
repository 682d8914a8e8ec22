package org.allocman.web;

import java.util.Objects;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardYaml;
import org.allocman.sim.board.Boards;

/** What a playground opens with, in the form in which it saves sessions: a script, with board and manager in comments. */
public final class PlaygroundStart {
    private PlaygroundStart() {}

    /**
     * The start as text.
     *
     * @param board the board
     * @param isManaged whether there is a manager
     * @param lines of the script language, or nothing
     * @return a script that the shell takes as well
     */
    public static String text(Board board, boolean isManaged, String lines) {
        Objects.requireNonNull(board, "board");
        Objects.requireNonNull(lines, "lines");
        boolean isBuiltIn = Boards.names().contains(board.name())
                && Boards.byName(board.name()).equals(board);
        StringBuilder text = new StringBuilder("# allocman playground\n# board: ")
                .append(isBuiltIn ? board.name() : "your own YAML")
                .append("\n# manager: ")
                .append(isManaged ? "arena" : "none")
                .append('\n');
        if (!isBuiltIn) {
            for (String line : BoardYaml.write(board).split("\n")) {
                text.append("#| ").append(line).append('\n');
            }
        }
        return text.append(lines).toString();
    }
}
