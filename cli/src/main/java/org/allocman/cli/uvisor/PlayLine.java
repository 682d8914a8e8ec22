package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.NearMatches;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A line of a script of calls on uVisor: {@code NAME = WORD ARGUMENT... -> OUTCOME}, of which name and outcome may be left out.
 *
 * @param number which line of the file
 * @param name what to call the result; null if it is not named
 * @param word the call
 * @param arguments what it is given
 * @param expected the outcome that it must have; null for any
 */
record PlayLine(
        int number,
        @Nullable String name,
        String word,
        List<String> arguments,
        @Nullable String expected) {
    /** The words, and what stands behind them. */
    static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("enter", "BOX"),
            Map.entry("run", "THREAD"),
            Map.entry("malloc", "BYTES"),
            Map.entry("calloc", "COUNT BYTES"),
            Map.entry("align", "ALIGNMENT BYTES"),
            Map.entry("realloc", "ADDRESS BYTES"),
            Map.entry("process", "BYTES"),
            Map.entry("free", "ADDRESS"),
            Map.entry("block", "BYTES"),
            Map.entry("freeblock", "ADDRESS BYTES"),
            Map.entry("heap", "BYTES MOST"),
            Map.entry("destroy", "HEAP"),
            Map.entry("thread", "HEAP HEAPBYTES STACK STACKBYTES"),
            Map.entry("threadon", "HEAP STACKBYTES"),
            Map.entry("end", "THREAD"),
            Map.entry("sbrk", "BYTES"),
            Map.entry("stack", "ADDRESS"),
            Map.entry("store", "ADDRESS VALUE"),
            Map.entry("load", "ADDRESS"),
            Map.entry("owner", "ADDRESS"),
            Map.entry("check", ""),
            Map.entry("map", ""));

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,31}");
    private static final String ARROW = "->";

    PlayLine {
        arguments = List.copyOf(arguments);
    }

    /** Reads a line; null if there is nothing on it but a comment. */
    static @Nullable PlayLine of(String source, int number, String text) throws BadInputException {
        int comment = text.indexOf('#');
        String line = (comment < 0 ? text : text.substring(0, comment)).strip();
        if (line.isEmpty()) {
            return null;
        }
        List<String> tokens = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        String place = source + ": line " + number + ": ";
        String expected = null;
        int arrow = tokens.indexOf(ARROW);
        if (arrow >= 0) {
            if (arrow != tokens.size() - 2) {
                throw new BadInputException(place + "behind -> stands one outcome: ok, a number, or a refusal's name");
            }
            expected = tokens.get(arrow + 1);
            tokens = tokens.subList(0, arrow);
        }
        String name = null;
        if (tokens.size() > 1 && tokens.get(1).equals("=")) {
            name = tokens.get(0);
            if (!NAME.matcher(name).matches()) {
                throw new BadInputException(place + "'" + name + "' is no name: letters, digits and _");
            }
            tokens = tokens.subList(2, tokens.size());
        }
        if (tokens.isEmpty()) {
            throw new BadInputException(place + "there is no call");
        }
        String word = tokens.get(0);
        String usage = WORDS.get(word);
        if (usage == null) {
            List<String> words = new ArrayList<>(WORDS.keySet());
            Collections.sort(words);
            List<String> near = NearMatches.of(word, words);
            throw new BadInputException(place + "there is no word '" + word + "'"
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
        }
        int wanted = usage.isEmpty() ? 0 : usage.split(" ").length;
        if (tokens.size() - 1 != wanted) {
            throw new BadInputException(place + word + " takes " + (wanted == 0 ? "nothing" : usage));
        }
        return new PlayLine(number, name, word, tokens.subList(1, tokens.size()), expected);
    }

    /** The call as it was written. */
    String text() {
        String call = (word + " " + String.join(" ", arguments)).strip();
        return name == null ? call : name + " = " + call;
    }
}
