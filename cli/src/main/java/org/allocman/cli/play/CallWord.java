package org.allocman.cli.play;

import java.util.Arrays;
import java.util.List;

/**
 * A word that a line can begin with, and what stands behind it.
 *
 * @param word the word
 * @param arguments what each argument is, in capitals; those in brackets may be left out
 * @param meaning what it does
 */
public record CallWord(String word, List<String> arguments, String meaning) {
    /**
     * Copies the arguments.
     *
     * @param word the word
     * @param arguments what each argument is
     * @param meaning what it does
     */
    public CallWord {
        arguments = List.copyOf(arguments);
    }

    /**
     * A word by its form.
     *
     * @param form for instance {@code map PROCESS BYTES [FLAGS]}
     * @param meaning what it does
     * @return the word
     */
    public static CallWord of(String form, String meaning) {
        String[] parts = form.split(" ");
        return new CallWord(parts[0], Arrays.asList(parts).subList(1, parts.length), meaning);
    }

    /**
     * The word and its arguments, as help shows them.
     *
     * @return what {@link #of} was given
     */
    public String form() {
        return arguments.isEmpty() ? word : word + " " + String.join(" ", arguments);
    }

    /** Whether so many arguments may stand behind it. */
    boolean takes(int count) {
        long needed =
                arguments.stream().filter(argument -> !argument.startsWith("[")).count();
        return needed <= count && count <= arguments.size();
    }
}
