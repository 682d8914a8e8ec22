package org.allocman.cli.frame;

import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardHints;
import org.allocman.sim.board.BoardPieces;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the board that a user means. */
public final class BoardLookup {
    private BoardLookup() {}

    /**
     * Finds a board.
     *
     * @param name a built-in board's name, or a file's
     * @param architecture what to take instead of the board's own architecture, or null for that one
     * @return the board
     * @throws BadInputException if there is no such board
     * @throws BoardFormatException if the file describes no board
     */
    public static Board find(String name, @Nullable Architecture architecture)
            throws BadInputException, BoardFormatException {
        return reading(name, BoardHints.ofArchitecture(architecture)).board();
    }

    /**
     * Finds a board and tells, on the stream for messages, what of its description is not in it.
     *
     * @param console where to tell
     * @param name a built-in board's name, or a file's
     * @param hints what is said of it besides
     * @return the board, and what of the description is not in it
     * @throws BadInputException if there is no such board
     * @throws BoardFormatException if the file describes no board
     */
    public static BoardReading find(Console console, String name, BoardHints hints)
            throws BadInputException, BoardFormatException {
        BoardReading reading = reading(name, hints);
        BoardNotes.tell(console, reading);
        return reading;
    }

    /**
     * Finds a board that is described in several files, and tells what of the descriptions is not in it.
     *
     * @param console where to tell
     * @param names a built-in board's name, or a file's, and files that have more of it
     * @param hints what is said of it besides
     * @return the board, and what of the descriptions is not in it
     * @throws BadInputException if there is no such board
     * @throws BoardFormatException if a file describes no board
     */
    public static BoardReading find(Console console, List<String> names, BoardHints hints)
            throws BadInputException, BoardFormatException {
        BoardReading reading = reading(names, hints);
        BoardNotes.tell(console, reading);
        return reading;
    }

    /**
     * Finds a board that is described in several files.
     *
     * @param names a built-in board's name, or a file's, and files that have more of it
     * @param hints what is said of it besides
     * @return the board, and what of the descriptions is not in it
     * @throws BadInputException if there is no such board
     * @throws BoardFormatException if a file describes no board
     */
    public static BoardReading reading(List<String> names, BoardHints hints)
            throws BadInputException, BoardFormatException {
        if (names.size() == 1) {
            return reading(names.get(0), hints);
        }
        List<BoardPieces.Part> parts = new ArrayList<>();
        for (String name : names) {
            parts.add(said -> {
                try {
                    return reading(name, said);
                } catch (BadInputException gone) {
                    throw new BoardFormatException(name, "", String.valueOf(gone.getMessage()));
                }
            });
        }
        return BoardPieces.reading(parts.get(0), parts.subList(1, parts.size()), hints);
    }

    /**
     * Finds a board.
     *
     * @param typed a built-in board's name, or a file's
     * @param hints what is said of it besides
     * @return the board, and what of the description is not in it
     * @throws BadInputException if there is no such board
     * @throws BoardFormatException if the file describes no board
     */
    public static BoardReading reading(String typed, BoardHints hints) throws BadInputException, BoardFormatException {
        String name = builtIn(typed);
        if (Boards.names().contains(name)) {
            if (hints.device() != null) {
                throw new BadInputException(
                        "--device chooses one of the devices of a CMSIS-Pack description (.pdsc), and " + name
                                + " is a built-in board");
            }
            BoardReading own = Boards.reading(
                    name, new BoardHints(null, hints.regions(), hints.origins(), null, hints.mayLackRam()));
            Architecture architecture = hints.architecture();
            Board board = own.board();
            return architecture == null
                    ? own
                    : new BoardReading(
                            new Board(board.name(), architecture, board.regions(), board.mirrors()),
                            own.leftOut(),
                            own.notes(),
                            own.core());
        }
        boolean looksLikeFile = name.contains("/") || name.contains(".") || new File(name).exists();
        if (!looksLikeFile) {
            throw new BadInputException(unknown(name));
        }
        return BoardFile.reading(InputFile.of(name), hints);
    }

    /**
     * The name of a built-in board that is typed in other letters.
     *
     * @param typed a name in lower or upper case
     * @return the board's own name, or what was typed if a file has that name or no board has it
     */
    public static String builtIn(String typed) {
        return Boards.names().stream()
                .filter(own -> own.equals(typed) || own.equalsIgnoreCase(typed) && !new File(typed).exists())
                .findFirst()
                .orElse(typed);
    }

    private static String unknown(String name) {
        return "there is no board '" + name + "' and no file of that name" + NearMatches.hint(name, Boards.names())
                + System.lineSeparator() + "built-in boards are " + String.join(", ", Boards.names());
    }

    /** The built-in boards' names, for completion. */
    public static final class Names implements Iterable<String> {
        /** Makes the list; picocli calls it. */
        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return Boards.names().iterator();
        }
    }
}
