package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
        List<String> rows =
                run.outLines().stream().filter(line -> line.contains("|arena ")).toList();
        assertEquals(3, rows.size(), run::out);
        assertFalse(rows.get(0).contains("t0"), run::out);
        assertTrue(rows.get(1).contains("upd t0"), run::out);
        assertFalse(rows.get(2).contains("t0"), run::out);
        assertTrue(run.out().contains("Every block that the thread had is free again"), run::out);
        assertTrue(run.lastLine().contains("every block is free but the stack's"), run::out);
        assertTrue(run.outLines().stream().allMatch(line -> line.length() <= 130), run::out);
    }

    @ParameterizedTest
    @CsvSource({
        "CM33, 1, armv8m",
        "CM23, true, armv8m",
        "CM4, 1, armv7m",
        "CM0PLUS, true, armv7m",
    })
    void theCoreThatADescriptionNamesDecidesTheRules(String core, String present, String mpu) throws IOException {
        Path file = Files.writeString(directory.resolve("part.svd"), svd(core, present));
        Run run = Run.of("uvisor", "--board", file.toString(), "--steps", "5", "-q");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains(", " + mpu + ","), run::out);
        assertEquals(core.equals("CM0PLUS"), run.err().contains("ARMv6-M"), run::err);
    }

    @Test
    void aCoreWithoutAnMpuIsBelieved() throws IOException {
        Path file = Files.writeString(directory.resolve("part.svd"), svd("CM0", "false"));
        Run run = Run.of("uvisor", "--board", file.toString(), "--steps", "5", "-q");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("CM0 has no MPU"), run::err);
        assertEquals(
                Exit.GOOD,
                Run.of("uvisor", "--board", file.toString(), "--mpu", "ARMv7m", "--steps", "5", "-q")
                        .code());
    }

    private static String svd(String core, String present) {
        return "<device><name>PART</name><cpu><name>" + core + "</name><mpuPresent>" + present
                + "</mpuPresent></cpu><vendorExtensions><memoryRegions><memoryRegion><name>SRAM</name>"
                + "<baseAddress>0x20000000</baseAddress><size>0x40000</size></memoryRegion></memoryRegions>"
                + "</vendorExtensions></device>";
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
    void boxesComeFromAFile() throws Exception {
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
                "boxes: [{name: a}, {name: b, heap: 100KiB, stack: 100KiB}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0x40000001, size: 1KiB}]}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0x40000000}]}]",
                "boxes: [{name: a}, {name: b, acls: [{start: 0, size: 32, access: all}]}]",
                "boxes: [{name: a}, {name: b, blocks: 0, heap: 4KiB}]",
                "boxes: [{name: a}, {name: b}]",
                "boxes: [null]",
                "boxes: [{name: a}",
                "boxes: &x [*x]"
            })
    void aFileThatCannotBeUsedIsASentence(String text) throws Exception {
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
        "--block-size, 128K, no room for a block",
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

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("boxes-" + text.hashCode() + ".yaml"), text);
    }
}
