package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.allocman.cli.InProcess;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every key that a command prints stands on the page, and every key on the page is printed. */
class JsonKeysTest {
    private static final Pattern RUN = Pattern.compile("<!-- run: (.*?)(?: # ends with (\\d+))? -->");
    private static final Pattern ROW = Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]*)`");

    @Test
    void thePageHasEveryKey() throws Exception {
        String[] sections = Checkout.text("docs/json.md").split("\n## ");
        Set<String> commands = new TreeSet<>();
        for (String section : Arrays.asList(sections).subList(1, sections.length)) {
            commands.add(section.split("\\s+")[1]);
            Set<String> documented = new TreeSet<>();
            ROW.matcher(section)
                    .results()
                    .flatMap(row -> NAME.matcher(row.group(1)).results())
                    .forEach(name -> documented.add(name.group(1)));
            Set<String> printed = new TreeSet<>();
            Matcher run = RUN.matcher(section);
            while (run.find()) {
                int code = run.group(2) == null ? 0 : Integer.parseInt(run.group(2));
                collect(json(run.group(1), code), "", printed, documented);
            }
            assertFalse(
                    printed.isEmpty(), "nothing is run for " + section.lines().findFirst());
            assertEquals(
                    String.join("\n", documented),
                    String.join("\n", printed),
                    section.lines().findFirst()::get);
        }
        assertEquals(commandsWithJson(), commands, "docs/json.md has a section for each command that has --json");
    }

    private static Set<String> commandsWithJson() {
        return InProcess.commandLine().getSubcommands().entrySet().stream()
                .filter(command -> command.getValue().getCommandSpec().findOption("--json") != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode json(String command, int code) {
        InProcess run = InProcess.run(command.split(" "));
        assertEquals(code, run.code(), run::err);
        return JsonMapper.builder().build().readTree(run.out());
    }

    /** Adds the paths of all values; a value that is empty or null is a path itself, if the page has nothing below it. */
    private static void collect(JsonNode node, String path, Set<String> found, Set<String> documented) {
        if (documented.contains(path)) {
            found.add(path);
            return;
        }
        if (node.isObject()) {
            if (documented.contains(path + ".*")) {
                found.add(path + ".*");
                return;
            }
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((key, value) -> collect(value, path.isEmpty() ? key : path + "." + key, found, documented));
        } else if (node.isArray() && !node.isEmpty()) {
            for (JsonNode entry : node) {
                collect(entry, path + "[]", found, documented);
            }
        } else {
            boolean empty = node.isNull() || node.isArray();
            List<String> below = documented.stream()
                    .filter(key -> key.startsWith(path + ".") || key.startsWith(path + "[]"))
                    .toList();
            if (!empty || below.isEmpty()) {
                found.add(path);
            }
            assertTrue(!path.isEmpty(), "a command prints an object or a list");
        }
    }
}
