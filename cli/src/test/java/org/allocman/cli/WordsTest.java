package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every word that help or completion offers is taken, in lower, upper and mixed case. */
class WordsTest {
    /** What else has to be typed so that a command is quick. */
    private static final Map<String, String> QUICK = Map.ofEntries(
            Map.entry("allocman boot", "--board tiny --objects 5 -q"),
            Map.entry("allocman plan", "--board tiny --workload frames=2"),
            Map.entry("allocman boards", "--json"),
            Map.entry("allocman measure", "--work churn --n 0 -q"),
            Map.entry(
                    "allocman sweep",
                    "--board tiny --manager arena --cspace current --objects 2 --seeds 1 --rounds 1 -q"),
            Map.entry("allocman explore", "--board tiny --system kernel --size 2 --depth 0 -q"),
            Map.entry("allocman xous", "--board tiny --processes 1 --steps 2 -q"),
            Map.entry("allocman xous play", "src/test/resources/org/allocman/cli/xous/pull-980.play"),
            Map.entry("allocman uvisor", "--board stm32f429 --steps 2 -q"),
            Map.entry("allocman uvisor run", "--board stm32f429 --steps 2 -q"),
            Map.entry("allocman uvisor play", "src/test/resources/org/allocman/cli/uvisor/regions.play"),
            Map.entry("allocman resource", "--board qemu-arm-virt --resource xous-page --units 4 --steps 4 -q"),
            Map.entry("allocman lesson", ""),
            Map.entry("allocman lesson grade", "src/test/resources/org/allocman/cli/uvisor"),
            Map.entry("allocman shell", "--board tiny --script pom.xml --no-history"),
            Map.entry("allocman playground", "target/p.html"),
            Map.entry("allocman export", "--board tiny json"),
            Map.entry("allocman serve", "--board tiny --listen nowhere"),
            Map.entry("allocman contract", "--kernel ./no-such-program"),
            Map.entry("allocman completion", "bash"));

    private record Word(String command, String option, String word) {
        Run run(String spelling) {
            List<String> line = new ArrayList<>(
                    List.of(command.substring("allocman ".length()).split(" ")));
            List<String> rest =
                    new ArrayList<>(List.of(QUICK.getOrDefault(command, "").split(" ")));
            rest.removeIf(String::isEmpty);
            int at = rest.indexOf(option);
            if (at >= 0) {
                rest.subList(at, at + 2).clear();
            } else if (option.isEmpty()
                    && !rest.isEmpty()
                    && !rest.get(rest.size() - 1).startsWith("-")) {
                rest.remove(rest.size() - 1);
            }
            line.addAll(rest);
            if (!option.isEmpty()) {
                line.add(option);
            }
            line.add(spelling);
            if (option.equals("--board")) {
                // ends the command once the board is found: a built-in one has no devices to choose from
                line.addAll(List.of("--device", "none"));
            }
            return Run.of(line.toArray(new String[0]));
        }
    }

    static Stream<Word> words() {
        List<Word> words = new ArrayList<>();
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        add(
                "allocman",
                Commands.commandLine(new Console(nowhere, nowhere, false, false))
                        .getCommandSpec(),
                words);
        return words.stream();
    }

    /** The path has the names that users type, which a command that is there twice does not know. */
    private static void add(String path, CommandSpec command, List<Word> words) {
        command.subcommands().forEach((name, sub) -> add(path + " " + name, sub.getCommandSpec(), words));
        for (ArgSpec argument : command.args()) {
            Iterable<String> candidates = argument.completionCandidates();
            if (candidates != null) {
                String option = argument instanceof OptionSpec named ? named.longestName() : "";
                candidates.forEach(word -> words.add(new Word(path, option, word)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordIsTakenInAnyCase(Word word) {
        Run lower = word.run(word.word().toLowerCase(Locale.ROOT));
        assertFalse(refuses(lower, word.word()), lower::err);
        assertTrue(!word.option().equals("--board") || lower.err().contains("--device chooses"), lower::err);
        StringBuilder mixed = new StringBuilder();
        word.word()
                .chars()
                .forEach(c -> mixed.append(
                        (char) (mixed.length() % 2 == 0 ? Character.toUpperCase(c) : Character.toLowerCase(c))));
        for (String spelling : List.of(word.word().toUpperCase(Locale.ROOT), mixed.toString())) {
            Run other = word.run(spelling);
            assertFalse(refuses(other, spelling), other::err);
            assertEquals(lower.err(), other.err(), spelling);
            assertEquals(lower.code(), other.code(), spelling);
        }
    }

    /** Messages about a word that is not known have it between quotes. */
    private static boolean refuses(Run run, String spelling) {
        return run.err().contains("'" + spelling + "'");
    }

    @Test
    void theWordsOfMostOptionsAreKnown() {
        List<String> options = words().map(Word::option).distinct().toList();
        assertTrue(
                options.containsAll(Arrays.asList(
                        "--board",
                        "--arch",
                        "--manager",
                        "--cspace-design",
                        "--work",
                        "--system",
                        "--resource",
                        "--table",
                        "--mpu",
                        "")),
                options::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "CURRENT", "Current"})
    void theCurrentCSpaceIsTakenInAnyCase(String current) {
        assertEquals(
                Exit.GOOD,
                Run.of("boot", "-q", "--objects", "5", "--cspace", current).code());
    }
}
