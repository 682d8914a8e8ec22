package org.allocman.cli.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with what the user typed, in our words; picocli's name Java's types and count arguments from 0. It is made from what an
 * exception holds, the option and the value, and never from picocli's sentence.
 */
final class ParseWords {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final int MOST_NEAR = 3;

    private ParseWords() {}

    static String of(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
        }
        if (mistake instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        if (mistake instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing());
        }
        @Nullable ArgSpec argument = mistake.getArgSpec();
        return argument == null
                ? "the arguments cannot be understood"
                : value(argument, String.valueOf(mistake.getValue()), mistake.getCause());
    }

    private static String value(ArgSpec argument, String typed, @Nullable Throwable cause) {
        String what = name(argument);
        if (argument.converters().length > 0) {
            // what a converter of ours says is in our words
            return cause instanceof TypeConversionException
                    ? what + ": " + cause.getMessage()
                    : what + " cannot be '" + typed + "'";
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        Object @Nullable [] words = type.getEnumConstants();
        if (words != null) {
            return what + " takes one of "
                    + Arrays.stream(words)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                            .toLowerCase(Locale.ROOT)
                    + ", not '" + typed + "'";
        }
        if (type == boolean.class || type == Boolean.class) {
            return what + " takes no value, and there is '" + typed + "'";
        }
        boolean isInt = type == int.class || type == Integer.class;
        if (isInt || type == long.class || type == Long.class) {
            return DIGITS.matcher(typed).matches()
                    ? what + " takes a number of no more than " + (isInt ? "2^31 - 1" : "2^63 - 1") + ", and " + typed
                            + " is beyond"
                    : what + " takes a whole number, not '" + typed + "'";
        }
        return what + " cannot be '" + typed + "'";
    }

    /** An option that need not be given lacks its value; what has to be given is not there. */
    private static String missing(List<ArgSpec> missing) {
        ArgSpec first = missing.get(0);
        if (first.isOption() && !first.required()) {
            return name(first) + " takes a value, " + first.paramLabel();
        }
        return missing.stream().map(ParseWords::withLabel).collect(Collectors.joining(", ")) + " is missing";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String withLabel(ArgSpec argument) {
        return argument.isOption() ? name(argument) + "=" + argument.paramLabel() : name(argument);
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
