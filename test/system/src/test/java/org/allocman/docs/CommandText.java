package org.allocman.docs;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.allocman.cli.InProcess;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands with all their arguments and options, as they describe themselves. */
final class CommandText {
    private CommandText() {}

    static String all() {
        StringBuilder text = new StringBuilder();
        add(text, InProcess.commandLine());
        return text.toString();
    }

    private static void add(StringBuilder text, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        text.append("## ").append(spec.qualifiedName()).append("\n\n");
        text.append(plain(spec.usageMessage().description())).append("\n\n");
        if (!spec.positionalParameters().isEmpty() || spec.options().stream().anyMatch(CommandText::isShown)) {
            text.append("| | what |\n|---|---|\n");
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                row(text, "`" + parameter.paramLabel() + "`", parameter);
            }
            for (OptionSpec option : spec.options()) {
                if (isShown(option)) {
                    String argument = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                    row(
                            text,
                            Arrays.stream(option.names())
                                    .map(name -> "`" + name + argument + "`")
                                    .collect(Collectors.joining(", ")),
                            option);
                }
            }
            text.append('\n');
        }
        command.getSubcommands().values().stream().distinct().forEach(below -> add(text, below));
    }

    private static boolean isShown(OptionSpec option) {
        return !option.hidden() && !option.usageHelp() && !option.versionHelp();
    }

    private static void row(StringBuilder text, String names, ArgSpec argument) {
        text.append("| ").append(names.replace("|", "\\|")).append(" | ");
        text.append(plain(argument.description()).replace("|", "\\|")).append(" |\n");
    }

    private static String plain(String... lines) {
        return Arrays.stream(lines)
                .map(line -> String.format(line).strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .replaceAll("@\\|\\w+ ([^|]*)\\|@", "$1");
    }
}
