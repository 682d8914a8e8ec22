package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --html}: the page of every command, and the line on it that makes the same run again. */
class PageTest {
    private static final String CHAIN = """
            system allocman
            board tiny
            size 3
            faults 2
            step allocate a frame [refused: 1]
            step allocate an endpoint
            step free object 0
            """;

    @TempDir
    private Path folder;

    private JsonNode run(String... arguments) throws IOException {
        Path page = folder.resolve("a page.html");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--html");
        all.add(page.toString());
        Run run = Run.of(all.toArray(new String[0]));
        assertFalse(run.showsAStackTrace(), run.err());
        assertTrue(run.err().contains("a page.html shows "), run.err());
        return content(page);
    }

    static JsonNode content(Path page) throws IOException {
        String text = Files.readString(page);
        String start = "id=\"run\">";
        int at = text.indexOf(start) + start.length();
        byte[] packed = Base64.getDecoder().decode(text.substring(at, text.indexOf('<', at)));
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JsonMapper.builder().build().readTree(in.readAllBytes());
        }
    }

    /** The words of a line as a shell reads them; quotes are the only thing that it has. */
    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        boolean isQuoted = false;
        for (String part : line.split("'")) {
            if (isQuoted) {
                words.add(part);
            } else {
                words.addAll(List.of(part.strip().split(" +")));
            }
            isQuoted = !isQuoted;
        }
        assertEquals("bin/allocman", words.remove(0));
        return words.toArray(new String[0]);
    }

    private void assertTheLineRepeatsTheRun(JsonNode first) throws IOException {
        Run.of(words(first.get("command").asString()));
        assertEquals(first, content(folder.resolve("a page.html")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boot --board tiny --objects 20 --seed 7 -q",
                "boot --board k64f --objects 20 --manager split --cspace 2:10:10 --fail 12",
                "xous --steps 30 --seed 5 --processes 2 --json",
                "xous --steps 30 --table PROGRAMMATIC --fail 40 --width 50",
                "uvisor --steps 40 --block-size 4K",
                "uvisor --steps 40 --fail 30"
            })
    void theLineOnThePageMakesTheSameRunAgain(String line) throws IOException {
        JsonNode first = run(line.split(" "));
        assertTrue(first.get("steps").size() > 20);
        Files.delete(folder.resolve("a page.html"));
        assertTheLineRepeatsTheRun(first);
    }

    @Test
    void aChainAndARecordingAreRepeatedToo() throws IOException {
        Path chain = Files.writeString(folder.resolve("chain"), CHAIN);
        JsonNode first = run("replay", "chain", chain.toString());
        assertTrue(first.toString().contains("NotEnoughMemory"), "the refused invocation is on the page");
        assertTheLineRepeatsTheRun(first);
    }

    @ParameterizedTest
    @CsvSource({
        "paging,../test/conformance/src/test/resources/org/allocman/conformance/kernel/paging-x86_64-1500.txt.gz",
        "allocman,../test/conformance/src/test/resources/org/allocman/conformance/allocman-1-900.txt.gz",
        "xous,../test/conformance/src/test/resources/org/allocman/conformance/xous-1-1000.txt.gz",
        "uvisor,../test/core/src/test/resources/org/allocman/uvisor/pages-1500.txt"
    })
    void everyRecordedStepIsOnThePage(String kind, String recording) throws IOException {
        JsonNode run = run("replay", kind, recording);
        List<String> steps = run.get("steps").findValuesAsString("kind");
        assertTrue(steps.stream().filter("call"::equals).count() >= 900);
        assertEquals(0, run.get("steps").findValues("wrong").size());
        assertTheLineRepeatsTheRun(run);
    }

    @Test
    void aRecordingWithoutMemoryMakesNoPage() {
        Run run = Run.of(
                "replay",
                "uvisor",
                "../test/core/src/test/resources/org/allocman/uvisor/queue.txt",
                "--html",
                folder.resolve("none.html").toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("no memory to make a page of"), run.err());
    }

    @ParameterizedTest
    @CsvSource({"boot --board tiny --objects 20,17", "xous --steps 30,70", "uvisor --steps 40,30"})
    void theInvocationThatAStepSaysCanFailIsTheOneThatFails(String line, int invocation) throws IOException {
        JsonNode whole = run(line.split(" "));
        String breaking = whole.get("breaking").asString() + " --fail " + invocation;
        Run.of(words(breaking));
        JsonNode broken = content(folder.resolve("a page.html"));
        int step = stepOf(whole, invocation);
        assertEquals(step, stepOf(broken, invocation));
        assertEquals(
                whole.get("steps").get(step).get("kind"),
                broken.get("steps").get(step).get("kind"));
        assertEquals(
                "NotEnoughMemory",
                broken.get("steps").get(step).get("error").asString().split(" ")[0]);
    }

    /** Which step an invocation is, as the page counts them. */
    private static int stepOf(JsonNode run, int invocation) {
        int count = 0;
        for (int i = 0; i < run.get("steps").size(); i++) {
            String kind = run.get("steps").get(i).get("kind").asString();
            count += kind.equals("records") || kind.equals("call") ? 0 : 1;
            if (count == invocation) {
                return i;
            }
        }
        throw new AssertionError("there is no invocation " + invocation);
    }

    @Test
    void pagesOfXousAndBlocksOfUvisorHaveTheirOwners() throws IOException {
        JsonNode xous = run("xous", "--steps", "30");
        assertEquals(
                "PID 1, the kernel", xous.get("cells").get("owners").get("1").asString());
        assertTrue(xous.get("cells").get("owners").has("2"));
        JsonNode uvisor = run("uvisor", "--steps", "30");
        assertTrue(uvisor.get("cells").get("owners").toString().contains("\"sensor\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explore --system toy", "explore --depth 1"})
    void whereNoRuleIsBrokenThereIsNoPage(String line) {
        List<String> all = new ArrayList<>(List.of(line.split(" ")));
        Path page = folder.resolve("none.html");
        all.addAll(List.of("-q", "--html", page.toString()));
        Run run = Run.of(all.toArray(new String[0]));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("no history to make a page of"), run.err());
        assertFalse(Files.exists(page));
    }
}
