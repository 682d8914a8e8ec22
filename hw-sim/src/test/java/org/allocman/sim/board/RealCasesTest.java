package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real descriptions have and the specifications do not show; the files are small, one thing each. */
@Timeout(60)
class RealCasesTest {
    private static final long MIB = 1L << 20;

    private static BoardReading reading(String file, BoardHints hints) throws BoardFormatException {
        return BoardFile.reading(file, TestBoards.bytes("cases/" + file), hints);
    }

    private static Board read(String file) throws BoardFormatException {
        return reading(file, BoardHints.NONE).board();
    }

    private static Machine boot(Board board) throws Exception {
        return Machine.boot(board, BootConfig.defaults(board));
    }

    private static BoardHints ram(Architecture architecture, String name, long start, long size) {
        return new BoardHints(architecture, List.of(new Region(name, Kind.RAM, start, size)), null);
    }

    private static String leftOut(List<LeftOut> all) {
        return String.join(
                ", ",
                all.stream()
                        .map(one -> one.reason() + " " + one.number() + " " + one.bytes())
                        .toList());
    }

    @Test
    void aReservationAbove4GibIsNothingToA32BitKernel() throws Exception {
        Board board = read("01-reserved-beyond-4g-32bit.dtb");
        assertEquals(List.of(new Region("memory@40000000", Kind.RAM, 0x4000_0000, 256 * MIB)), board.regions());
        boot(board);
    }

    @Test
    void aReservationUpToTheLastAddressIsCutAtTheKernels() throws Exception {
        Board board = read("02-reserved-wraps.dtb");
        assertEquals(
                List.of(
                        new Region("memory@40000000", Kind.RAM, 0x4000_0000, 256 * MIB),
                        new Region("rest@ffffffff", Kind.RESERVED, 0xffff_ffffL, 1)),
                board.regions());
        boot(board);
        Board wide = reading("02-reserved-wraps.dtb", BoardHints.ofArchitecture(Architecture.AARCH64))
                .board();
        assertEquals(
                List.of(new Region("rest@ffffffff", Kind.RESERVED, 0xffff_ffffL, (1L << 52) - 0xffff_ffffL)),
                wide.regions(Kind.RESERVED));
    }

    @Test
    void aDeviceLargerThanTheWindowOfItsBusIsCutThere() throws Exception {
        Board board = read("03-device-straddles-4g.dtb");
        assertEquals(List.of(new Region("bootrom", Kind.DEVICE, 0xfff0_0000L, MIB)), board.regions(Kind.DEVICE));
        boot(board);
    }

    @Test
    void firmwareIsWhereTheTreeSaysAndNowhereElse() throws Exception {
        Board board = read("04-sbi-in-the-middle.dtb");
        assertEquals(
                List.of(
                        new Region("sbi@40000000", Kind.RESERVED, 0x4000_0000, 2 * MIB),
                        new Region("memory@40000000", Kind.RAM, 0x4020_0000, 2046 * MIB)),
                board.regions());
        // all of the RAM can be had; nothing is left out at 2 GiB
        assertTrue(boot(board).bootInfo().untypeds().stream()
                .noneMatch(untyped -> untyped.device() && untyped.paddr() == 0x8000_0000L));
        // only what the end of the device tree leaves of 16 bytes
        assertEquals("TOO_SMALL 3 11", leftOut(boot(board).leftOut()));
    }

    @Test
    void memoryThatIsSaidTwiceIsThereOnce() throws Exception {
        Board board = read("05-two-memory-nodes-overlap.dtb");
        assertEquals(
                List.of(
                        new Region("fw@0", Kind.RESERVED, 0, 0x8_0000),
                        new Region("memory@0", Kind.RAM, 0x8_0000, 0x3ff8_0000)),
                board.regions());
        boot(board);
    }

    @Test
    void ramBelowTheKernelsBaseIsDeviceMemory() throws Exception {
        Board board = read("06-ram-not-at-2mib.dtb");
        assertEquals(List.of(new Region("memory@1000", Kind.RAM, 0x1000, 0xfff_f000)), board.regions());
        Machine machine = boot(board);
        assertEquals("BELOW_KERNEL 1 " + (2 * MIB - 4096) + ", TOO_SMALL 4 15", leftOut(machine.leftOut()));
        assertTrue(machine.bootInfo().untypeds().stream()
                .filter(untyped -> untyped.paddr() < 2 * MIB)
                .allMatch(untyped -> untyped.device()));
        Board narrow = reading("06-ram-not-at-2mib.dtb", BoardHints.ofArchitecture(Architecture.AARCH32))
                .board();
        assertEquals(
                "BELOW_KERNEL 1 " + (16 * MIB - 4096) + ", TOO_SMALL 1 8",
                leftOut(boot(narrow).leftOut()));
    }

    @Test
    void memoryOfSize0IsToBeFilledIn() throws Exception {
        String refusal = TestBoards.refusal(TestBoards.bytes("cases/07-ram-of-size-0.dtb"));
        assertTrue(
                refusal.endsWith(
                        "/memory@80000000 has size 0: firmware fills in at boot how much RAM there is. Say it, for"
                                + " instance: --ram 0x80000000:1GiB"),
                refusal);
        Board board = reading("07-ram-of-size-0.dtb", ram(null, "ram", 0x8000_0000L, 512 * MIB))
                .board();
        assertEquals(512 * MIB, board.ramBytes());
        boot(board);
    }

    @Test
    void aTreeWithoutMemorySaysSoAndOneWithoutDeviceTypeToo() {
        String none = TestBoards.refusal(TreeFile.arm64().bytes());
        assertTrue(
                none.endsWith("the tree has no memory node, so nothing says where RAM is. Say it, for instance: --ram"
                        + " 0x80000000:1GiB"),
                none);
        String silent = TestBoards.refusal(TreeFile.arm64()
                .begin("memory@40000000")
                .cells("reg", 0, 0x4000_0000, 0, 0x1000_0000)
                .end()
                .bytes());
        assertTrue(
                silent.endsWith(
                        "/memory@40000000 has no device_type = \"memory\", so nobody takes it for RAM. To take it,"
                                + " type --ram 0x40000000:256MiB"),
                silent);
    }

    @Test
    void kryoIsAProcessorOf64Bits() throws Exception {
        Board board = read("08-unknown-cpu.dtb");
        assertEquals(Architecture.AARCH64, board.architecture());
        boot(board);
    }

    @ParameterizedTest
    @CsvSource({
        "'acme,core', 'arm,armv8-timer', AARCH64",
        "'acme,core', 'arm,armv7-timer', AARCH32",
        "'acme,core', 'arm,gic-v3', AARCH64",
        "'fujitsu,a64fx', 'acme,timer', AARCH64",
    })
    void anUnknownProcessorIsToldByTheRestOfTheTree(String cpu, String device, Architecture expected)
            throws BoardFormatException {
        assertEquals(expected, BoardFile.read("f", unknown(cpu, device), null).architecture());
    }

    private static byte[] unknown(String cpu, String device) {
        return new TreeFile()
                .begin("")
                .cells("#address-cells", 2)
                .cells("#size-cells", 2)
                .begin("cpus")
                .begin("cpu@0")
                .strings("compatible", cpu)
                .end()
                .end()
                .begin("thing")
                .strings("compatible", device)
                .end()
                .memory("memory", 0, 0x4000_0000, 0, 0x1000_0000)
                .bytes();
    }

    @Test
    void whoIsNotKnownIsNamedWithWhatToType() {
        String refusal = TestBoards.refusal(unknown("acme,core", "acme,timer"));
        assertTrue(refusal.contains("no processor here is known: \"acme,core\""), refusal);
        assertTrue(refusal.contains("--arch with one of aarch64"), refusal);
    }

    @Test
    void aTreeOfSel4IsReadAsItsBuildReadsIt() throws Exception {
        Board board = read("09-reserved-without-no-map.dtb");
        assertEquals(
                List.of(new Region("memory@40000000", Kind.RAM, 0x4000_0000, 256 * MIB)),
                board.regions().stream()
                        .filter(region -> region.kind() != Kind.KERNEL_DEVICE && region.kind() != Kind.DEVICE)
                        .toList());
        boot(board);
    }

    @Test
    void untypedsBeyondWhatTheBootInfoHoldsAreTold() throws Exception {
        Board board = read("10-more-than-230-untypeds.yaml");
        Machine machine = boot(board);
        assertEquals(230, machine.bootInfo().untypeds().size());
        BootConfig larger = BootConfig.defaults(board).withBootInfoUntypeds(245);
        Machine more = Machine.boot(board, larger);
        assertEquals(245, more.bootInfo().untypeds().size());
        assertEquals(
                "MEMORY_UNTYPEDS 632 9284814848, DEVICE_UNTYPEDS 2518 140728081489904, DEVICE_TOO_SMALL 1 8",
                leftOut(machine.leftOut()));
        assertTrue(leftOut(more.leftOut()).contains("MEMORY_UNTYPEDS 632 9284814848, DEVICE_UNTYPEDS 2503 "));
    }

    @Test
    void programsBehindArgumentsAreNoArguments() throws Exception {
        BoardReading reading = reading("image-with-payload.bin", BoardHints.NONE);
        assertEquals(
                List.of(new Region("SrEx", Kind.RAM, 0x4000_0000, 16 * MIB)),
                reading.board().regions(Kind.RAM));
        assertEquals(8, reading.board().regions(Kind.DEVICE).size());
        assertTrue(reading.notes().get(0).startsWith("12020 bytes behind the arguments are programs"));
        assertEquals(14, read("bao1x-full.args").regions(Kind.DEVICE).size());
    }

    @Test
    void aRegionOfSize0IsPassedOver() throws Exception {
        BoardReading reading = reading("zero-region.svd", BoardHints.NONE);
        assertEquals(
                List.of(new Region("sram", Kind.RAM, 0x6100_0000, 2 * MIB)),
                reading.board().regions());
        assertTrue(reading.notes().stream().anyMatch(note -> note.contains("none has size 0 and is passed over")));
        boot(reading.board());
    }

    @Test
    void aProcessorThatNobodyKnowsIsAskedFor() throws Exception {
        BoardFormatException wrong =
                assertThrows(BoardFormatException.class, () -> reading("xtensa.svd", BoardHints.NONE));
        assertTrue(String.valueOf(wrong.getMessage()).contains("\"Xtensa LX7\""), wrong::getMessage);
        assertTrue(String.valueOf(wrong.getMessage()).contains("--arch"), wrong::getMessage);
        assertEquals(
                Architecture.MPU,
                reading("xtensa.svd", BoardHints.ofArchitecture(Architecture.MPU))
                        .board()
                        .architecture());
    }

    @Test
    void theCoreTellsTheRulesOfItsMpu() throws Exception {
        assertEquals(
                BoardCore.of("CM33", BoardCore.NOT_SAID),
                reading("cm33.svd", BoardHints.NONE).core());
        assertEquals(
                BoardCore.Rules.ARMV8M,
                reading("cm33.svd", BoardHints.NONE).core().rules());
        for (String name : List.of("CM23", "CM55", "CM85", "STAR-MC1", "Cortex-M33", "ARMV8MML")) {
            assertEquals(
                    BoardCore.Rules.ARMV8M,
                    BoardCore.of(name, BoardCore.NOT_SAID).rules(),
                    name);
        }
        for (String name : List.of("CM0", "CM0PLUS", "CM0+", "CM1", "SC000", "Cortex-M0+")) {
            assertEquals(
                    BoardCore.Rules.ARMV6M,
                    BoardCore.of(name, BoardCore.NOT_SAID).rules(),
                    name);
        }
        for (String name : List.of("", "CM3", "CM4", "CM7", "SC300", "Cortex-M4")) {
            assertEquals(
                    BoardCore.Rules.ARMV7M,
                    BoardCore.of(name, BoardCore.NOT_SAID).rules(),
                    name);
        }
    }

    @ParameterizedTest
    @CsvSource({"cm33.svd, MPU, 0", "cortex-without-cpu.svd, MPU, 1", "reserved-block.svd, RISCV32, 1"})
    void systemViewDescriptions(String file, Architecture architecture, int notes) throws Exception {
        BoardReading reading = reading(file, BoardHints.NONE);
        assertEquals(architecture, reading.board().architecture());
        assertEquals(notes, reading.notes().size(), reading.notes().toString());
        boot(reading.board());
    }

    @Test
    void theSourceOfATreeIsToBeCompiled() {
        for (String text : List.of(
                "/dts-v1/;\n/ { };\n",
                "/* about */\n/dts-v1/;\n/ { };\n",
                "// SPDX\n#include \"soc.dtsi\"\n\n/ {\n};\n")) {
            String refusal = TestBoards.refusal(text.getBytes(StandardCharsets.UTF_8));
            assertTrue(refusal.contains("compile it with dtc"), refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2048, 4095})
    void theLastPartOfAPageStaysMemory(int part) throws Exception {
        Board board = BoardFile.read(
                "f",
                TreeFile.arm64()
                        .memory("memory", 0, 0x4000_0000, 0, 0x1000_0000 + part)
                        .bytes(),
                null);
        assertEquals(0x1000_0000 + part, board.ramBytes());
        Machine machine = boot(board);
        long end = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> untyped.last() + 1)
                .max()
                .orElse(0);
        assertEquals(0x5000_0000 + part / 16 * 16, end);
    }
}
