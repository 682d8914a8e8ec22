package org.allocman.check.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * <p>{@code faults} is left out if there are none; {@code #} starts a remark. What the other lines mean is the system's business:
 * here they are {@linkplain #settings settings}. {@link ChainRun#replay} takes the steps again.
 *
 * @param system which system, by its name
 * @param faults how many invocations may be refused
 * @param settings what else the system is to be like, in the order of the lines
 * @param steps the actions by their names
 */
public record Chain(String system, int faults, List<Setting> settings, List<String> steps) {
    private static final int LONGEST = 100_000;
    private static final Set<String> WORDS = Set.of(
            Setting.BOARD,
            Setting.ARCHITECTURE,
            Setting.SIZE,
            Setting.NO_SYMMETRY,
            Setting.RESOURCE,
            Setting.MANAGER,
            Setting.CSPACE,
            Setting.CSPACE_DESIGN);

    /**
     * A line that says what the system is like.
     *
     * @param word its first word, one of the constants
     * @param value the rest of the line
     */
    public record Setting(String word, String value) {
        /** A board, by name or file; several if it is described in several files. */
        public static final String BOARD = "board";

        /** The kernel's architecture, where it is not the board's own. */
        public static final String ARCHITECTURE = "architecture";

        /** How many slots, objects, pages or blocks there are. */
        public static final String SIZE = "size";

        /** States that differ by a symmetry are told apart; without a value. */
        public static final String NO_SYMMETRY = "no-symmetry";

        /** The resource type. */
        public static final String RESOURCE = "resource";

        /** The untyped manager. */
        public static final String MANAGER = "manager";

        /** The CSpace that the manager works in. */
        public static final String CSPACE = "cspace";

        /** The manager of its slots. */
        public static final String CSPACE_DESIGN = "cspace-design";
    }

    /**
     * Keeps the lists as they are now.
     *
     * @param system which system, by its name
     * @param faults how many invocations may be refused
     * @param settings what else the system is to be like, in the order of the lines
     * @param steps the actions by their names
     */
    public Chain {
        settings = List.copyOf(settings);
        steps = List.copyOf(steps);
    }

    /** A file that is no chain, or a chain of another system. */
    public static final class FormatException extends Exception {
        private static final long serialVersionUID = 1;

        /**
         * A mistake in a line.
         *
         * @param line its number from 1 on; 0 for the file as a whole
         * @param what what is wrong
         */
        public FormatException(int line, String what) {
            super(line == 0 ? what : "line " + line + ": " + what);
        }
    }

    /**
     * What a line says.
     *
     * @param word its first word
     * @return the rest of the first such line, or null if there is none
     */
    public @Nullable String value(String word) {
        List<String> all = values(word);
        return all.isEmpty() ? null : all.get(0);
    }

    /**
     * What lines of a word say.
     *
     * @param word the first word
     * @return the rest of each line
     */
    public List<String> values(String word) {
        return settings.stream()
                .filter(setting -> setting.word().equals(word))
                .map(Setting::value)
                .toList();
    }

    /**
     * The number that a line says.
     *
     * @param word its first word
     * @param usual what it is if there is no such line, or if it says 0
     * @return the number
     * @throws FormatException if it is no number from 0 to 100,000
     */
    public int number(String word, int usual) throws FormatException {
        String value = value(word);
        int number = value == null ? 0 : number(0, value);
        return number == 0 ? usual : number;
    }

    /**
     * The same system with other steps.
     *
     * @param others the actions by their names
     * @return another chain
     */
    public Chain withSteps(List<String> others) {
        return new Chain(system, faults, settings, others);
    }

    /**
     * The chain as a file.
     *
     * @param remarks what people should know, a line each
     * @return lines
     */
    public List<String> lines(List<String> remarks) {
        List<String> lines = new ArrayList<>();
        remarks.forEach(remark -> lines.add("# " + remark));
        lines.add("system " + system);
        settings.forEach(setting -> lines.add((setting.word() + " " + setting.value()).strip()));
        if (faults > 0) {
            lines.add("faults " + faults);
        }
        steps.forEach(step -> lines.add("step " + step));
        return lines;
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return the chain
     * @throws FormatException if it is no chain
     * @throws IOException if it cannot be read
     */
    public static Chain read(Path file) throws FormatException, IOException {
        return parse(Files.readAllLines(file));
    }

    /**
     * Reads a chain.
     *
     * @param lines the file's lines
     * @return the chain
     * @throws FormatException if the lines are no chain
     */
    public static Chain parse(List<String> lines) throws FormatException {
        String system = "";
        int faults = 0;
        List<Setting> settings = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            String rest = blank < 0 ? "" : line.substring(blank + 1).strip();
            switch (word) {
                case "system" -> system = rest;
                case "faults" -> faults = number(i + 1, rest);
                case "step" -> steps.add(rest);
                default -> {
                    if (WORDS.contains(word)) {
                        settings.add(new Setting(word, checked(i + 1, word, rest)));
                    } else if (!line.isEmpty() && !line.startsWith("#")) {
                        throw new FormatException(i + 1, "'" + word + "' is not a word of a chain");
                    }
                }
            }
        }
        if (system.isEmpty()) {
            throw new FormatException(0, "no line says which system it is a chain of");
        }
        if (steps.size() > LONGEST) {
            throw new FormatException(0, "a chain has at most " + LONGEST + " steps");
        }
        return new Chain(system, faults, settings, steps);
    }

    private static String checked(int line, String word, String rest) throws FormatException {
        if (word.equals(Setting.SIZE)) {
            number(line, rest);
        }
        return rest;
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
}
