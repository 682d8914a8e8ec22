package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people reported of uVisor and of systems like it, told as scripts of calls and as boxes. */
class UvisorReportsTest {
    @TempDir
    private Path directory;

    private static String path(String resource) throws Exception {
        URL url = UvisorReportsTest.class.getResource("uvisor/" + resource);
        assertNotNull(url);
        return Path.of(url.toURI()).toString();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({
        "tls-8k.play, tls-boxes.yaml, k64f, 8K",
        "tls-32k.play, tls-boxes.yaml, k64f, 32K",
        "calloc.play, tls-boxes.yaml, k64f, 8K",
        "public.play, tls-boxes.yaml, k64f, 8K",
        "thread-stack.play, tls-boxes.yaml, k64f, 8K",
        "regions.play, many-boxes.yaml, stm32f429, 4K"
    })
    void aReportIsAScript(String script, String boxes, String board, String block) throws Exception {
        for (String mpu : List.of("armv6m", "armv7m", "armv8m", "kinetis")) {
            for (String alone : List.of("", "--alone")) {
                List<String> line = new ArrayList<>(List.of("uvisor", "play", path(script), "--boxes", path(boxes)));
                line.addAll(List.of("--board", board, "--mpu", mpu, "--block-size", block));
                line.addAll(alone.isEmpty() ? List.of() : List.of(alone));
                Run run = Run.of(line.toArray(new String[0]));
                assertEquals(Exit.GOOD, run.code(), () -> line + "\n" + run.out() + run.err());
                assertEquals("", run.err());
            }
        }
    }

    @Test
    void aScriptThatExpectsSomethingElseIsToldWithItsLine() throws Exception {
        Path script = write("x.play", "enter sensor\na = malloc 8 -> NO_MEMORY\nload a -> 1\nload a -> 0\n");
        Run run = Run.of("uvisor", "play", script.toString(), "-q");
        assertEquals(Exit.FOUND_WRONG, run.code());
        assertEquals(2, run.err().lines().count(), run::err);
        assertTrue(run.err().contains("line 2: a = malloc 8 came to 0x"), run::err);
        assertTrue(run.err().contains("line 3: load a came to 0, not 1"), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mallok 8|line 1: there is no word 'mallok'; did you mean calloc or malloc?",
                "malloc|line 1: malloc takes BYTES",
                "check it|line 1: check takes nothing",
                "malloc 8 ->|behind -> stands one outcome",
                "8 = malloc 8|'8' is no name",
                "enter nobody|there is no box 'nobody'",
                "run 3|there is no thread 3",
                "load x|'x' is neither a number nor a name that a call before has given",
                "load 4G4|'4G4' is neither a number nor a name"
            })
    void aLineThatCannotBeReadIsASentence(String text, String message) throws Exception {
        Run run = Run.of("uvisor", "play", write("x.play", text).toString());
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    @Test
    void aScriptIsAPageToStepThrough() throws Exception {
        Path page = directory.resolve("page.html");
        Run run = Run.of(
                "uvisor", "play", path("calloc.play"), "--boxes", path("tls-boxes.yaml"), "--html", page.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.err().contains("page.html shows "), run::err);
        assertTrue(Files.size(page) > 10_000);
    }

    private JsonNode place(String boxes, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("uvisor", "place", "--alone", "--json", "--boxes"));
        line.add(write("boxes.yaml", boxes).toString());
        line.addAll(Arrays.asList(options));
        Run run = Run.of(line.toArray(new String[0]));
        assertEquals(Exit.GOOD, run.code(), run::err);
        return JsonMapper.builder().build().readTree(run.out());
    }

    /**
     * uvisor issue 387: a region was estimated too small; 526: a heap of 17 KiB does not link where 16 does; 309: a region below
     * 256 bytes has no eighths; hubris 595: powers of two on ARMv6-M and ARMv7-M, not on ARMv8-M.
     */
    @ParameterizedTest
    @CsvSource({
        "armv7m, 1024, 9584, 16384",
        "armv7m, 1024, 17408, 32768",
        "armv7m, 1024, 52, 2048",
        "armv7m, 1024, 0, 2048",
        "armv6m, 1024, 9584, 16384",
        "armv6m, 1024, 52, 2048",
        "armv8m, 1024, 9584, 10752",
        "armv8m, 1024, 52, 1216",
        "kinetis, 1024, 17408, 18560"
    })
    void theRegionOfABox(String mpu, long stack, long heap, long bytes) throws Exception {
        JsonNode box = place("boxes: [{name: m}, {name: a, stack: " + stack + ", heap: " + heap + "}]", "--mpu", mpu)
                .get("boxes")
                .get(0);
        assertEquals(bytes, box.get("bytes").asLong());
        assertEquals(bytes - stack - heap, box.get("roundingBytes").asLong());
        for (JsonNode region : box.get("regions")) {
            assertTrue(region.get("disabledEighths").asInt() == 0
                    || region.get("bytes").asLong() >= 256);
        }
    }

    /** zephyr issue 16894: regions of ARMv8-M end at multiples of 32, whatever is asked for. */
    @Test
    void regionsOfArmv8mBeginAndEndAtMultiplesOf32() throws Exception {
        JsonNode report = place(
                "boxes: [{name: m}, {name: a, stack: 1025}, {name: b, heap: 3}, {name: c, heap: 33}]",
                "--mpu",
                "armv8m");
        for (JsonNode box : report.get("boxes")) {
            for (JsonNode region : box.get("regions")) {
                assertEquals(0, region.get("start").asLong() % 32);
                assertEquals(0, region.get("bytes").asLong() % 32);
            }
        }
    }

    /** zephyr issue 14121: in a bad order, regions that are powers of two waste half. */
    @Test
    void theBestOrderIsTaken() throws Exception {
        JsonNode report = place(
                "boxes: [{name: m}, {name: small, heap: 52}, {name: tiny, heap: 4}, {name: big, heap: 30000}]",
                "--mpu",
                "armv7m",
                "--block-size",
                "1K");
        assertTrue(report.get("bytesInOrder").asLong()
                <= report.get("bytesAsGiven").asLong());
        assertFalse(report.get("order").isEmpty());
    }

    /** zephyr issue 17337, nuttx issue 1489: regions that are powers of two can waste half, and it should be told. */
    @Test
    void whatPowersOfTwoWasteIsTold() throws Exception {
        Path board = write(
                "b.yaml",
                "name: b\narchitecture: mpu\nregions:\n- {name: r, kind: ram, start: 0x20000000, size: 4MiB}\n"
                        + "- {name: books, kind: ram, start: 0x10000000, size: 32KiB}\n");
        String boxes = "boxes: [{name: m}, {name: a, stack: 1020, heap: 524292}]";
        JsonNode wasteful = place(boxes, "--mpu", "armv7m", "--board", board.toString());
        assertEquals(1 << 20, wasteful.get("boxes").get(0).get("bytes").asLong());
        assertEquals((1 << 20) - 524292 - 1024, wasteful.get("lostBytes").asLong());
        JsonNode tight = place(boxes, "--mpu", "armv8m", "--board", board.toString());
        assertEquals(2 * 128 + 28, tight.get("lostBytes").asLong());
        Run run = Run.of(
                "uvisor",
                "place",
                "--alone",
                "--mpu",
                "armv7m",
                "--board",
                board.toString(),
                "--boxes",
                write("w.yaml", boxes).toString());
        assertTrue(
                run.out()
                        .contains(
                                "Of that, ~511.0 KiB (50 %) are lost to rounding and gaps: a region of armv7m has a power of"
                                        + " two from 32 bytes on."),
                run::out);
    }

    /** tock issue 2742: a region of Cortex-M0+ has 256 bytes or more. */
    @Test
    void aDeviceOf32BytesIsNoRegionOfCortexM0Plus() throws Exception {
        Path chip = write("rp2040.svd", """
                <device><name>RP2040</name><cpu><name>CM0PLUS</name><mpuPresent>true</mpuPresent></cpu><peripherals>
                <peripheral><name>UART0</name><baseAddress>0x40034000</baseAddress>
                <addressBlock><offset>0</offset><size>0x1000</size></addressBlock></peripheral></peripherals></device>
                """);
        for (String size : List.of("32", "128", "256")) {
            String boxes = write(
                            "b.yaml", "boxes: [{name: m}, {name: a, acls: [{start: 0x40034000, size: " + size + "}]}]")
                    .toString();
            Run run = Run.of(
                    "uvisor", "place", "--board", chip.toString(), "--ram", "0x20000000:256KiB", "--boxes", boxes);
            if (size.equals("256")) {
                assertEquals(Exit.GOOD, run.code(), run::err);
                assertTrue(run.out().contains("(armv6m, 8 regions)"), run::out);
            } else {
                assertEquals(Exit.BAD_INPUT, run.code(), run::out);
                assertTrue(
                        run.err()
                                .contains("box a asks for " + size + " bytes at 0x40034000, and no region of the MPU is"
                                        + " that: one of armv6m has a power of two from 256 bytes on"),
                        run::err);
            }
        }
    }

    /** uvisor issues 289, 300, 339: sizes that overflow, devices that two boxes want, blocks above an eighth of the RAM. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boxes: [{name: m}, {name: a, heap: 0x20006000}]|8K|too few",
                "boxes: [{name: m}, {name: a, acls: [{start: 0x40020000, size: 1KiB}]},"
                        + " {name: b, acls: [{start: 0x40020000, size: 1KiB}]}]|8K|if both are to have it, both say that it is shared",
                "boxes: [{name: m}]|64K|is more than an eighth of the RAM's region"
            })
    void whatCannotBeIsRefused(String boxes, String block, String message) throws Exception {
        Run run = Run.of(
                "uvisor",
                "--board",
                "stm32f429",
                "--boxes",
                write("b.yaml", boxes).toString(),
                "--block-size",
                block);
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }
}
