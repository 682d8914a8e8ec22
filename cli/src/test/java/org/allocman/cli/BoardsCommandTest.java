package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Untyped;
import org.allocman.vka.args.ArgumentTag;
import org.allocman.vka.args.ArgumentsFile;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardsCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    static List<String> names() {
        return Boards.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenIsReadAgain(String name) throws Exception {
        for (String option : List.of("--yaml", "--json")) {
            Run run = Run.of("boards", name, option);
            assertEquals(Exit.GOOD, run.code(), run::err);
            Path file = Files.writeString(directory.resolve("again"), run.out());
            assertEquals(Boards.byName(name), BoardFile.read(file, null), option);
        }
    }

    /** What nothing else looks at: programs, for instance. */
    @Test
    void tagsOfArgumentsAreListed() throws Exception {
        KernelArguments arguments = new KernelArguments(
                List.of(new NamedRange("SrEx", 0x4000_0000L, 16 << 20)),
                List.of(new ArgumentTag("XKrn", List.of(1, 2, 3)), new ArgumentTag("Swap", List.of(7))));
        Path file = Files.write(directory.resolve("some.args"), ArgumentsFile.tags(arguments));
        Run run = Run.of("boards", file.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().matches("(?s).*tag of the arguments +words\\R *XKrn +3\\R *Swap +1\\R.*"), run::out);
    }

    @Test
    void aBoardWithoutRamIsWrittenToBeEdited() throws Exception {
        String svd = "<device><name>PART</name><cpu><name>CM4</name></cpu><peripherals><peripheral><name>UART</name>"
                + "<baseAddress>0x40000000</baseAddress><addressBlock><offset>0</offset><size>0x400</size></addressBlock>"
                + "</peripheral></peripherals></device>";
        Path file = Files.writeString(directory.resolve("part.svd"), svd);
        assertEquals(Exit.BAD_INPUT, Run.of("boards", file.toString()).code());
        Run written = Run.of("boards", file.toString(), "--yaml");
        assertEquals(Exit.GOOD, written.code(), written::err);
        Path yaml = directory.resolve("part.yaml");
        Files.writeString(yaml, written.out());
        Run without = Run.of("boards", yaml.toString());
        assertTrue(without.err().contains("the board has no RAM"), without::err);
        String ram = written.outLines().get(1).substring(2);
        Files.writeString(yaml, written.out() + ram + "\n");
        assertEquals(
                Exit.GOOD,
                Run.of("boot", "--board", yaml.toString(), "-q", "--objects", "5")
                        .code());
    }

    @Test
    void aSecondFileHasMoreOfTheBoard() throws Exception {
        Path more = Files.writeString(
                directory.resolve("more.yaml"),
                "name: more\narchitecture: aarch64\nregions:\n- {name: fpga, kind: device, start: 0x3000000, size: 4KiB}\n");
        Run run = Run.of("boards", "qemu-arm-virt", more.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("fpga"), run::out);
        for (String command : List.of("boot --objects 5 -q", "explore --depth 1 -q", "export json")) {
            List<String> line = new ArrayList<>(List.of(command.split(" ")));
            line.addAll(List.of("--board", "qemu-arm-virt", "--board", more.toString()));
            Run other = Run.of(line.toArray(new String[0]));
            assertEquals(Exit.GOOD, other.code(), other::err);
        }
    }

    @Test
    void whatIsSaidOfNoBoardIsRefused() {
        Run run = Run.of("boards", "--ram", "0x20000000:256KiB");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("are said of a board, and none is named"), run::err);
    }

    /** The core and its MPU are in both formats, so that nothing is lost from a chip's file to a board to edit. */
    @Test
    void theCoreIsWrittenAndReadAgain() throws Exception {
        Path chip = Files.writeString(directory.resolve("chip.svd"), """
                <device><name>KE</name><cpu><name>CM0PLUS</name><mpuPresent>false</mpuPresent></cpu><peripherals>
                <peripheral><name>MPU</name><baseAddress>0x4000A000</baseAddress><addressBlock><offset>0</offset>
                <size>0x1000</size></addressBlock><registers><register><name>CESR</name><addressOffset>0</addressOffset>
                <resetValue>0x812001</resetValue></register></registers></peripheral></peripherals></device>
                """);
        for (String format : List.of("--yaml", "--json")) {
            Run written = Run.of("boards", chip.toString(), "--ram", "0x20000000:128KiB", format);
            assertEquals(Exit.GOOD, written.code(), written::err);
            Path again = Files.writeString(directory.resolve("again" + format), written.out());
            Run placed = Run.of("uvisor", "place", "--board", again.toString());
            assertTrue(placed.out().contains("(kinetis, 8 regions)"), placed.out() + placed.err());
        }
    }

    @Test
    void listsEveryBoardInALine() {
        Run run = Run.of("boards");
        assertEquals(Exit.GOOD, run.code());
        List<String> names =
                run.outLines().stream().skip(1).map(line -> line.split(" ")[0]).toList();
        assertEquals(Boards.names(), names);
    }

    @Test
    void listsTheSameAsJson() {
        JsonNode list = JSON.readTree(Run.of("boards", "--json").out());
        List<String> names = new ArrayList<>();
        list.forEach(board -> names.add(board.get("name").asString()));
        assertEquals(Boards.names(), names);
    }

    @Test
    void showsRegionsAndUntypedsOfABoard() {
        Run run = Run.of("boards", "tiny");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().contains("   0x9000000   0x9000fff    4 KiB  device  uart"), run::out);
        assertTrue(run.out().contains("0x40000000  0x4003ffff  256 KiB  RAM     memory"), run::out);
        assertTrue(run.out().matches("(?s).* 64 KiB +16 +memory\\R.*"), run::out);
    }

    @Test
    void jsonHasTheUntypedsThatBootGives() throws Exception {
        Board board = Boards.byName("k64f");
        List<Untyped> expected =
                Machine.boot(board, BootConfig.defaults(board)).bootInfo().untypeds();
        JsonNode shown = JSON.readTree(Run.of("boards", "k64f", "--json").out());
        List<Untyped> untypeds = new ArrayList<>();
        shown.get("untypeds")
                .forEach(untyped -> untypeds.add(new Untyped(
                        untyped.get("slot").asLong(),
                        untyped.get("paddr").asLong(),
                        untyped.get("sizeBits").asInt(),
                        untyped.get("device").asBoolean())));
        assertEquals(expected, untypeds);
        assertEquals("mpu", shown.get("architecture").asString());
    }

    @Test
    void anotherArchitectureCanBeTaken() {
        Run run = Run.of("boards", "tiny", "--arch", "RISCV64");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().startsWith("tiny, riscv64, "), run::out);
    }
}
