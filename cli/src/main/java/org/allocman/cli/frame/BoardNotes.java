package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.LeftOut;

/** Tells what of a board nobody has, or has as device memory only. */
public final class BoardNotes {
    private static final int MOST_NOTES = 8;

    private BoardNotes() {}

    /**
     * What is left out, as JSON has it.
     *
     * @param reason a word for why
     * @param number in how many pieces
     * @param bytes how much
     */
    public record Missing(String reason, long number, long bytes) {
        /**
         * As JSON has it.
         *
         * @param all what reading and boot left out
         * @return the same, with words of small letters
         */
        public static List<Missing> of(List<LeftOut> all) {
            return all.stream()
                    .map(one -> new Missing(one.reason().word(), one.number(), one.bytes()))
                    .toList();
        }
    }

    /**
     * Tells what of a description is not in the board, on the stream for messages.
     *
     * @param console where to
     * @param reading the board as it was read
     */
    public static void tell(Console console, BoardReading reading) {
        List<String> notes = reading.notes();
        for (String note : notes.subList(0, Math.min(notes.size(), MOST_NOTES))) {
            console.err().println("allocman: note: " + note);
        }
        if (notes.size() > MOST_NOTES) {
            console.err().println("allocman: note: and " + (notes.size() - MOST_NOTES) + " more of this kind");
        }
    }

    /**
     * What is left out, by reading and by boot.
     *
     * @param reading the board as it was read
     * @param boot what boot left out
     * @return both
     */
    public static List<LeftOut> leftOut(BoardReading reading, List<LeftOut> boot) {
        List<LeftOut> all = new ArrayList<>(reading.leftOut());
        all.addAll(boot);
        return all;
    }

    /**
     * A line for each reason.
     *
     * @param all what is left out
     * @return for instance {@code 3 untypeds ... with 12 KiB}
     */
    public static List<String> lines(List<LeftOut> all) {
        return all.stream()
                .map(one -> Figures.size(one.bytes()) + " in " + Figures.count(one.number(), "piece") + ": "
                        + one.reason().text())
                .toList();
    }
}
