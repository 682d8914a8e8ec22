package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A history in words, and the system it is a history of: what a failing chain is saved as. A file of lines, a word and the
 * rest of the line each:
 *
 * <pre>
 * system allocman
 * board tiny
 * size 3
 * faults 1
 * step allocate a frame [refused: 2]
 * step free object 0
 * </pre>
 *
 * <p>{@code faults} is left out if there are none, {@code no-symmetry} says that slots are told apart, {@code #} starts a remark.
 *
 * @param kind the kind of system
 * @param board the board's name
 * @param size how many slots, objects, pages or blocks
 * @param faults how many invocations may be refused
 * @param symmetry whether slots that are alike are not told apart
 * @param steps the actions by their names
 */
public record Chain(SystemKind kind, String board, int size, int faults, boolean symmetry, List<String> steps) {
    private static final int LONGEST = 100_000;

    /**
     * Keeps the steps as they are now.
     *
     * @param kind the kind of system
     * @param board the board's name
     * @param size how many slots, objects, pages or blocks
     * @param faults how many invocations may be refused
     * @param symmetry whether slots that are alike are not told apart
     * @param steps the actions by their names
     */
    public Chain {
        steps = List.copyOf(steps);
    }

    /** A file that is no chain. */
    public static final class FormatException extends Exception {
        private static final long serialVersionUID = 1;

        FormatException(int line, String what) {
            super(line == 0 ? what : "line " + line + ": " + what);
        }
    }

    /**
     * The chain as a file.
     *
     * @return lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("# allocman replay chain FILE does this again");
        lines.add("system " + kind.text());
        lines.add("board " + board);
        lines.add("size " + size);
        if (faults > 0) {
            lines.add("faults " + faults);
        }
        if (!symmetry && kind.hasSymmetry()) {
            lines.add("no-symmetry");
        }
        steps.forEach(step -> lines.add("step " + step));
        return lines;
    }

    /**
     * Reads a chain.
     *
     * @param lines the file's lines
     * @return the chain
     * @throws FormatException if the lines are no chain
     */
    public static Chain parse(List<String> lines) throws FormatException {
        SystemKind kind = null;
        String board = "tiny";
        int size = 0;
        int faults = 0;
        boolean symmetry = true;
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            String rest = blank < 0 ? "" : line.substring(blank + 1).strip();
            switch (word) {
                case "system" -> {
                    kind = SystemKind.named(rest);
                    if (kind == null) {
                        throw new FormatException(i + 1, "there is no system '" + rest + "'");
                    }
                }
                case "board" -> board = rest;
                case "size" -> size = number(i + 1, rest);
                case "faults" -> faults = number(i + 1, rest);
                case "no-symmetry" -> symmetry = false;
                case "step" -> steps.add(rest);
                default -> {
                    if (!line.isEmpty() && !line.startsWith("#")) {
                        throw new FormatException(i + 1, "'" + word + "' is not a word of a chain");
                    }
                }
            }
        }
        return checked(kind, board, size, faults, symmetry, steps);
    }

    private static int number(int line, String text) throws FormatException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= LONGEST) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // falls through to the message below
        }
        throw new FormatException(line, "'" + text + "' is not a number from 0 to " + LONGEST);
    }

    private static Chain checked(
            @Nullable SystemKind kind, String board, int size, int faults, boolean symmetry, List<String> steps)
            throws FormatException {
        if (kind == null) {
            throw new FormatException(0, "no line says which system it is a chain of");
        }
        if (kind == SystemKind.TOY) {
            throw new FormatException(0, "the toy has no chains");
        }
        int count = size == 0 ? kind.usual() : size;
        if (count > kind.most() || count < 2) {
            throw new FormatException(0, "size is from 2 to " + kind.most() + " for " + kind.text() + ", not " + count);
        }
        if (faults > 0 && !kind.canFail()) {
            throw new FormatException(0, "nothing of " + kind.text() + " can be made to fail");
        }
        if (steps.size() > LONGEST) {
            throw new FormatException(0, "a chain has at most " + LONGEST + " steps");
        }
        return new Chain(kind, board, count, faults, symmetry && kind.hasSymmetry(), steps);
    }
}
