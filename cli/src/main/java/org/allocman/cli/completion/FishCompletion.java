package org.allocman.cli.completion;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, which picocli does not write: subcommands at their places and every long option. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandLine all) {
        StringBuilder script = new StringBuilder("# fish completion for allocman\n");
        add(script, all, "__fish_use_subcommand");
        return script.toString();
    }

    private static void add(StringBuilder script, CommandLine command, String where) {
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            String[] text = sub.getValue().getCommandSpec().usageMessage().description();
            line(script, where, " -f -a " + sub.getKey(), text.length == 0 ? "" : text[0]);
        }
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            String inside = "__fish_seen_subcommand_from " + sub.getKey();
            String before = where.equals("__fish_use_subcommand") ? "" : where + "; and ";
            options(script, sub.getValue().getCommandSpec(), before + inside);
            if (!sub.getValue().getSubcommands().isEmpty()) {
                add(script, sub.getValue(), inside);
            }
        }
    }

    private static void options(StringBuilder script, CommandSpec spec, String where) {
        for (OptionSpec option : spec.options()) {
            String[] text = option.description();
            String name = option.longestName();
            if (name.startsWith("--")) {
                String argument = option.arity().max() > 0 ? " -r" : "";
                line(script, where, " -l " + name.substring(2) + argument, text.length == 0 ? "" : text[0]);
            }
        }
    }

    private static void line(StringBuilder script, String where, String what, String description) {
        String quoted = description.replace("\\", "\\\\").replace("'", "\\'").replaceAll("%.", "");
        script.append("complete -c allocman -n '").append(where).append('\'').append(what);
        script.append(" -d '").append(quoted).append("'\n");
    }
}
