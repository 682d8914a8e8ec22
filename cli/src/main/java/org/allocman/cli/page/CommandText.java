package org.allocman.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The line that makes a run again: the command with every option that decides what happens, those with default values, too,
 * so that it stays true when a default changes.
 */
public final class CommandText {
    /** The option that asks for a page. */
    static final String PAGE = "--html";

    private static final Set<String> ONLY_SHOWN = Set.of("--json", "--quiet", "--width", "--help");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

    private final CommandSpec spec;

    CommandText(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Some of the options as they were typed.
     *
     * @param spec the command
     * @param names the options' long names
     * @return words with a space before each; nothing if none of them was typed
     */
    public static String typed(CommandSpec spec, List<String> names) {
        List<String> words = new ArrayList<>(List.of(""));
        for (String name : names) {
            OptionSpec option = spec.findOption(name);
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                add(words, option, true);
            }
        }
        return String.join(" ", words);
    }

    /** The line. */
    String again() {
        return text(true);
    }

    /** The line without the fault that the run had; null if the command can have none. */
    @Nullable
    String withoutFault() {
        return spec.findOption(FaultOption.NAME) == null ? null : text(false);
    }

    private String text(boolean withFault) {
        ParseResult parsed = spec.commandLine().getParseResult();
        List<String> words = new ArrayList<>();
        words.add("bin/allocman");
        // the names behind the program's own
        String[] names = spec.qualifiedName().split(" ");
        words.addAll(List.of(names).subList(1, names.length));
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            parameter.originalStringValues().forEach(value -> words.add(quoted(value)));
        }
        for (OptionSpec option : spec.options()) {
            String name = option.longestName();
            boolean isLast = name.equals(PAGE);
            boolean isFault = name.equals(FaultOption.NAME);
            if (!isLast && !ONLY_SHOWN.contains(name) && (withFault || !isFault)) {
                add(words, option, parsed.hasMatchedOption(option));
            }
        }
        OptionSpec page = spec.findOption(PAGE);
        add(words, page, true);
        return String.join(" ", words);
    }

    private static void add(List<String> words, OptionSpec option, boolean isGiven) {
        if (option.typeInfo().isBoolean()) {
            if (isGiven) {
                words.add(option.longestName());
            }
            return;
        }
        String standard = option.defaultValue();
        List<String> values =
                isGiven ? option.originalStringValues() : standard == null ? List.of() : List.of(standard);
        for (String value : values) {
            words.add(option.longestName());
            words.add(quoted(value));
        }
    }

    /** A word as a shell takes it. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
