package org.allocman.cli.frame;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with what the user typed, in our words; picocli's name Java's types and count arguments from 0. */
final class ParseWords {
    private static final String INVALID =
            "Invalid value for (?:option '([^']+)'|positional parameter at index [0-9.*]+ \\(([^)]+)\\))"
                    + "(?: at index [0-9]+)?(?: \\([^)]*\\))?: ";
    private static final Pattern TYPE =
            Pattern.compile(INVALID + "'(.*)' is not an? (int|long|boolean)", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile(
            INVALID + "expected one of \\[(.*)\\] \\(case-(?:in)?sensitive\\) but was '(.*)'", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(INVALID + "(.*)", Pattern.DOTALL);
    private static final Pattern TWICE =
            Pattern.compile("option '([^']+)'.* should be specified only once", Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final Pattern NO_VALUE =
            Pattern.compile("Missing required parameter for option '([^']+)' \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile("Missing required (?:option|options|parameter|parameters): (.*)", Pattern.DOTALL);

    private static final int MOST_NEAR = 3;

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
            String typed = String.valueOf(type.group(3));
            if ("boolean".equals(type.group(4))) {
                return what + " takes no value, and there is '" + typed + "'";
            }
            String most = "int".equals(type.group(4)) ? "2^31 - 1" : "2^63 - 1";
            return DIGITS.matcher(typed).matches()
                    ? what + " takes a number of no more than " + most + ", and " + typed + " is beyond"
                    : what + " takes a whole number, not '" + typed + "'";
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
        Matcher twice = TWICE.matcher(message);
        if (twice.matches()) {
            return twice.group(1) + " is given twice";
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
            String option = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return "there is no option " + option
                    + near(
                            option,
                            command.getCommandSpec().options().stream()
                                    .filter(one -> !one.hidden())
                                    .map(OptionSpec::longestName)
                                    .toList());
        }
        boolean takesCommands = !command.getSubcommands().isEmpty();
        return takesCommands && command.getCommandSpec().positionalParameters().isEmpty()
                ? "there is no command '" + first + "'"
                        + near(first, List.copyOf(command.getSubcommands().keySet()))
                : "'" + first + "' is one argument too many";
    }

    private static String near(String typed, List<String> names) {
        List<String> near = NearMatches.of(typed, names);
        return near.size() > MOST_NEAR ? "" : NearMatches.hint(near);
    }
}
