package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UvisorCommandTest {
    @TempDir
    private Path directory;

    @Test
    void drawsTheRamBeforeDuringAndAfter() {
        Run run = Run.of("uvisor", "--board", "stm32f429", "--steps", "300");
        assertEquals(Exit.GOOD, run.code(), run::err);
        List<String> maps = List.of(run.out().split("\\|arena ", -1));
        assertEquals(4, maps.size(), run::out);
        assertFalse(maps.get(1).contains("upd t0"), run::out);
        assertTrue(maps.get(2).contains("upd t0"), run::out);
        assertFalse(maps.get(3).contains("upd t0"), run::out);
        assertTrue(run.out().contains("Every block that the thread had is free again"), run::out);
        assertTrue(run.lastLine().contains("every block is free but the stack's"), run::out);
        assertTrue(run.outLines().stream().allMatch(line -> line.length() <= 130), run::out);
    }

    @ParameterizedTest
    @CsvSource({"k64f, armv7m, 8K", "k64f, armv8m, 2K", "stm32f429, armv7m, 1K", "stm32f429, kinetis, 4K"})
    void isGoodOnEveryBoardWithEveryMpu(String board, String mpu, String block) {
        Run run = Run.of("uvisor", "--board", board, "--mpu", mpu, "--block-size", block, "--steps", "100", "-q");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        assertEquals("", run.err());
    }

    @Test
    void jsonSaysWhatThePicturesShow() {
        Run run = Run.of("uvisor", "--json", "--steps", "200");
        assertEquals(Exit.GOOD, run.code(), run::err);
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals("kinetis", report.get("mpu").asString());
        assertEquals(report.get("blocks").asInt(), report.get("before").size());
        assertTrue(report.get("update").get("pieces").asInt() > 1, "blocks that are not one behind the other");
        assertEquals(count(report.get("before"), "update"), count(report.get("after"), "update"));
        assertEquals(
                count(report.get("before"), "update")
                        + report.get("update").get("blocks").asInt(),
                count(report.get("during"), "update"));
        assertTrue(report.get("work").get("denied").asInt() > 0);
        assertEquals(0, report.get("invariants").get("broken").size());
        assertTrue(report.get("wholeAgain").asBoolean());
    }

    private static int count(JsonNode blocks, String box) {
        int count = 0;
        for (JsonNode block : blocks) {
            count += box.equals(block.get("box").asString("")) ? 1 : 0;
        }
        return count;
    }

    @Test
    void narrowTerminalsHaveNarrowRows() {
        Run run = Run.of("uvisor", "--width", "40", "--steps", "0");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(
                run.outLines().stream()
                        .filter(line -> line.matches(" +0x[0-9a-f]+ .*\\|.*"))
                        .filter(line -> !line.contains("KiB"))
                        .allMatch(line -> line.length() <= 40),
                run::out);
    }

    @Test
    void boxesComeFromAFile() {
        Path file = write("""
                boxes:
                - {name: app}
                - name: radio
                  stack: 2KiB
                  threadLocal: 16
                  heap: 2048
                  blocks: 6
                  acls:
                  - {start: 0x40020000, size: 1KiB, access: read}
                """);
        Run run = Run.of("uvisor", "--board", "stm32f429", "--boxes", file.toString(), "--steps", "100");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        assertTrue(run.out().contains("radio"), run::out);
        Run alone = Run.of("uvisor", "--boxes", write("boxes: [{name: all}]").toString(), "--steps", "100", "-q");
        assertEquals(Exit.GOOD, alone.code(), () -> alone.out() + alone.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "boxes: []",
                "boxes: 7",
                "boxes: [{name: a}, {name: a}]",
                "boxes: [{name: 'no blanks'}]",
                "boxes: [{name: a, stak: 1}]",
                "boxes: [{name: a}, {name: b, stack: lots}]",
                "boxes: [{name: a}, {name: b, stack: 9GiB}]",
                "boxes: [{name: a, stack: 1KiB}]",
                "boxes: [{name: a}, {name: b, heap: 3GiB}]",
                "boxes: [{name: a}, {name: b, heap: 150KiB, stack: 150KiB}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0x40000001, size: 1KiB}]}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0x40000000}]}]",
                "boxes: [{name: a}, {name: nobody}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0, size: 32, access: all}]}]",
                "boxes: [null]",
                "boxes: [{name: a}",
                "boxes: &x [*x]"
            })
    void aFileThatCannotBeUsedIsASentence(String text) {
        Run run = Run.of("uvisor", "--boxes", write(text).toString(), "--steps", "0", "-q");
        assertEquals(Exit.BAD_INPUT, run.code(), () -> text + ": " + run.out() + run.err());
        assertTrue(run.err().startsWith("allocman: "), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        assertFalse(run.showsAStackTrace());
    }

    @ParameterizedTest
    @CsvSource({
        "--board, pc99, has an MMU",
        "--board, nothing, there is no board",
        "--mpu, arm, --mpu takes",
        "--block-size, 3000, no block has 3000 bytes",
        "--block-size, 512, no block has 512 bytes",
        "--block-size, 512K, no room for a block",
        "--steps, -1, --steps takes",
        "--width, 10, --width takes",
        "--boxes, no-such-file, no such file"
    })
    void badArgumentsAreASentence(String option, String value, String message) {
        Run run = Run.of("uvisor", option, value);
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(message), run::err);
        assertFalse(run.showsAStackTrace());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boxes: 5|line 1, column 8 (boxes): this is not what a description of boxes has here: a list belongs here, not '5'",
                "boxes: [main, a]|(boxes[0]): this is not what a description of boxes has here: a group of keys and values belongs here, not 'main'",
                "hello world|line 1, column 1: this is not what a description of boxes has here: a group of keys and values belongs here, not 'hello world'",
                "boxes: [{name: [a]}]|(boxes[0].name): this is not what a description of boxes has here: a word or a number belongs here, not a list",
                "boxes: [{name: a, acls: [{shared: perhaps}]}]|belongs here, not 'perhaps'",
                "boxes: [{name: a, stak: 1}]|boxes[0].stak: unknown key 'stak'",
                "boxes: [{name: a}, {name: b}|no valid YAML: a list in [ ] is not closed, or a comma is missing in it",
                "boxes: [{name: \"a}]|no valid YAML: a quote is not closed",
                "boxes: [{name: a}] x: 3|no valid YAML: ",
                "boxes: [[[[[[[[[[[1]]]]]]]]]]]|a group of keys and values belongs here, not a list",
                "''|line 1: the description is empty"
            })
    void whatIsWrongInAFileIsSaidInOurWords(String text, String message) {
        Run run = Run.of("uvisor", "--boxes", write(text).toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(message.replace('\'', '"')), run::err);
        assertFalse(run.err().matches("(?s).*(Jackson|deserial|[Tt]oken|`|java|while |expected).*"), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boxes: [{name: a, blocks: -1}]|boxes[0].blocks: '-1' is no number of blocks, like 0 or 12",
                "boxes: [{name: a, blocks: 4K}]|boxes[0].blocks: '4K' is no number of blocks",
                "boxes: [{name: a, acls: [{start: 0, size: 32, access: Write}]}]|boxes[0].acls[0].access: 'Write' is neither read nor read-write"
            })
    void whatABoxCannotHaveIsSaidWithItsPlace(String text, String message) {
        Run run = Run.of("uvisor", "--boxes", write(text).toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(message), run::err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boxes: [{name: a}, {name: b, blocks: 0, heap: 4KiB}]",
                "boxes: [{name: a}, {name: b}]",
                "boxes: [{name: a, threadLocal: 64}, {name: b, stack: 1KiB, heap: 512}]",
                "boxes: [{name: a}, {name: b, heap: 8}]",
                "boxes: [{name: a, blocks: 0}]",
                "boxes: [{name: a, blocks: 0}, {name: b, blocks: 0}]",
                "boxes: [{name: m}, {name: a, heap: 256}, {name: b, heap: 256}, {name: c, heap: 256},"
                        + " {name: d, heap: 256}, {name: e, heap: 256}, {name: f, heap: 256}, {name: g, heap: 256},"
                        + " {name: h, heap: 256}]"
            })
    void validBoxesAreNotRefusedBecauseTheStoryDoesNotFit(String text) {
        for (String mpu : List.of("armv7m", "kinetis")) {
            Run run =
                    Run.of("uvisor", "run", "--mpu", mpu, "--boxes", write(text).toString(), "--steps", "100");
            assertEquals(Exit.GOOD, run.code(), () -> text + ": " + run.out() + run.err());
            assertEquals("", run.err());
        }
    }

    @Test
    void whatTheStoryLeavesOutIsSaid() {
        String boxes = write("boxes: [{name: a, blocks: 0}, {name: b, blocks: 0, heap: 8}]")
                .toString();
        Run run = Run.of("uvisor", "--boxes", boxes, "--steps", "10");
        assertTrue(
                run.out().contains("Left out: box b does not take 3 blocks: it may not have so many blocks."),
                run::out);
        assertTrue(
                run.out().contains("Left out: no box can play the update (box b: it has no heap; box a: it may"),
                run::out);
        JsonNode report = JsonMapper.builder()
                .build()
                .readTree(Run.of("uvisor", "--boxes", boxes, "--json", "--steps", "10")
                        .out());
        assertTrue(report.get("update").isNull());
        assertEquals(2, report.get("leftOut").size());
        assertEquals(0, report.get("during").size());
    }

    @Test
    void placeShowsWhereBoxesGoAndNothingElse() {
        Run run = Run.of("uvisor", "place", "--board", "stm32f429");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("0x20004000 |############---sssssssss| sensor, 8 KiB"), run::out);
        assertTrue(run.out().contains("all 0x20000000+16 KiB without eighths 0x8"), run::out);
        assertTrue(
                run.out()
                        .contains(
                                "In the order main, update, sensor they take 24 KiB; as given they would take 32 KiB"),
                run::out);
        assertTrue(run.out().contains("  box_sensor (rw) : ORIGIN = 0x20004000, LENGTH = 0x2000"), run::out);
        assertFalse(run.out().contains("update before"), run::out);
    }

    @Test
    void placeShowsWhatBoxesMayReach() {
        String boxes = write("""
                boxes:
                - name: main
                  acls:
                  - {start: 0x40020800, size: 1KiB, access: READ, shared: true}
                - name: radio
                  acls:
                  - {start: 0x40020000, size: 512}
                  - {start: 0x50060800, size: 1KiB, access: Read-Write}
                """).toString();
        Run run = Run.of("uvisor", "place", "--board", "stm32f429", "--boxes", boxes);
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("""
                   box     may reach   size  access      shared
                   main   0x40020800  1 KiB  read        yes
                   radio  0x40020000  512 B  read-write
                   radio  0x50060800  1 KiB  read-write
                """), run::out);
        JsonNode acls = JsonMapper.builder()
                .build()
                .readTree(Run.of("uvisor", "place", "--board", "stm32f429", "--boxes", boxes, "--json")
                        .out())
                .get("acls");
        assertEquals(3, acls.size());
        assertEquals(
                "{\"box\":\"main\",\"start\":1073874944,\"bytes\":1024,\"writable\":false,\"shared\":true}",
                acls.get(0).toString());
        assertFalse(Run.of("uvisor", "place").out().contains("may reach"));
    }

    @ParameterizedTest
    @CsvSource({
        "CM3, true",
        "CM4, true",
        "CM4F, true",
        "Cortex-M4, true",
        "SC300, true",
        "CM7, false",
        "CM33, false",
        "CM0PLUS, false",
        "'', true"
    })
    void nobodyIsGivenBitBandsOfACoreThatHasThem(String core, boolean hasBitBands) throws Exception {
        Path board = Files.writeString(
                directory.resolve("board.yaml"), """
                name: parts
                architecture: mpu
                %s
                regions:
                - {name: sram, kind: ram, start: 0x20000000, size: 256KiB}
                - {name: apb, kind: device, start: 0x42000000, size: 4KiB}
                """.formatted(core.isEmpty() ? "" : "core: " + core));
        String boxes = write("boxes: [{name: m}, {name: one, acls: [{start: 0x42000000, size: 4KiB}]}]")
                .toString();
        Run run = Run.of("uvisor", "place", "--board", board.toString(), "--boxes", boxes);
        assertEquals(hasBitBands ? Exit.BAD_INPUT : Exit.GOOD, run.code(), run::err);
        assertEquals(
                hasBitBands,
                run.err()
                        .contains("where the core shows the bits of 0x40000000 to 0x4000007f (bit-band); a box asks for"
                                + " that itself"),
                run::err);
        assertEquals(
                Exit.GOOD,
                Run.of("uvisor", "place", "--board", board.toString(), "--boxes", boxes, "--no-bit-bands")
                        .code());
    }

    @Test
    void aStartThatWasRefusedIsToldForWhatItIs() {
        for (String fail : List.of("1", "2", "3")) {
            Run run = Run.of("uvisor", "--steps", "10", "--fail", fail, "-q");
            boolean isStart = run.err().contains("was refused while uVisor started, and it cannot go on: ");
            assertEquals(isStart ? Exit.BAD_INPUT : Exit.GOOD, run.code(), run::err);
            assertFalse(run.err().contains("least RAM"), run::err);
        }
        assertTrue(Run.of("uvisor", "--fail", "1")
                .err()
                .contains("k64f: invocation 1 (retype) was refused while uVisor started"));
    }

    @Test
    void whoRunsAloneIsToldWhatWouldDo() throws Exception {
        Path board = Files.writeString(
                directory.resolve("board.yaml"),
                "name: small\narchitecture: mpu\ncore: CM3\nregions:\n"
                        + "- {name: sram, kind: ram, start: 0x20000000, size: 40KiB}\n");
        String boxes = write("boxes: [{name: all}]").toString();
        Run run = Run.of("uvisor", "place", "--board", board.toString(), "--block-size", "1K", "--boxes", boxes);
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(
                run.err()
                        .matches(
                                "(?s).*runs alone, without kernel and manager: .*; with these boxes and blocks the least RAM"
                                        + " is [0-9]+ KiB with kernel and manager beneath\\R"),
                run::err);
    }

    @Test
    void placeCountsEveryByteOnce() {
        for (String mpu : List.of("armv7m", "armv8m", "kinetis")) {
            Run run = Run.of("uvisor", "place", "--alone", "--mpu", mpu, "--json");
            assertEquals(Exit.GOOD, run.code(), run::err);
            JsonNode report = JsonMapper.builder().build().readTree(run.out());
            long at = report.get("start").asLong();
            for (JsonNode box : report.get("boxes")) {
                at += box.get("gapBytes").asLong();
                assertEquals(at, box.get("start").asLong());
                assertEquals(
                        box.get("bytes").asLong(),
                        box.get("askedBytes").asLong()
                                + box.get("roundingBytes").asLong());
                at += box.get("bytes").asLong();
            }
            long boxEnd =
                    report.get("start").asLong() + report.get("bytesInOrder").asLong();
            assertTrue(at <= boxEnd && boxEnd - at <= 128);
            assertEquals(
                    boxEnd + report.get("gapBeforeBlocks").asLong(),
                    report.get("blockStart").asLong());
            assertEquals(
                    report.get("ramEnd").asLong(),
                    report.get("blockEnd").asLong()
                            + report.get("gapBehindBlocks").asLong());
            assertEquals(
                    report.get("blockEnd").asLong() - report.get("blockStart").asLong(),
                    report.get("blocks").asLong() * report.get("blockBytes").asLong());
        }
    }

    /** The zephyr issue 14121: in a bad order powers of two waste half. */
    @Test
    void placeTellsWhatTheOrderSaves() {
        String boxes = write("boxes: [{name: m}, {name: small, heap: 52}, {name: big, heap: 24000}]")
                .toString();
        Run run = Run.of("uvisor", "place", "--alone", "--mpu", "armv7m", "--boxes", boxes, "--block-size", "4K");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("In the order main, ") || run.out().contains("In the order m, "), run::out);
        assertTrue(run.out().contains("; as given they "), run::out);
    }

    private Path write(String text) {
        try {
            return Files.writeString(directory.resolve("boxes-" + text.hashCode() + ".yaml"), text);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }
}
