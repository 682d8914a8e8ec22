package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.allocman.vka.Architecture;
import org.allocman.vka.ArchitectureBuilder;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {
    private static final String GOOD = """
            name: mine
            word: 64
            types:
            - {name: small page, number: 5, size: 4KiB}
            - {name: page table, number: 6, size: 4KiB}
            levels:
            - {table: page table, entries: 512}
            - {table: PAGE_TABLE, entries: 512}
            """;

    private static Architecture read(String text) throws BoardFormatException {
        return ProfileFile.read("mine.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String text, String position, String words) {
        String message = String.valueOf(assertThrows(BoardFormatException.class, () -> read(text), words)
                .getMessage());
        assertTrue(message.startsWith("mine.yaml" + (position.isEmpty() ? "" : ", " + position)), message);
        assertTrue(message.contains(words), message);
    }

    @Test
    void theExampleIsWhatJavaDescribes() throws BoardFormatException {
        ArchitectureBuilder builder = ArchitectureBuilder.of("hydra", 64)
                .slotBits(6)
                .type(ObjectType.TCB, 1, 12)
                .type(ObjectType.SMALL_PAGE, 5, 12)
                .type(ObjectType.LARGE_PAGE, 6, 21)
                .type(ObjectType.VSPACE, 7, 12)
                .table("upper table", 8, 12)
                .type(ObjectType.PAGE_TABLE, 9, 12)
                .plain("channel", 10, 7)
                .plain("arena", 11, 12, 20);
        ObjectType upper = builder.typeNamed("UPPER_TABLE");
        Architecture described = builder.level(ObjectType.VSPACE, 9)
                .level(upper, 9)
                .level(upper, 9)
                .level(ObjectType.PAGE_TABLE, 9)
                .level(ObjectType.PAGE_TABLE, 9)
                .build();
        assertEquals(described, ProfileFile.read(Path.of("../test/example/hydra.yaml")));
    }

    @Test
    void everyKeyIsRead() throws BoardFormatException {
        Architecture read = read(GOOD + """
                slot: 128
                leastUntyped: 16
                mostUntyped: 1GiB
                fanOut: 100
                userTop: 0x10000000
                deviceTop: 1GiB
                """);
        assertEquals(7, read.slotBits());
        assertEquals(4, read.minUntypedBits());
        assertEquals(30, read.maxUntypedBits());
        assertEquals(100, read.fanOutLimit());
        assertEquals(0x1000_0000L, read.userTop());
        assertEquals(1L << 30, read.deviceTop());
    }

    @Test
    void framesAndTablesOfOnesOwnAreRead() throws BoardFormatException {
        Architecture read = read(GOOD.replace(
                "levels:",
                "- {name: jumbo, number: 7, size: 2MiB, kind: frame}\n"
                        + "- {name: top, number: 8, size: 4KiB, kind: table}\nlevels:\n- {table: top, entries: 4}"));
        assertEquals("jumbo", read.frames().get(1).text());
        assertEquals("top", read.vspaceType().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: mine|name: riscv64|line 1|give yours another name",
                "name: mine|name: My Kernel|line 1|small letters",
                "name: mine||line 1|\"name\" is missing",
                "word: 64|word: 48|line 1|32 or 64 bits",
                "word: 64||line 1|\"word\" is missing",
                "word: 64|word: 99999999999|line 1|32 or 64 bits",
                "word: 64|word: 64\\nslot: 48|slot|power of two",
                "word: 64|word: 64\\nslot: 16|slot|size of a slot",
                "word: 64|word: 64\\nslot: x|slot|no number",
                "word: 64|word: 64\\nslit: 16|slit|unknown key \"slit\"",
                "word: 64|word: 64\\nleastUntyped: 16|leastUntyped|both",
                "word: 64|word: 64\\nfanOut: 1|fanOut|fan-out limit",
                "word: 64|word: 64\\nuserTop: 5|userTop|user top",
                "word: 64|word: 64\\ndeviceTop: 5|deviceTop|power of two",
                "number: 5|number: 64|types[0]|0 to 63",
                "number: 5|number: 6||number 6",
                "number: 5|number: -1|types[0].number|no number",
                "number: 5, size: 4KiB|number: 5|types[0]|\"size\" is missing",
                "number: 5, size: 4KiB|number: 5, size: 4KiB, kind: frame|types[0]|a type of seL4's",
                "{name: page table|{name: 'box, in', kind: plain|types[1]|name has letters",
                "{name: page table|{name: box, kind: tree|types[1].kind|none of plain, frame, table",
                "{name: page table|{name: box, least: 4KiB|types[1]|either \"size\" or",
                "{name: page table, number: 6, size: 4KiB}|{name: box, number: 6, least: 4KiB}|types[1]|\"most\" is missing",
                "table: page table|table: book|levels[0]|no object type 'BOOK'",
                "table: page table, entries: 512|table: page table, entries: 500|levels[0].entries|power of two",
                "table: page table, entries: 512|table: page table, entries: 1024||does not hold",
                "- {table: page table, entries: 512}|-|levels[0]|the level is empty",
                "- {name: page table, number: 6, size: 4KiB}|-|types[1]|the type is empty",
                "types:|types: 5\\nnothing:|line 3|"
            })
    void whatIsWrongIsSaidWithItsPlace(String from, String to, String position, String words) {
        String changed = GOOD.replace(from, to == null ? "" : to.replace("\\n", "\n"));
        assertTrue(!changed.equals(GOOD));
        refused(changed, position == null ? "" : position, words == null ? "" : words);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        refused(GOOD + "- {table: page table, entries: 2}\n".repeat(8), "levels[7]", "at most 7 levels");
        refused(
                GOOD.replace("levels:", "- {name: small page, number: 5, size: 4KiB}\n".repeat(64) + "levels:"),
                "types[64]",
                "at most 64 types");
        refused("", "line 1", "empty");
        refused(" ".repeat(YamlText.MAX_BYTES + 1), "byte 0x80000", "at most 512 KiB");
        refused("\u0000", "line 1", "");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        BoardFormatException refused =
                assertThrows(BoardFormatException.class, () -> ProfileFile.read(Path.of("nowhere.yaml")));
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be read"));
    }
}
