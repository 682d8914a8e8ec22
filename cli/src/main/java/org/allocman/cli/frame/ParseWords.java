package org.allocman.cli.frame;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with what the user typed, in our words; picocli's name Java's types and count arguments from 0. */
final class ParseWords {
    private static final String INVALID =
            "Invalid value for (?:option '([^']+)'|positional parameter at index [0-9.*]+ \\(([^)]+)\\))[^:]*: ";
    private static final Pattern TYPE =
            Pattern.compile(INVALID + "'(.*)' is not an? (int|long|boolean)", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile(
            INVALID + "expected one of \\[(.*)\\] \\(case-(?:in)?sensitive\\) but was '(.*)'", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(INVALID + "(.*)", Pattern.DOTALL);
    private static final Pattern NO_VALUE =
            Pattern.compile("Missing required parameter for option '([^']+)' \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile("Missing required (?:option|options|parameter|parameters): (.*)", Pattern.DOTALL);

    private ParseWords() {}

    static String of(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
        }
        String message = String.valueOf(mistake.getMessage());
        Matcher type = TYPE.matcher(message);
        if (type.matches()) {
            String what = name(type);
            return "boolean".equals(type.group(4))
                    ? what + " takes no value, and there is '" + type.group(3) + "'"
                    : what + " takes a whole number, not '" + type.group(3) + "'";
        }
        Matcher words = WORDS.matcher(message);
        if (words.matches()) {
            return name(words) + " takes one of "
                    + String.valueOf(words.group(3)).toLowerCase(Locale.ROOT) + ", not '" + words.group(4) + "'";
        }
        Matcher value = VALUE.matcher(message);
        if (value.matches()) {
            return name(value) + ": " + value.group(3);
        }
        Matcher none = NO_VALUE.matcher(message);
        if (none.matches()) {
            return none.group(1) + " takes a value, " + none.group(2);
        }
        Matcher missing = MISSING.matcher(message);
        return missing.matches() ? String.valueOf(missing.group(1)).replace("'", "") + " is missing" : message;
    }

    private static String name(Matcher matcher) {
        return String.valueOf(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    /** The first that nobody knows; what follows it may be its value. */
    private static String unmatched(CommandLine command, List<String> unmatched) {
        String first = unmatched.get(0);
        if (first.startsWith("-") && first.length() > 1) {
            return "there is no option " + first;
        }
        boolean takesCommands = !command.getSubcommands().isEmpty();
        return takesCommands && command.getCommandSpec().positionalParameters().isEmpty()
                ? "there is no command '" + first + "'"
                : "'" + first + "' is one argument too many";
    }
}
