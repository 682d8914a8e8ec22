package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.allocman.vka.args.ArgumentsFile;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class XousCommandTest {
    private static final String LAST = "all processes ended, the tables are given back, nothing is left";
    private static final Path RECORDINGS = Path.of("../test/conformance/src/test/resources/org/allocman/conformance");

    @TempDir
    private Path directory;

    @Test
    void showsWhoOwnsPrecursor() {
        Run run = Run.of("xous");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertEquals(LAST, run.lastLine());
        assertTrue(run.out().contains("owners' table  36,916"), run::out);
        assertTrue(run.outLines().stream().allMatch(line -> line.length() <= 80), run::out);
        assertTrue(run.out().contains("PID 6"), run::out);
    }

    @ParameterizedTest
    @CsvSource({"40, 20", "60, 63", "200, 3"})
    void theMapFitsItsWidth(int width, int processes) {
        Run run = Run.of("xous", "-q", "--width", "" + width, "--processes", "" + processes, "--steps", "200");
        assertEquals(Exit.GOOD, run.code(), run::err);
        run.outLines().stream()
                .filter(line -> line.startsWith("  "))
                .forEach(line -> assertTrue(line.length() <= width, line));
        assertTrue(run.out().contains("PID " + (processes + 1)), run::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"array", "programmatic", "Programmatic", "ARRAY"})
    void bothTablesGiveTheSameRun(String form) {
        JsonNode run = JsonMapper.builder()
                .build()
                .readTree(Run.of("xous", "--json", "--table", form).out());
        assertEquals(5 + 1, run.get("owners").size());
        assertEquals(
                36_916,
                run.get("ranges")
                        .valueStream()
                        .mapToLong(range -> range.get("pages").asLong())
                        .sum());
        assertEquals(
                form.equalsIgnoreCase("array"),
                run.get("tables").get("ownerTable").asLong() == 36_916);
        long pages = run.get("ram")
                .valueStream()
                .mapToLong(part -> part.get("pages").asLong())
                .sum();
        assertEquals(4096, pages);
        assertEquals(0, run.get("pagesLeft").asLong() + run.get("objectsLeft").asLong());
    }

    @Test
    void whateverInvocationIsRefusedTheRunGoesOnOrSaysWhatWasRefused() {
        int setUp = 0;
        for (int i = 1; i <= 200; i++) {
            int invocation = i;
            Run run = Run.of("xous", "-q", "--processes", "2", "--steps", "20", "--fail", "" + i);
            assertTrue(run.err().contains("invocation " + i + " "), () -> invocation + ": " + run.err());
            assertFalse(run.err().contains("too small") || run.err().contains("could be made:"), run::err);
            assertFalse(run.showsAStackTrace(), run::err);
            if (run.code() == Exit.BAD_INPUT) {
                // the manager itself could not be set up, and there is nothing to go on with
                assertEquals(setUp, i - 1, run::err);
                setUp = i;
                assertTrue(run.err().contains("was refused, and the run could not go on: "), run::err);
            } else {
                assertEquals(Exit.GOOD, run.code(), () -> invocation + ": " + run.err());
                assertEquals(LAST, run.lastLine());
                assertTrue(run.err().contains(") was refused "), run::err);
            }
        }
        assertTrue(setUp > 10 && setUp < 100, "" + setUp);
    }

    @ParameterizedTest
    @CsvSource({
        "--fail 0, '--fail takes the number of an invocation, 1 or more, not 0'",
        "--fail -1, '--fail takes the number of an invocation, 1 or more, not -1'",
        "--processes 0, '--processes takes a number from 1 to 63, not 0'",
        "--board tiny --arch riscv32 --processes 63, '--processes 4 can be had'",
    })
    void whatCannotBeIsToldWithWhatCan(String arguments, String saying) {
        Run run = Run.of(("xous " + arguments).split(" "));
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(saying), run::err);
    }

    @Test
    void aFaultThatNeverComesIsTold() {
        Run run = Run.of("xous", "-q", "--steps", "1", "--fail", "100000");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.err().contains("fewer invocations than --fail says"), run::err);
    }

    @Test
    void readsArgumentsInEveryForm() throws Exception {
        KernelArguments arguments = new KernelArguments(
                List.of(new NamedRange("SrEx", 0x4000_0000L, 0x80_0000), new NamedRange("CSRs", 0xf000_0000L, 0x2000)),
                List.of());
        Path tags = Files.write(directory.resolve("board.args"), ArgumentsFile.tags(arguments));
        Path text = Files.writeString(directory.resolve("board.txt"), ArgumentsFile.text(arguments));
        for (Path file : List.of(tags, text)) {
            Run run = Run.of("xous", "--board", file.toString(), "--processes", "2", "--steps", "100");
            assertEquals(Exit.GOOD, run.code(), run::err);
            assertTrue(run.out().startsWith("board, riscv32, 8 MiB of RAM at 0x40000000"), run::out);
            assertEquals(Exit.GOOD, Run.of("boards", file.toString()).code());
        }
    }

    @Test
    void otherPagedArchitecturesServe() {
        for (String board : List.of("qemu-riscv-virt", "pc99")) {
            Run run = Run.of("xous", "-q", "--board", board, "--steps", "100");
            assertEquals(Exit.GOOD, run.code(), run::err);
            assertEquals(LAST, run.lastLine());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--processes, 0, takes a number from 1 to 63",
        "--processes, 64, takes a number from 1 to 63",
        "--steps, -1, takes a number from 0",
        "--width, 39, takes a number from 40",
        "--board, k64f, page tables are not pages",
        "--board, nowhere, there is no board",
        "--table, tree, '--table takes one of array, programmatic, not ''tree'''",
        "--rules, 979, 'no rules are called ''979''; there are 73c0946, 980'"
    })
    void refusesBadInputWithASentence(String option, String value, String message) {
        Run run = Run.of("xous", option, value);
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
        assertFalse(run.showsAStackTrace());
    }

    @ParameterizedTest
    @CsvSource({"73c0946", "980"})
    void theRulesAreOfAKernel(String rules) {
        Run run = Run.of("xous", "--rules", rules, "--steps", "200", "--json");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("\"rules\" : \"" + rules + "\""), run::out);
    }

    @Test
    void refusesArgumentsThatCannotBe() throws Exception {
        Path file = Files.writeString(
                directory.resolve("wrong.args"), "MBLK,2,(0x40000000,0x800000,SrEx)(0x40000000,4096,Over)");
        Run run = Run.of("xous", "--board", file.toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(file + ", range 2: Over (0x40000000 with 0x1000 bytes) overlaps SrEx"), run::err);
        Files.write(file, "XArg".getBytes(StandardCharsets.US_ASCII));
        assertTrue(Run.of("boards", file.toString()).err().contains("end within a tag's header"));
    }

    @Test
    void aRecordingIsReplayed() {
        Run run = Run.of(
                "replay", "xous", RECORDINGS.resolve("xous-1-1000.txt.gz").toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertEquals("agree 1000 of 1000 steps", run.lastLine());
    }
}
