package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.allocman.cli.InProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/**
 * Commands on pages run. In a block {@code sh} each line is a command; in a block {@code console} a command stands behind a
 * dollar sign, and below it what it prints, if that is shown; {@code …} stands for anything. A file that a page shows under the comment
 * {@code file: NAME}, or with {@code $ cat NAME}, is there for the commands of the page. A command with a word in capitals
 * in place of an argument is looked at, but not run. A command that ends with another code than 0 has the comment
 * {@code # ends with 1} behind it.
 */
class ShellBlocksTest {
    private static final String US = "bin/allocman";
    private static final Set<String> OTHERS = Set.of("./mvnw", "java", "git", "cd", "jfr", ".ci/run", "dot", "export");
    private static final Pattern CODE = Pattern.compile("# ends with (\\d+)$");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z_:0-9]+");
    private static final Pattern SETTING = Pattern.compile("[A-Z_]+=.*");
    private static final Pattern FILE =
            Pattern.compile("[\\w./-]+\\.(html|txt|yaml|json|dot|svg|args|cdl|img|script|gz)");

    @TempDir
    Path scratch;

    private final Map<String, InProcess> ran = new TreeMap<>();

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                if (block.notes().containsKey("file")) {
                    write(block.notes().get("file"), block.lines());
                }
            }
            for (Page.Block block : page.blocks()) {
                if (block.language().equals("sh")) {
                    for (String line : block.lines()) {
                        check(block, line, null, wrong);
                    }
                } else if (block.language().equals("console")) {
                    console(block, wrong);
                }
            }
            // a file of this name is another one on the next page
            ran.keySet().removeIf(command -> command.contains(scratch.toString()));
        }
        assertEquals("", String.join("\n\n", wrong));
    }

    private void console(Page.Block block, List<String> wrong) throws IOException {
        List<String> lines = block.lines();
        if (lines.get(0).startsWith("allocman> ")) {
            return; // a session of the shell, which the test of the shell takes again
        }
        assertTrue(lines.get(0).startsWith("$ "), () -> block.place() + " begins with no command");
        int next = 0;
        while (next < lines.size()) {
            int end = next + 1;
            while (end < lines.size() && !lines.get(end).startsWith("$ ")) {
                end++;
            }
            String command = lines.get(next).substring(2);
            List<String> output = lines.subList(next + 1, end);
            if (command.startsWith("cat ")) {
                write(command.substring(4), output);
            } else {
                check(block, command, output, wrong);
            }
            next = end;
        }
    }

    private void write(String name, List<String> lines) throws IOException {
        Path file = scratch.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private void check(Page.Block block, String line, List<String> output, List<String> wrong) {
        var code = CODE.matcher(line);
        int expected = code.find() ? Integer.parseInt(code.group(1)) : 0;
        List<String> words = Arrays.stream(
                        line.replaceAll("\\s+#.*|^#.*", "").strip().split("\\s+"))
                .filter(word -> !word.isEmpty() && !SETTING.matcher(word).matches())
                .toList();
        if (words.isEmpty()) {
            return;
        }
        String place = block.place() + ": " + line;
        if (!words.get(0).equals(US)) {
            if (!OTHERS.contains(words.get(0))) {
                wrong.add(place + "\n  is no command of ours");
            }
            return;
        }
        String[] arguments = words.stream().skip(1).map(this::argument).toArray(String[]::new);
        if (Arrays.stream(arguments).anyMatch(word -> PLACEHOLDER.matcher(word).matches())) {
            try {
                InProcess.commandLine().parseArgs(arguments);
            } catch (ParameterException e) {
                wrong.add(place + "\n  " + e.getMessage());
            }
            return;
        }
        InProcess run = ran.computeIfAbsent(String.join(" ", arguments), key -> InProcess.run(arguments));
        if (run.code() != expected) {
            wrong.add(place + "\n  ended with " + run.code() + ", not " + expected + ": " + run.err());
        } else if (output != null && !output.isEmpty()) {
            List<String> printed =
                    (run.out() + run.err()).replace(scratch + "/", "").lines().toList();
            if (!matches(String.join("\n", output), String.join("\n", printed))) {
                wrong.add(place + "\n  prints\n" + String.join("\n", printed));
            }
        }
    }

    /** Files that are there are looked for from the top of the project; all others are in the scratch directory. */
    private String argument(String word) {
        return !FILE.matcher(word).matches() || Files.exists(Checkout.ROOT.resolve(word)) && !word.startsWith("target/")
                ? FILE.matcher(word).matches() ? Checkout.ROOT.resolve(word).toString() : word
                : scratch.resolve(word).toString();
    }

    private static boolean matches(String shown, String printed) {
        String pattern = Arrays.stream(shown.strip().split("…", -1))
                .map(Pattern::quote)
                .reduce((left, right) -> left + ".*?" + right)
                .orElse("");
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(printed.strip().replaceAll("[ \\t]+(?=\\n)", ""))
                .matches();
    }
}
