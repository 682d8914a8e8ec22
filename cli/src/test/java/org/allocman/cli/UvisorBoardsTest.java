package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boards of all sizes, and what their descriptions say of the MPU. */
class UvisorBoardsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CM33|1|armv8m|the MPU of CM33 has, 4, 8, 12 or 16; 8 are taken",
                "CM23|true|armv8m|4, 8, 12 or 16; 8 are taken",
                "CM7|true|armv7m|8 or 16; 8 are taken",
                "CM4|1|armv7m|''",
                "CM0PLUS|true|armv6m|''",
                "CM0|true|armv6m|a CM0 with an MPU is taken for a Cortex-M0+"
            })
    void theCoreThatADescriptionNamesDecidesTheRules(String core, String present, String mpu, String note)
            throws IOException {
        Path file = Files.writeString(directory.resolve("part.svd"), svd(core, present));
        Run run = Run.of("uvisor", "--board", file.toString(), "--steps", "5", "-q");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains(", " + mpu + ","), run::out);
        assertEquals(note.isEmpty(), run.err().isEmpty(), run::err);
        assertTrue(run.err().contains(note), run::err);
        assertEquals(8, regionsOf("--board", file.toString()));
    }

    private static int regionsOf(String... options) {
        List<String> line = new ArrayList<>(List.of("uvisor", "place", "--json"));
        line.addAll(List.of(options));
        Run run = Run.of(line.toArray(new String[0]));
        assertEquals(Exit.GOOD, run.code(), run::err);
        return JsonMapper.builder()
                .build()
                .readTree(run.out())
                .get("mpuRegions")
                .asInt();
    }

    @Test
    void theNumberOfRegionsIsWhatIsSaidOrDescribed() throws IOException {
        String text = svd("CM7", "true")
                .replace(
                        "<vendor",
                        "<peripherals><peripheral><name>MPU</name><baseAddress>0xE000ED90</baseAddress>"
                                + "<registers><register><name>TYPE</name><addressOffset>0</addressOffset>"
                                + "<resetValue>0x00001000</resetValue></register></registers></peripheral>"
                                + "</peripherals><vendor");
        String file = Files.writeString(directory.resolve("m7.svd"), text).toString();
        assertEquals(16, regionsOf("--board", file));
        assertEquals(8, regionsOf("--board", file, "--mpu-regions", "8"));
        assertEquals(8, regionsOf("--board", file, "--mpu", "armv8m"));
        assertEquals(4, regionsOf("--board", file, "--mpu", "armv8m", "--mpu-regions", "4"));
        assertEquals(12, regionsOf("--board", "k64f"));
        Run run = Run.of("uvisor", "place", "--board", file, "--mpu", "armv6m", "--mpu-regions", "16");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("--mpu-regions 16: an MPU of armv6m has 8 regions"), run::err);
        Path odd = write("name: b\narchitecture: mpu\nmpuRegions: 12\nregions:\n"
                + "- {name: r, kind: ram, start: 0x20000000, size: 256KiB}\n");
        Run strange = Run.of("uvisor", "place", "--board", odd.toString());
        assertEquals(Exit.GOOD, strange.code(), strange::err);
        assertTrue(strange.err().contains("names no core; armv7m is taken, and --mpu says another"), strange::err);
        assertTrue(strange.err().contains("one of armv7m has 8 or 16; 8 are taken"), strange::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // of other boxes' RAM, of another box's device, of the MPU's registers
                "0x30000000|256KiB|0x30000000 to 0x3003ffff, where the board shows 0x20000000 to 0x2003ffff once more; a box asks for that itself",
                "0x42000000|4KiB|where the board shows 0x40000000 to 0x40000fff once more",
                "0x4200e000|4KiB|where the board shows 0xe000e000 to 0xe000efff once more"
            })
    void whatAMirrorShowsIsNobodys(String start, String size, String message) throws IOException {
        Path board = directory.resolve("mirrors.yaml");
        Files.writeString(board, """
                name: mirrors
                architecture: mpu
                core: CM4
                regions:
                - {name: sram, kind: ram, start: 0x20000000, size: 256KiB}
                - {name: ahb, kind: device, start: 0x30000000, size: 256KiB}
                - {name: uart, kind: device, start: 0x40000000, size: 8KiB}
                - {name: w2, kind: device, start: 0x42000000, size: 8KiB}
                - {name: scs, kind: device, start: 0xe000e000, size: 4KiB}
                - {name: w3, kind: device, start: 0x4200e000, size: 4KiB}
                mirrors:
                - {start: 0x30000000, original: 0x20000000, size: 256KiB}
                - {start: 0x42000000, original: 0x40000000, size: 4KiB}
                - {start: 0x4200e000, original: 0xe000e000, size: 4KiB}
                """);
        Path boxes = directory.resolve("boxes.yaml");
        Files.writeString(
                boxes,
                "boxes: [{name: main}, {name: a, acls: [{start: 0x40000000, size: 4KiB}]}, {name: spy, acls: [{start: "
                        + start + ", size: " + size + "}]}]");
        for (String part : List.of("run", "place")) {
            Run run = Run.of("uvisor", part, "--board", board.toString(), "--boxes", boxes.toString());
            assertEquals(Exit.BAD_INPUT, run.code(), run::out);
            assertTrue(run.err().contains("box spy asks for") && run.err().contains(message), run::err);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0xfffff000|8KiB|which reaches beyond 2^32", "0x40020000|0|which is nothing"})
    void whyAnAclIsNoneIsSaid(String start, String size, String message) throws IOException {
        Path boxes = directory.resolve("boxes.yaml");
        Files.writeString(
                boxes, "boxes: [{name: main}, {name: a, acls: [{start: " + start + ", size: " + size + "}]}]");
        Run run = Run.of("uvisor", "place", "--boxes", boxes.toString());
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
    }

    @Test
    void nothingIsToldOfTheMpuOfABoardThatHasAnMmu() {
        Run run = Run.of("uvisor", "--board", "tiny");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().contains("tiny: it has an MMU"), run::err);
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
    @CsvSource({
        "k64f, kinetis, 1K, 163",
        "k64f, kinetis, 3K, 54",
        "k64f, armv8m, 6K, 29",
        "k64f, kinetis, 32K, 5",
        "k64f, kinetis, 64K, 2",
        "stm32f429, armv7m, 16K, 9",
        "stm32f429, armv7m, 8K, 19",
        "stm32f429, armv8m, 3K, 49",
        "stm32f429, armv8m, 6K, 27",
        "stm32f429, armv8m, 64K, 1",
        "m8192.yaml, armv7m, 128K, 60",
        "m8192.yaml, armv7m, 1K, 6440"
    })
    void everySizeOfBlockForWhichThereIsRoomRuns(String board, String mpu, String block, int count) {
        Run run = Run.of(
                "uvisor", "--board", board(board), "--mpu", mpu, "--block-size", block, "--steps", "100", "--json");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        assertEquals("", run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals(count, report.get("blocks").asInt());
        assertFalse(report.get("alone").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({
        "stm32f103.yaml, armv7m, 1K, 16",
        "kl25.yaml, armv7m, 1K, 12",
        "samd21.yaml, armv7m, 2K, 14",
        "samd21.yaml, armv8m, 1K, 28"
    })
    void smallBoardsRunWithNothingBeneath(String board, String mpu, String block, int count) {
        String boxes = path("small-boxes.yaml");
        String[] line = {
            "uvisor", "--board", board(board), "--boxes", boxes, "--mpu", mpu, "--block-size", block, "--steps", "300"
        };
        List<String> quiet = new ArrayList<>(List.of(line));
        quiet.add("--json");
        Run run = Run.of(quiet.toArray(new String[0]));
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals(count, report.get("blocks").asInt());
        assertTrue(report.get("alone").asBoolean());
        assertTrue(run.err().contains("uVisor runs alone"), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    /** The first is the example of the page allocator: 64 KiB of SRAM in blocks of 8 KiB. */
    @ParameterizedTest
    @CsvSource({
        "m64.yaml, 8K, '', 2",
        "m64.yaml, 8K, --kernel 4K, 3",
        "m64.yaml, 8K, --alone, 7",
        "m64.yaml, 4K, '', 5",
        "m48.yaml, 4K, '', 1",
        "m48.yaml, 4K, --kernel 4K, 2",
        "m48.yaml, 4K, --alone, 11"
    })
    void boardsOf48And64KibibytesHaveRoomForAKernel(String board, String block, String more, int count) {
        List<String> line = new ArrayList<>(List.of("uvisor", "--board", board(board), "--mpu", "armv7m", "--json"));
        line.addAll(List.of("--boxes", path("small-boxes.yaml"), "--block-size", block, "--steps", "300"));
        line.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ")));
        Run run = Run.of(line.toArray(new String[0]));
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        assertEquals("", run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals(count, report.get("blocks").asInt());
        assertEquals(more.equals("--alone"), report.get("alone").asBoolean());
    }

    @Test
    void aBoardThatIsTooSmallIsToldWhatWouldDo() {
        Run run = Run.of("uvisor", "--board", board("stm32f103.yaml"), "--steps", "0");
        assertEquals(Exit.BAD_INPUT, run.code());
        Matcher least = Pattern.compile(
                        "the least RAM is ([0-9]+) KiB, or ([0-9]+) KiB with kernel and manager beneath")
                .matcher(run.err());
        assertTrue(least.find(), run::err);
        for (int group = 1; group <= 2; group++) {
            long enough = Long.parseLong(String.valueOf(least.group(group)));
            String[] mode = group == 1 ? new String[] {"--alone"} : new String[0];
            Run good = on(enough, mode);
            assertEquals(Exit.GOOD, good.code(), good::err);
            assertEquals("", good.err(), "with kernel and manager, if that was said");
            Run bad = on(enough - 1, mode);
            assertTrue(group == 1 ? bad.code() == Exit.BAD_INPUT : bad.err().contains("runs alone"), bad::err);
        }
    }

    private Run on(long kibibytes, String... more) {
        List<String> line = new ArrayList<>(List.of("uvisor", "--steps", "0", "-q", "--board"));
        line.add(write(
                        "name: b\narchitecture: mpu\ncore: CM3\nregions:\n- {name: r, kind: ram, start: 0x20000000, size: "
                                + kibibytes + "KiB}\n")
                .toString());
        line.addAll(List.of(more));
        return Run.of(line.toArray(new String[0]));
    }

    private static String board(String name) {
        return name.endsWith(".yaml") ? path(name) : name;
    }

    private static String path(String resource) {
        try {
            return Path.of(UvisorBoardsTest.class
                            .getResource("uvisor/" + resource)
                            .toURI())
                    .toString();
        } catch (URISyntaxException never) {
            throw new AssertionError(never);
        }
    }

    private Path write(String text) {
        try {
            return Files.writeString(directory.resolve("boxes-" + text.hashCode() + ".yaml"), text);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }
}
