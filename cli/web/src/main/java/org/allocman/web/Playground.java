package org.allocman.web;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardEntries;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardHints;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.memory.Fingerprint;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.teavm.jso.JSExport;

/** What a page calls: one machine, and lines for it. Everything comes and goes as text. */
public final class Playground {
    private static final String SEPARATOR = "\t";

    private static @Nullable LiveRun live;

    private Playground() {}

    /**
     * Where the compiler begins; there is nothing to do before a page calls.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {}

    /**
     * Boots a board. The machine before it is forgotten, unless this fails.
     *
     * @param entries the board's description, a value a line: its place, a tab, the value
     * @param bare whether there is no manager
     * @return {@code ok}, or what is wrong
     */
    @JSExport
    public static String boot(String entries, boolean bare) {
        try {
            live = LiveRun.boot(board(entries), bare);
            return "ok";
        } catch (BoardFormatException | BootFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static Board board(String entries) throws BoardFormatException {
        BoardEntries board = new BoardEntries("the board");
        for (String entry : entries.split("\n")) {
            int tab = entry.indexOf(SEPARATOR);
            if (tab > 0) {
                board.add(entry.substring(0, tab), entry.substring(tab + 1));
            }
        }
        return board.reading(BoardHints.NONE).board();
    }

    /**
     * Everything recorded so far.
     *
     * @param title what to call it
     * @return JSON
     */
    @JSExport
    public static String soFar(String title) {
        return machine().soFar(title);
    }

    /**
     * Carries a line out.
     *
     * @param line the line
     * @param fail which invocation is refused; 0 for none
     * @param andAllAfter whether those after it are refused, too
     * @return whether it was carried out ({@code DONE}, {@code REFUSED} or {@code MISTAKE}), whether a fault that was asked for
     *     came about, the message, and the steps as JSON, with a form feed between
     */
    @JSExport
    public static String take(String line, int fail, boolean andAllAfter) {
        LiveRun.Result result = machine().take(line, fail, andAllAfter);
        return result.kind() + "\f" + result.refused() + "\f" + result.message() + "\f" + result.tail();
    }

    /**
     * Goes back to before a line.
     *
     * @param line its number, 0 being the first
     */
    @JSExport
    public static void backTo(int line) {
        machine().backTo(line);
    }

    /**
     * What the next word may be.
     *
     * @param words the words before it, a blank between
     * @return words, a blank between
     */
    @JSExport
    public static String complete(String words) {
        return String.join(" ", machine().complete(words.isEmpty() ? List.of() : List.of(words.split(" "))));
    }

    /**
     * Checks every invariant.
     *
     * @return what is broken, one a line; empty if all is well
     */
    @JSExport
    public static String broken() {
        return String.join("\n", machine().broken());
    }

    /**
     * The fingerprint of all memory.
     *
     * @return 32 hexadecimal digits or fewer
     */
    @JSExport
    public static String fingerprint() {
        Fingerprint fingerprint = machine().fingerprint();
        return Long.toHexString(fingerprint.high()) + ":" + Long.toHexString(fingerprint.low());
    }

    private static LiveRun machine() {
        LiveRun machine = live;
        if (machine == null) {
            throw new IllegalStateException("no board has booted");
        }
        return machine;
    }
}
