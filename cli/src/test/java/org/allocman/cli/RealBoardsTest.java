package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boards as real descriptions have them, seen from the command line. */
@Timeout(120)
class RealBoardsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SVD = """
            <device><name>PART</name><cpu><name>CM4</name></cpu><peripherals><peripheral><name>UART</name>
            <baseAddress>0x40000000</baseAddress><addressBlock><offset>0</offset><size>0x400</size></addressBlock>
            </peripheral></peripherals></device>
            """;

    @TempDir
    private Path folder = Path.of(".");

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String manyHoles() throws IOException {
        StringBuilder text = new StringBuilder("name: holes\narchitecture: x86_64\nregions:\n"
                + "- {name: main, kind: ram, start: 0x1000000, size: 64MiB}\n");
        for (int i = 0; i < 120; i++) {
            text.append("- {name: r").append(i).append(", kind: ram, start: 0x");
            text.append(Long.toHexString(0x800_0000L + i * 0x40_0000L)).append(", size: 0x201000}\n");
        }
        return file("holes.yaml", text.toString());
    }

    @Test
    void ramIsSaidForABoardWithoutAny() throws IOException {
        String svd = file("part.svd", SVD);
        Run refused = Run.of("boards", svd);
        assertEquals(Exit.BAD_INPUT, refused.code());
        assertTrue(refused.err().contains("--ram 0x20000000:256KiB"), refused::err);
        for (String command : List.of("boot --quiet --objects 50", "uvisor", "export json", "boards")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(command.equals("boards") ? List.of(svd) : List.of("--board", svd));
            words.addAll(List.of("--ram", "0x20000000:256K,sram", "--ram", "0x10000000:64K"));
            Run run = Run.of(words.toArray(String[]::new));
            assertEquals(Exit.GOOD, run.code(), command + run.err());
        }
        JsonNode board = JSON.readTree(
                Run.of("boards", svd, "--json", "--ram", "0x20000000:256K,sram").out());
        assertEquals("sram", board.get("regions").get(0).get("name").asString());
        Run script = Run.of(
                "boards", svd, "--memory", file("memory.x", "MEMORY { RAM : ORIGIN = 0x20000000, LENGTH = 128K }"));
        assertTrue(script.out().startsWith("PART, mpu, 128 KiB of RAM"), script::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0x80000000", "x:1G", "0x80000000:0", "0xfffffffffffff000:1G", "0x1000:1Q"})
    void ramThatCannotBeIsRefused(String ram) throws IOException {
        Run run = Run.of("boards", file("part.svd", SVD), "--ram", ram);
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().startsWith("allocman: --ram "), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x20000000:0|2|--ram 0x20000000:0 has no byte",
                "0xfffffffffffff000:1G|2|is more than 2^63 - 1 bytes",
                "0xffffffffff000:1G|2|--ram 0xffffffffff000:1G reaches beyond 2^52",
                "0x20000000:100000|0|",
                "0x20000000:100001|0|note: ram (0x20000000 with 0x186a1 bytes) has 100000 bytes in whole pieces of 32 bytes; the rest is not used",
                "0x20000010:96K|0|note: ram (0x20000010 with 0x18000 bytes) has 98272 bytes in whole pieces of 32 bytes",
                "0x80000000:100000 --arch riscv32|0|note: ram (0x80000000 with 0x186a0 bytes) has 98304 bytes in whole pages of 4096 bytes",
                "0x80000000:96K --arch riscv32|0|"
            })
    void ramThatIsNotUsedWholeIsTold(String words, int code, @Nullable String note) throws IOException {
        Run run = Run.of(("boards " + file("part.svd", SVD) + " --ram " + words).split(" "));
        assertEquals(code, run.code(), run::err);
        if (note == null) {
            assertFalse(run.err().contains(" whole "), run::err);
        } else {
            assertTrue(run.err().contains(note), run::err);
        }
    }

    @Test
    void aSavedMachineKnowsTheRamThatWasSaid() throws IOException {
        String svd = file("part.svd", SVD);
        String image = folder.resolve("image").toString();
        Run saved = Run.of(
                "shell",
                "--board",
                svd,
                "--ram",
                "0x20000000:256K",
                "--strict",
                "--script",
                file("s.txt", "ep = alloc endpoint\nsave " + image + "\n"));
        assertEquals(Exit.GOOD, saved.code(), saved.out() + saved.err());
        Run exported = Run.of("export", "json", "--image", image);
        assertEquals(Exit.GOOD, exported.code(), exported::err);
    }

    @Test
    void whatBootDropsIsToldWithNumberAndBytes() throws IOException {
        String board = manyHoles();
        String expected = "";
        for (String command : List.of("boards " + board, "plan --workload endpoints=1 --board " + board)) {
            JsonNode left = JSON.readTree(
                            Run.of((command + " --json").split(" ")).out())
                    .get("leftOut");
            String text = left.toString().replaceAll("\\s", "");
            assertTrue(text.contains("{\"reason\":\"memory-untypeds\",\"number\":"), text);
            String memory = text.replaceAll(".*(\\{\"reason\":\"memory-untypeds\"[^}]*}).*", "$1");
            assertTrue(expected.isEmpty() || memory.equals(expected) || command.startsWith("plan"), memory);
            expected = memory;
            assertTrue(Run.of(command.split(" ")).out().contains("memory"), command);
        }
        Run boot = Run.of("boot", "--quiet", "--objects", "10", "--board", board);
        assertEquals(Exit.BAD_INPUT, boot.code());
        assertTrue(
                boot.err().contains("bytes found no place in the boot info, nor would they in the largest, of 245"),
                boot::err);
        Run plan = Run.of("plan", "--board", board, "--workload", "frames=4");
        assertEquals(Exit.FOUND_WRONG, plan.code());
        assertFalse(plan.out().contains("one more untyped"), plan::out);
        assertTrue(plan.out().contains("one more would be dropped as well"), plan::out);
    }

    @Test
    void ramBeyondTheKernelsWindowIsNoMemory() throws IOException {
        String board = file(
                "wide.yaml",
                "name: wide\narchitecture: aarch32\nregions:\n- {name: m, kind: ram, start: 0x10000000, size: 1GiB}\n");
        JsonNode shown = JSON.readTree(Run.of("boards", board, "--json").out());
        JsonNode window = null;
        for (JsonNode one : shown.get("leftOut")) {
            if (one.get("reason").asString().equals("beyond-window")) {
                window = one;
            }
        }
        assertTrue(window != null, shown::toString);
        assertEquals(
                (1L << 30) - (511L << 20),
                window == null ? 0 : window.get("bytes").asLong());
        Run plan = Run.of("plan", "--board", board, "--workload", "sections=900");
        assertEquals(Exit.FOUND_WRONG, plan.code(), plan::out);
        assertEquals(
                Exit.GOOD,
                Run.of("plan", "--board", board, "--workload", "sections=400").code());
    }

    @Test
    void theMapIsShownThoughNothingFits() throws IOException {
        String board = file(
                "small.yaml",
                "name: small\narchitecture: aarch64\nregions:\n- {name: m, kind: ram, start: 0x40000000, size: 16KiB}\n");
        Run run = Run.of("boards", board);
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().contains("0x40000000  0x40003fff  16 KiB  RAM   m"), run::out);
        assertTrue(run.out().contains("It does not boot: kernel and root task do not fit"), run::out);
        JsonNode shown = JSON.readTree(Run.of("boards", board, "--json").out());
        assertTrue(shown.get("failure").asString().startsWith("kernel and root task do not fit"), shown::toString);
        assertEquals(0, shown.get("untypeds").size());
    }

    @Test
    void sizesOfABootAreOptions() {
        JsonNode usual =
                JSON.readTree(Run.of("boards", "qemu-arm-virt", "--json").out());
        JsonNode other = JSON.readTree(Run.of(
                        "boards",
                        "qemu-arm-virt",
                        "--json",
                        "--root-cnode-bits",
                        "15",
                        "--kernel",
                        "8M",
                        "--root-task",
                        "1M",
                        "--boot-info-untypeds",
                        "20")
                .out());
        assertEquals(13, usual.get("rootCNodeBits").asInt());
        assertEquals(15, other.get("rootCNodeBits").asInt());
        assertEquals(20, other.get("untypeds").size());
        assertEquals(
                Exit.GOOD,
                Run.of("boot", "--quiet", "--objects", "50", "--root-cnode-bits", "14", "--root-task", "256K")
                        .code());
        Run larger = Run.of("plan", "--workload", "slots=12000", "--root-cnode-bits", "14");
        assertEquals(Exit.GOOD, larger.code(), larger::out);
        Run tooFew = Run.of("plan", "--workload", "slots=12000");
        assertTrue(tooFew.out().contains("--root-cnode-bits 14"), tooFew::out);
        for (String wrong : List.of("--root-cnode-bits=4", "--kernel=1", "--boot-info-untypeds=246")) {
            assertEquals(Exit.BAD_INPUT, Run.of("boards", "pc99", wrong).code(), wrong);
        }
    }

    @Test
    void aPlanTakesAddresses() {
        Run fits = Run.of("plan", "--workload", "frames21=2@0x50000000,frames=1@0x50400000");
        assertEquals(Exit.GOOD, fits.code(), fits::out);
        Run twice = Run.of("plan", "--workload", "frames21=2@0x50000000,frames=1@0x50200000");
        assertTrue(
                twice.out().contains("the small page at 0x50200000 cannot be had: part of it is in use"), twice::out);
        assertFalse(twice.out().contains("It would fit"), twice::out);
        for (String[] one : new String[][] {
            {"0x8000000", "the kernel keeps its device gic-distributor there"},
            {"0x4024f000", "the root task's own image is there"},
            {"0x40200000", "the kernel's image is there"},
            {"0x10000000000", "it lies beyond 0x10000000000, where untypeds end"}
        }) {
            Run run = Run.of("plan", "--workload", "frames=1@" + one[0]);
            assertEquals(Exit.FOUND_WRONG, run.code(), one[0]);
            assertTrue(run.out().contains(one[1]), run::out);
        }
        assertEquals(
                Exit.BAD_INPUT,
                Run.of("plan", "--workload", "frames21=1@0x50001000").code());
        assertEquals(
                Exit.BAD_INPUT,
                Run.of("plan", "--workload", "slots=1@0x50001000").code());
        assertEquals(
                Exit.BAD_INPUT, Run.of("plan", "--workload", "frames=1@here").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boards",
                "boards tiny --json",
                "boot --quiet --json --objects 10 --board tiny",
                "plan --board tiny --workload frames=1",
                "export capdl --board tiny",
                "xous --steps 10",
                "uvisor",
                "lesson",
                "completion bash",
                "help",
                "--version"
            })
    void outputThatCannotBeWrittenIsAFailure(String command) {
        StringWriter err = new StringWriter();
        PrintWriter full = new PrintWriter(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                false,
                StandardCharsets.UTF_8);
        int code = Commands.run(new Console(full, new PrintWriter(err, true), false, false), command.split(" "));
        assertEquals(Exit.BAD_INPUT, code);
        assertTrue(err.toString().contains("allocman: the output could not be written"), err::toString);
    }

    @Test
    void textFromOutsideEndsNoRemark() throws IOException {
        String board = file(
                "c.yaml",
                "name: \"left */ right /* x\"\narchitecture: aarch64\nregions:\n- {name: m, kind: ram, start: 0x40000000, size: 256MiB}\n");
        Run run = Run.of("export", "capdl", "--board", board);
        String first = run.outLines().get(0);
        assertEquals("/* left * / right / * x, aarch64, as allocman export capdl wrote it */", first);
    }

    @Test
    void aLoaderGetsOnlyWhatTheScriptMade() throws IOException {
        String script = file(
                "made.txt",
                "ep = alloc endpoint\ncn = alloc cnode 4\nb = mint ep -> cn/3 badge 0x2a\nf = alloc frame 12\nshow slots\nundo\n");
        Run run = Run.of("export", "capdl", "--board", "tiny", "--script", script, "--without-root-task");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(
                run.out()
                        .replaceAll("[0-9a-f]{8}", "N")
                        .contains("objects {\n  cnode_N = cnode (4 bits)\n  ep_N = ep\n}\n\ncaps {\n  cnode_N {\n"
                                + "    0x3: ep_N (WRGP, badge: 0x2a)\n  }\n}\n"),
                run::out);
    }

    @Test
    void exportTakesWhatTheShellTakes() throws IOException {
        Run wrong =
                Run.of("export", "json", "--board", "tiny", "--script", file("w.txt", "show slots\nshow nothing\n"));
        assertEquals(Exit.BAD_INPUT, wrong.code());
        assertTrue(wrong.err().contains("line 2, show nothing: there is no 'nothing' to show"), wrong::err);
    }

    @Test
    void savingNamesTheFolderThatIsMissing() throws IOException {
        Run run = Run.of("shell", "--board", "tiny", "--script", file("s.txt", "save " + folder + "/none/x\n"));
        assertTrue(run.out().contains("cannot save: there is no folder " + folder + "/none"), run::out);
    }

    @Test
    void anUntypedAndItsChildOfTheSameRangeHaveWatermarksOfTheirOwn() throws IOException {
        Run run = Run.of(
                "shell",
                "--board",
                "tiny",
                "--bare",
                "--strict",
                "--script",
                file("u.txt", "child = retype 47 untyped 16 -> 200\nretype 200 endpoint -> 201\nshow untypeds\n"));
        assertEquals(Exit.GOOD, run.code(), run.out() + run.err());
        List<String> rows = run.outLines().stream()
                .filter(line -> line.contains("0x40010000") && line.contains("["))
                .toList();
        assertEquals(2, rows.size(), run.out());
        assertTrue(rows.get(0).contains("64 KiB  [################]"), rows.get(0));
        assertTrue(rows.get(1).contains("16 B  [#...............]"), rows.get(1));
    }
}
