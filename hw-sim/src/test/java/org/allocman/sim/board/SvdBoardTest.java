package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvdBoardTest {
    private static final String MEMORY = memory("SRAM", "0x20000000", "0x1000");

    private static String memory(String name, String start, String size) {
        return "<memoryRegion><name>" + name + "</name><baseAddress>" + start + "</baseAddress><size>" + size
                + "</size></memoryRegion>";
    }

    private static String peripheral(String attributes, String name, String base, String... blocks) {
        return "<peripheral" + attributes + "><name>" + name + "</name><baseAddress>" + base + "</baseAddress>"
                + String.join("", blocks) + "</peripheral>";
    }

    private static String block(String offset, String size) {
        return "<addressBlock><offset>" + offset + "</offset><size>" + size + "</size></addressBlock>";
    }

    private static String file(String cpu, String memory, String... peripherals) {
        return "<?xml version='1.0'?>\n<device><name>chip</name><cpu><name>" + cpu + "</name></cpu>\n<peripherals>"
                + String.join("\n", peripherals) + "</peripherals>\n<vendorExtensions><memoryRegions>" + memory
                + "</memoryRegions></vendorExtensions></device>";
    }

    private static Board read(String text) throws BoardFormatException {
        return BoardFile.read("f", text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static String refusal(String text) {
        return TestBoards.refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void precursor() throws BoardFormatException {
        Board board = TestBoards.read("precursor.svd.gz");
        assertEquals(Architecture.RISCV32, board.architecture());
        assertEquals(List.of(new Region("sram_ext", Kind.RAM, 0x4000_0000, 16 << 20)), board.regions(Kind.RAM));
        assertEquals(8 + 31, board.regions(Kind.DEVICE).size());
        assertTrue(board.regions().contains(new Region("memlcd", Kind.DEVICE, 0xb000_0000L, 0x5c20)));
        assertTrue(board.regions().contains(new Region("uart", Kind.DEVICE, 0xf000_5000L, 0x20)));
        assertTrue(board.regions().containsAll(Boards.byName("precursor").regions()));
    }

    @Test
    void ramIsTheLargestRegionNamedLikeRam() throws BoardFormatException {
        Board board = read(file(
                "",
                memory("Sram", "0x10000000", "8K")
                        + memory("MAIN_RAM", "0x40000000", "16m")
                        + memory("rom", "0", "1g")));
        assertEquals(
                List.of(
                        new Region("rom", Kind.DEVICE, 0, 0x4000_0000),
                        new Region("sram", Kind.RESERVED, 0x1000_0000, 8192),
                        new Region("main_ram", Kind.RAM, 0x4000_0000, 16 << 20)),
                board.regions());
    }

    @Test
    void blocksAreAddedToTheBaseAndInheritedFromWhatAPeripheralIsDerivedFrom() throws BoardFormatException {
        Board board = read(file(
                "CM4",
                MEMORY,
                peripheral(" derivedFrom='UART0'", "UART1", "0x40002000"),
                peripheral(" derivedFrom='UART1'", "UART2", "0x40003000"),
                peripheral("", "UART0", "#1000000000000000000000000000000", block("0", "0x40"), block("256", "16")),
                peripheral("", "EMPTY", "0x40009000", block("0", "0")),
                peripheral("", "NONE", "0x4000a000")));
        assertEquals(Architecture.MPU, board.architecture());
        assertEquals(
                "uart0 40000000+40, uart0.1 40000100+10, uart1 40002000+40, uart1.1 40002100+10, uart2 40003000+40, uart2.1 40003100+10",
                board.regions(Kind.DEVICE).stream()
                        .map(region -> region.name() + " " + Long.toHexString(region.start()) + "+"
                                + Long.toHexString(region.size()))
                        .collect(Collectors.joining(", ")));
    }

    /** CMSIS_5 issues 154 and 175: a block that reaches beyond 2^32, and one of 1 GiB up to 0xbfffffff. */
    @Test
    void blocksEndWhereAddressesDo() throws BoardFormatException {
        Board board = read(file(
                "CM7",
                MEMORY,
                peripheral("", "FAR", "0xfffff000", block("0", "0x2000")),
                peripheral("", "BEYOND", "0x100000000", block("0", "0x1000")),
                peripheral("", "BUFFER", "0x80000000", block("0", "0x40000000"))));
        assertEquals(
                List.of(
                        new Region("buffer", Kind.DEVICE, 0x8000_0000L, 1L << 30),
                        new Region("far", Kind.DEVICE, 0xffff_f000L, 0x1000)),
                board.regions(Kind.DEVICE));
    }

    @ParameterizedTest
    @CsvSource({
        "k210, RISCV64",
        "sifive_hifive_unmatched_a00, RISCV64",
        "FE310, RISCV32",
        "CH32V307, RISCV32",
        "AT91SAM9G20, AARCH32"
    })
    void aKnownDeviceTellsItWhereNoProcessorIsNamed(String device, Architecture architecture)
            throws BoardFormatException {
        String text = file("", MEMORY).replace("<name>chip<", "<name>" + device + "<");
        BoardReading reading = BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), BoardHints.NONE);
        assertEquals(architecture, reading.board().architecture());
        assertTrue(reading.notes().get(0).contains("the device is known"), reading.notes()::toString);
    }

    /** Where nothing else tells it, Fujitsu's files of Cortex-M parts and Atmel's of ARM9 ones: the map of addresses. */
    @ParameterizedTest
    @CsvSource({
        "0x40000000 0x40010000 0x200e0000, MPU",
        "0x5fffffff, MPU",
        "0x40000000 0xa0000000, ''",
        "0x60000000, ''",
        "0x3ffff000, ''",
        "0x40000000 0x40010000 0xfffa0000, ''",
        "0x00500000 0xfffa0000, ''"
    })
    void theMapOfACortexMTellsIt(String bases, String expected) throws BoardFormatException {
        StringBuilder text = new StringBuilder("<device><name>chip</name><peripherals>");
        for (String base : bases.split(" ")) {
            text.append(peripheral("", "P" + base, base, block("0", "0x1")));
        }
        byte[] content = text.append("</peripherals></device>").toString().getBytes(StandardCharsets.UTF_8);
        BoardHints ram = new BoardHints(null, List.of(new Region("ram", Kind.RAM, 0x2000_0000L, 1 << 16)), null);
        if (expected.isEmpty()) {
            BoardFormatException wrong =
                    assertThrows(BoardFormatException.class, () -> BoardFile.reading("f.svd", content, ram));
            assertTrue(String.valueOf(wrong.getMessage()).contains("no processor is named"), wrong::getMessage);
        } else {
            BoardReading reading = BoardFile.reading("f.svd", content, ram);
            assertEquals(Architecture.MPU, reading.board().architecture());
            assertTrue(reading.notes().get(0).contains("no processor is named"), reading.notes()::toString);
        }
    }

    /** GigaDevice's file for a RISC-V chip names a Cortex-M3. */
    @Test
    void aChipThatIsKnownIsBelievedMoreThanItsFile() throws BoardFormatException {
        String text = file("CM3", MEMORY).replace("<name>chip<", "<name>GD32VF103<");
        BoardReading reading = BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), BoardHints.NONE);
        assertEquals(Architecture.RISCV32, reading.board().architecture());
        assertTrue(reading.notes().get(0).contains("the file names the processor \"CM3\""), reading.notes()::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "CM0PLUS, MPU",
        "CM33, MPU",
        "SC300, MPU",
        "CA7, AARCH32",
        "CA53, AARCH64",
        "other, RISCV32",
        "VexRiscv, RISCV32",
        "RV64, RISCV64",
        "U54-MC, RISCV64",
        "ARM926EJ-S, AARCH32",
        "ARM7TDMI, AARCH32",
        "'', RISCV32"
    })
    void theProcessorTellsTheArchitecture(String cpu, Architecture architecture) throws BoardFormatException {
        assertEquals(architecture, read(file(cpu, MEMORY)).architecture());
    }

    @ParameterizedTest
    @CsvSource({
        "other, chip, UART, RISCV32, it is taken for riscv32",
        "OTHER, chip, SCB, MPU, 'SCB is a microcontroller\'\'s, so it is taken for mpu'",
        "Other, K210, UART, RISCV64, 'the device is known, and it is taken for riscv64'"
    })
    void aProcessorThatIsNamedOtherIsAGuessThatIsTold(
            String cpu, String device, String peripheral, Architecture architecture, String note)
            throws BoardFormatException {
        String unit = "<peripherals><peripheral><name>" + peripheral + "</name><baseAddress>0x60000000</baseAddress>"
                + "<addressBlock><offset>0</offset><size>0x100</size></addressBlock></peripheral></peripherals>";
        String text = "<device><name>" + device + "</name><cpu><name>" + cpu + "</name></cpu>" + unit + "</device>";
        BoardHints ram = new BoardHints(null, List.of(new Region("ram", Region.Kind.RAM, 0x2000_0000L, 1 << 16)), null);
        BoardReading reading = BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), ram);
        assertEquals(architecture, reading.board().architecture());
        assertEquals(1, reading.notes().size(), reading.notes()::toString);
        String told = reading.notes().get(0);
        assertTrue(told.startsWith("the file names the processor 'other', which tells nothing; "), told);
        assertTrue(told.endsWith(note + ", and --arch says another"), told);
        BoardHints said = new BoardHints(Architecture.MPU, ram.regions(), null);
        assertEquals(
                List.of(),
                BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), said)
                        .notes());
    }

    @ParameterizedTest
    @CsvSource({"K210, RISCV64", "FU540, RISCV64", "D1, RISCV64", "GD32VF103, RISCV32"})
    void aKnownDeviceTellsWhatItsProcessorLeavesOpen(String device, Architecture architecture)
            throws BoardFormatException {
        String text = file("other", MEMORY).replace("<name>chip<", "<name>" + device + "<");
        assertEquals(architecture, read(text).architecture());
    }

    @Test
    void whatHasNoMpuSaysSo() throws BoardFormatException {
        String text = file("CM0", MEMORY).replace("</cpu>", "<mpuPresent>false</mpuPresent></cpu>");
        BoardReading reading = BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), BoardHints.NONE);
        assertEquals(BoardCore.of("CM0", BoardCore.NO_MPU), reading.core());
    }

    /** What files of vendors say, in the ways in which they say it. */
    @ParameterizedTest
    @CsvSource({
        "CM7, true, MPU, 0xE000ED90, TYPE, 0, 0x00001000, ARMV7M, 16, 0",
        "CM0PLUS, true, PPB, 0xe0000000, MPU_TYPE, 0xed90, 0x00000800, ARMV6M, 8, 0",
        "CM4, false, MPU, 0xE000ED90, MPU_TYPER, 0x0, 0X00000800, ARMV7M, 8, 1",
        "CM23, true, MPU, 0xE000ED90, TYPE, 0, '', ARMV8M, -1, 0",
        "CM33, 1, MPU, 0xE000ED90, OTHER, 0, 0x800, ARMV8M, -1, 0",
        "CM33, 1, MPU, 0xE000ED94, TYPE, 0, 0x800, ARMV8M, -1, 0",
        "CM33, 1, MPU, 0xE000ED90, TYPE, 0, #1xx, ARMV8M, -1, 0",
        "CM4, true, MPU, 0xE000ED90, TYPE, 0, 0xff00, ARMV7M, -1, 0",
        "CM4, false, MPU, 0x4000D000, CESR, 0, 0x815101, KINETIS, 12, 0",
        "CM0PLUS, false, SYSMPU, 0x4000A000, CESR, 0, 0x812001, KINETIS, 8, 0",
        "CM4, false, ADC, 0x4000D000, CESR, 0, 0x815101, ARMV7M, 0, 0",
        "CM0, true, ADC, 0x4000D000, CR, 0, 0, ARMV6M, -1, 1",
        "CM0, '', ADC, 0x4000D000, CR, 0, 0, ARMV6M, 0, 0",
        "CM3, '', ADC, 0x4000D000, CR, 0, 0, ARMV7M, -1, 0"
    })
    void registersOfTheMpuTellHowManyRegionsThereAre(
            String cpu,
            String present,
            String unit,
            String base,
            String register,
            String offset,
            String reset,
            BoardCore.Rules rules,
            int regions,
            int notes)
            throws BoardFormatException {
        String mpu =
                "<peripheral><name>" + unit + "</name><baseAddress>" + base + "</baseAddress><addressBlock><offset>0"
                        + "</offset><size>0x100</size></addressBlock><registers><register><name>" + register
                        + "</name><addressOffset>" + offset + "</addressOffset>"
                        + (reset.isEmpty() ? "" : "<resetValue>" + reset + "</resetValue>")
                        + "<fields><field><name>TYPE</name></field></fields></register></registers></peripheral>";
        String text = "<device><name>chip</name><cpu><name>" + cpu + "</name>"
                + (present.isEmpty() ? "" : "<mpuPresent>" + present + "</mpuPresent>") + "</cpu><peripherals>" + mpu
                + "</peripherals></device>";
        BoardHints ram = new BoardHints(null, List.of(new Region("ram", Region.Kind.RAM, 0x2000_0000L, 1 << 16)), null);
        BoardReading reading = BoardFile.reading("f.svd", text.getBytes(StandardCharsets.UTF_8), ram);
        assertEquals(new BoardCore(cpu, rules, regions), reading.core());
        assertEquals(notes, reading.notes().size(), reading.notes()::toString);
        boolean isOwn = rules == BoardCore.Rules.KINETIS;
        assertEquals(
                isOwn ? 1 : 0,
                reading.board().regions(Region.Kind.KERNEL_DEVICE).size(),
                "nobody's");
    }

    @ParameterizedTest
    @CsvSource({"chip, chip", "SOC, precursor", "soc, precursor", "'', precursor"})
    void theFilesNameTellsApartWhatLiteXCallsSoc(String name, String expected) throws BoardFormatException {
        String text = file("other", MEMORY).replace("<name>chip<", "<name>" + name + "<");
        assertEquals(
                expected,
                BoardFile.read("dir/precursor.svd", text.getBytes(StandardCharsets.UTF_8), null)
                        .name());
    }

    @Test
    void emptyRegionsArePassedOverInEveryFormat() throws Exception {
        String yaml = "name: n\narchitecture: riscv32\nregions:\n- {name: a, kind: ram, start: 0, size: 1MiB}\n"
                + "- {name: none, kind: device, start: 16MiB, size: 0}\n";
        String platform = "memory: [{start: 0, end: 1048576}, {start: 2097152, end: 2097152}]";
        byte[] args = "MBLK,2,(0x0,0x100000,main),(0x1000000,0x0,none)".getBytes(StandardCharsets.US_ASCII);
        for (byte[] content :
                List.of(yaml.getBytes(StandardCharsets.UTF_8), platform.getBytes(StandardCharsets.UTF_8), args)) {
            BoardReading reading = BoardFile.reading("f", content, BoardHints.NONE);
            assertEquals(1, reading.board().regions().size());
            assertEquals(1 << 20, reading.board().ramBytes());
            assertEquals(1, reading.notes().size(), reading.notes()::toString);
            assertTrue(reading.notes().get(0).contains("size 0 and is passed over"), reading.notes()::toString);
        }
    }

    @Test
    void encodingsOfXml() throws BoardFormatException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] content = ("\ufeff" + file("", MEMORY).replace("<?xml version='1.0'?>", "")).getBytes(charset);
            assertEquals(4096, BoardFile.read("f", content, null).ramBytes());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x20000000|0|sram has size 0",
                "0x20000000|-1|the size \"-1\" is no number",
                "0x20000000|0x1ffffffffffffffff|the size \"0x1ffffffffffffffff\" is no number",
                "0xffffffffffffffff|1|the baseAddress \"0xffffffffffffffff\" is more than 2^52",
                "1t|1|sram (0x10000000000 with 0x1 bytes) reaches beyond 2^32 on a 32-bit kernel",
            })
    void memoryThatCannotBe(String start, String size, String message) {
        String refusal = refusal(file("", memory("SRAM", start, size)));
        assertTrue(refusal.startsWith("f, ") && refusal.contains(message), refusal);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        String two = MEMORY + "\n" + MEMORY;
        assertTrue(
                refusal(file("", two)).contains("line 5, column 15: a second memory region \"sram\""),
                refusal(file("", two)));
        assertTrue(refusal(file("", "")).contains("memoryRegions: no memory region is named like RAM"));
        String one = peripheral("", "A", "0");
        assertTrue(refusal(file("", MEMORY, one, one)).contains("a second peripheral \"a\""));
        assertTrue(refusal(file("", MEMORY, peripheral(" derivedFrom='B'", "A", "0")))
                .contains("derived from \"B\", which is not there"));
        String cycle = peripheral(" derivedFrom='B'", "A", "0") + peripheral(" derivedFrom='A'", "B", "0");
        assertTrue(refusal(file("", MEMORY, cycle)).contains("derived from itself"));
        assertTrue(refusal("<html/>").contains("this is XML, but not a CMSIS-SVD device"));
        assertTrue(refusal("<device><name>x").contains("line 1, column 16: no valid XML"), refusal("<device><name>x"));
    }

    @Test
    void bombsAreDefused() {
        String entities = IntStream.range(1, 30)
                .mapToObj(i -> "<!ENTITY e" + i + " \"&e" + (i - 1) + ";&e" + (i - 1) + ";\">")
                .collect(Collectors.joining("", "<!DOCTYPE device [<!ENTITY e0 \"lol\">", "]>"));
        assertTrue(
                refusal(entities + "<device><name>&e29;</name></device>").contains("a document type is not allowed"));
        assertTrue(refusal("<!DOCTYPE device SYSTEM 'file:///etc/hostname'><device/>")
                .contains("a document type is not allowed"));
        assertTrue(refusal("<device><name>&e;</name></device>").contains("valid XML"));
        assertTrue(refusal("<device>" + "<a/>".repeat(800_000)).contains("more than 1500000 elements"));
        assertTrue(TestBoards.refusal(("<device><!--" + " ".repeat(SvdText.MAX_BYTES)).getBytes(StandardCharsets.UTF_8))
                .endsWith("byte 0x1000000: a CMSIS-SVD file has at most 16 MiB"));
        assertTrue(refusal("<device>".repeat(100_000)).contains("elements are more than 64 deep"));
        assertTrue(refusal("<device><name>" + "x".repeat(1 << 20)).contains("a name of more than 1024 characters"));
        assertTrue(refusal("<device><peripherals>" + "<peripheral/>".repeat(40_000))
                .contains("more than 8192"));
    }
}
