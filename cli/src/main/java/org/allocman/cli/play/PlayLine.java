package org.allocman.cli.play;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.NearMatches;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A line: {@code NAME = WORD ARGUMENT... -> OUTCOME}, of which name and outcome may be left out.
 *
 * @param name what to call the result; null if it is not named
 * @param word the call
 * @param arguments what it is given
 * @param expected the outcome that it must have; null for any
 */
record PlayLine(
        @Nullable String name,
        String word,
        List<String> arguments,
        @Nullable String expected) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,31}");
    private static final String ARROW = "->";
    private static final String EQUALS = "=";

    PlayLine {
        arguments = List.copyOf(arguments);
    }

    /** Reads a line; null if there is nothing on it but a comment. */
    static @Nullable PlayLine of(String text, List<CallWord> words) throws BadInputException {
        int comment = text.indexOf('#');
        String line = (comment < 0 ? text : text.substring(0, comment)).strip();
        if (line.isEmpty()) {
            return null;
        }
        List<String> tokens = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        String expected = null;
        int arrow = tokens.indexOf(ARROW);
        if (arrow >= 0) {
            if (arrow != tokens.size() - 2) {
                throw new BadInputException("behind -> stands one outcome: ok, a number, or a refusal's name");
            }
            expected = tokens.get(arrow + 1);
            tokens = tokens.subList(0, arrow);
        }
        String name = null;
        if (tokens.size() > 1 && tokens.get(1).equals(EQUALS)) {
            name = tokens.get(0);
            if (!NAME.matcher(name).matches()) {
                throw new BadInputException(
                        "'" + name + "' is no name: letters, digits and _, 32 at most, and no digit in front");
            }
            tokens = tokens.subList(2, tokens.size());
        }
        if (tokens.isEmpty()) {
            throw new BadInputException("there is no call");
        }
        String word = tokens.get(0);
        List<String> arguments = tokens.subList(1, tokens.size());
        require(word, arguments.size(), words);
        return new PlayLine(name, word, arguments, expected);
    }

    private static void require(String word, int count, List<CallWord> words) throws BadInputException {
        List<CallWord> meant =
                words.stream().filter(one -> one.word().equals(word)).toList();
        if (meant.isEmpty()) {
            List<String> near = NearMatches.of(
                    word, words.stream().map(CallWord::word).distinct().sorted().toList());
            throw new BadInputException("there is no word '" + word + "'"
                    + (near.isEmpty() ? "; help lists those there are" : NearMatches.hint(near)));
        }
        if (meant.stream().noneMatch(one -> one.takes(count))) {
            throw new BadInputException(word + " takes "
                    + meant.stream()
                            .map(one -> one.arguments().isEmpty() ? "nothing" : String.join(" ", one.arguments()))
                            .collect(Collectors.joining(", or ")));
        }
    }

    /** The call as it was written. */
    String text() {
        String call = (word + " " + String.join(" ", arguments)).strip();
        return name == null ? call : name + " " + EQUALS + " " + call;
    }
}
