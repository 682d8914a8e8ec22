package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.sim.board.BoardCore.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What descriptions say of a microcontroller's core and of its MPU. */
@Timeout(60)
class BoardCoreTest {
    private static BoardReading yaml(String keys) throws BoardFormatException {
        String text = "name: n\narchitecture: mpu\n" + keys.replace("; ", "\n")
                + "\nregions: [{name: r, kind: ram, start: 0x20000000, size: 64KiB}]\n";
        return BoardFile.reading("f", text.getBytes(StandardCharsets.UTF_8), BoardHints.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ARMV7M, -1",
        "core: CM0PLUS, CM0PLUS, ARMV6M, -1",
        "core: CM0, CM0, ARMV6M, 0",
        "core: CM0; mpu: armv6m, CM0, ARMV6M, -1",
        "core: CM4; mpu: kinetis; mpuRegions: 12, CM4, KINETIS, 12",
        "mpu: ARMv8m, '', ARMV8M, -1",
        "mpu: none, '', ARMV7M, 0",
        "core: CM4; mpu: none, CM4, ARMV7M, 0",
        "core: CM7; mpuRegions: 16, CM7, ARMV7M, 16",
        "core: CM7; mpuRegions: 0, CM7, ARMV7M, 0"
    })
    void ourOwnDescriptionSaysItAndKeepsIt(String keys, String name, Rules rules, int regions)
            throws BoardFormatException {
        BoardReading reading = yaml(keys);
        BoardCore core = new BoardCore(name, rules, regions);
        assertEquals(core, reading.core());
        String written = BoardYaml.write(reading.board(), core);
        BoardReading again = BoardFile.reading("f", written.getBytes(StandardCharsets.UTF_8), BoardHints.NONE);
        assertEquals(core, again.core(), written);
        assertEquals(reading.board(), again.board());
        assertEquals(keys.isEmpty(), BoardYaml.write(reading.board()).equals(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mpu: armv9|mpu: \"armv9\" is none of armv6m, armv7m, armv8m, kinetis, none",
                "mpuRegions: 17|mpuRegions: an MPU has up to 16 regions, not 17",
                "mpuRegions: many|mpuRegions: ",
                "mpu: none; mpuRegions: 8|mpuRegions: there is no MPU, and it has 8 regions",
                "core: \"a\\tb\"|core: \"a\\u9b\" is no name of a core"
            })
    void whatCannotBeIsRefused(String keys, String message) {
        String text = "name: n\narchitecture: mpu\n" + keys.replace("; ", "\n")
                + "\nregions: [{name: r, kind: ram, start: 0x20000000, size: 64KiB}]\n";
        String refusal = TestBoards.refusal(text.getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    void whatIsNoMicrocontrollerHasNoneOfItWritten() {
        Board board = Boards.byName("qemu-arm-virt");
        assertEquals(BoardYaml.write(board), BoardYaml.write(board, BoardCore.of("CA53", 8)));
    }

    @Test
    void theBuiltInBoardsSayIt() throws BoardFormatException {
        assertEquals(
                new BoardCore("CM4", Rules.KINETIS, 12),
                Boards.reading("k64f", BoardHints.NONE).core());
        assertEquals(
                new BoardCore("CM4", Rules.ARMV7M, 8),
                Boards.reading("stm32f429", BoardHints.NONE).core());
    }

    @ParameterizedTest
    @CsvSource({
        "'arm,cortex-m4', 8, Cortex-M4, ARMV7M, 8",
        "'arm,cortex-m33f', 16, Cortex-M33f, ARMV8M, 16",
        "'arm,cortex-m0+', -1, Cortex-M0+, ARMV6M, -1",
        "'arm,cortex-m0', -1, Cortex-M0, ARMV6M, 0",
        "'arm,cortex-m7', 99, Cortex-M7, ARMV7M, -1"
    })
    void aTreeSaysIt(String compatible, int regions, String name, Rules rules, int expected)
            throws BoardFormatException {
        TreeFile tree = new TreeFile()
                .begin("")
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .begin("cpus")
                .begin("cpu@0")
                .strings("compatible", compatible);
        if (regions >= 0) {
            tree.begin("mpu@e000ed90").cells("arm,num-mpu-regions", regions).end();
        }
        byte[] content = tree.end()
                .end()
                .begin("memory@20000000")
                .strings("device_type", "memory")
                .cells("reg", 0x2000_0000, 1 << 16)
                .end()
                .bytes();
        assertEquals(
                new BoardCore(name, rules, expected),
                BoardFile.reading("f", content, BoardHints.NONE).core());
    }

    @Test
    void aPackSaysItAndItsSvdMore(@TempDir Path folder) throws Exception {
        Path pack = Files.writeString(folder.resolve("a.pdsc"), """
                <package><devices><family Dfamily="F"><processor Dcore="Cortex-M7" Dmpu="MPU"/>
                <memory id="IRAM1" start="0x20000000" size="0x10000"/>
                <device Dname="A"/><device Dname="B"><debug svd="b.svd"/></device>
                <device Dname="C"><processor Dmpu="NO_MPU"/></device></family></devices></package>
                """);
        Files.writeString(folder.resolve("b.svd"), """
                <device><name>B</name><peripherals><peripheral><name>MPU</name><baseAddress>0xE000ED90</baseAddress>
                <registers><register><name>MPU_TYPE</name><addressOffset>0</addressOffset>
                <resetValue>0x1000</resetValue></register></registers></peripheral></peripherals></device>
                """);
        assertEquals(BoardCore.of("Cortex-M7", BoardCore.NOT_SAID), core(pack, "A"));
        assertEquals(BoardCore.of("Cortex-M7", 16), core(pack, "B"));
        assertFalse(core(pack, "C").hasMpu());
    }

    private static BoardCore core(Path pack, String device) throws BoardFormatException {
        return BoardFile.reading(pack, new BoardHints(null, List.of(), device)).core();
    }
}
