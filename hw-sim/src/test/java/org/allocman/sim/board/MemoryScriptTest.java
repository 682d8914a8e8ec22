package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MemoryScriptTest {
    private static String read(String text) throws BoardFormatException {
        return MemoryScript.read("memory.x", text.getBytes(StandardCharsets.UTF_8)).stream()
                .map(region -> region.name() + " " + region.kind() + " " + Long.toHexString(region.start()) + "+"
                        + Long.toHexString(region.size()))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MEMORY { FLASH : ORIGIN = 0x08000000, LENGTH = 64K RAM : ORIGIN = 0x20000000, LENGTH = 20K }|flash DEVICE 8000000+10000, ram RAM 20000000+5000",
                "MEMORY { rom (rx) : org = 0, len = 1M }|rom DEVICE 0+100000",
                "MEMORY { m_data (RW) : ORIGIN = 0x1FFF0000, LENGTH = 0x00030000 }|m_data RAM 1fff0000+30000",
                "MEMORY { PROGRAM_FLASH (rwx) : o = 0x1000, l = 4K }|program_flash DEVICE 1000+1000",
                "_s = 0x400; MEMORY { ram (xrw) : ORIGIN = 0x20000000 + _s, LENGTH = 64K - 2 * _s }|ram RAM 20000400+f800",
                "MEMORY { a (rw!x) : ORIGIN = (1 << 28), LENGTH = (16 + 16) * 1K, b (rw) : ORIGIN = ORIGIN(a) + LENGTH(a), LENGTH = 8K }|a RAM 10000000+8000, b RAM 10008000+2000",
                "PROVIDE(_s = 0x400); MEMORY { ram (rw) : ORIGIN = _s, LENGTH = 4K }|ram RAM 400+1000",
                "MEMORY { none (rw) : ORIGIN = 0x100, LENGTH = 0 dtcm : ORIGIN = 0x20000000, LENGTH = 128K }|dtcm RAM 20000000+20000",
            })
    void regionsOfABlock(String text, String expected) throws BoardFormatException {
        assertEquals(expected, read(text));
        assertEquals(expected, read(text.replace(" RAM :", "\nRAM :").replace(", b", "\nb")));
    }

    @Test
    void aWholeScriptIsReadAndOnlyItsMemoryTaken() throws BoardFormatException {
        assertEquals("flash DEVICE 8000000+40000, ram RAM 20000000+10000", read("""
                /* MEMORY { ram : ORIGIN = 1, LENGTH = 2 } */
                ENTRY(Reset_Handler)
                // INCLUDE nothing
                MEMORY
                {
                  FLASH (rx)  : ORIGIN = 0x08000000, LENGTH = 256K
                  RAM   (xrw) : ORIGIN = 0x20000000, LENGTH = 64K /* all of it */
                }
                _estack = ORIGIN(RAM) + LENGTH(RAM);
                SECTIONS { .text : { *(.text) } > FLASH }
                """));
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        assertRefused("line 1: this has no MEMORY block", "SECTIONS { }");
        assertRefused("line 2: expected NAME (ATTRIBUTES) : ORIGIN", "MEMORY {\n ram at 5\n}");
        assertRefused("line 1: the MEMORY block has no end", "MEMORY { ram : ORIGIN = 0, LENGTH = 1K");
        assertRefused("the LENGTH of ram, \"size\", is no number", "MEMORY { ram : ORIGIN = 0, LENGTH = size }");
        assertRefused("describes no memory", "MEMORY { }");
    }

    private static void assertRefused(String expected, String text) {
        String message = String.valueOf(
                assertThrows(BoardFormatException.class, () -> read(text)).getMessage());
        assertTrue(message.contains(expected), message);
    }

    @Test
    void brokenScriptsAreReadOrRefused() {
        String whole =
                "a = 1K;\nMEMORY { FLASH (rx) : ORIGIN = 0x8000000, LENGTH = (64K + a) * 2\nRAM : org = 1 << 29, len = 4K }";
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(96)));
            }
            try {
                read(text.toString());
            } catch (BoardFormatException wrong) {
                assertTrue(String.valueOf(wrong.getMessage()).startsWith("memory.x, line "));
            }
        }
    }

    /** Long runs of what a matcher would look through once for each byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*",
                "a",
                " ",
                "a= ",
                "\n",
                "(",
                "a=(",
                "MEMORY { ",
                "PROVIDE(",
                "a :",
                "//",
                "#",
                ";",
                "a=b",
                "{}"
            })
    @Timeout(20)
    void scriptsThatCostMoreThanTheyAreLong(String piece) {
        String text = piece.repeat((1 << 18) / piece.length());
        for (String script : new String[] {text, "MEMORY { " + text.substring(16) + " }", "a =" + text.substring(8)}) {
            assertThrows(
                    BoardFormatException.class,
                    () -> MemoryScript.read("f", script.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
