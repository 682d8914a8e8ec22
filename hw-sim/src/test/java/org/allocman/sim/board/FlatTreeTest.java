package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Device trees that are broken, and what is said of them. */
class FlatTreeTest {
    private static final int[] RAM = {0, 0x4000_0000, 0, 0x4000_0000};

    private static void assertRefused(String message, byte[] content) {
        assertEquals("f, " + message, TestBoards.refusal(content));
    }

    private static byte[] good() {
        return TreeFile.arm64().memory("memory", RAM).bytes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4|0x7fffffff|byte 0x11a: the device tree is cut off; it says that it is 2147483647 bytes long",
                "4|0x8|byte 0x4: the device tree says that it is 8 bytes long",
                "4|-1|byte 0x4: a field of the header is 0xffffffff",
                "8|0x4|byte 0x8: the header names a block at byte 0x4, which is outside or misaligned",
                "8|0x3a|byte 0x8: the header names a block at byte 0x3a, which is outside or misaligned",
                "12|0x7ffffffc|byte 0xc: the header names a block at byte 0x7ffffffc, which is outside or misaligned",
                "20|3|byte 0x14: device tree version 3 is not 16 or 17",
                "24|18|byte 0x14: device tree version 17 is not 16 or 17",
                "32|0x7fffffff|byte 0x20: the header names a block of 2147483647 bytes, which ends outside",
                "36|0x10|byte 0x48: the structure is cut off",
                "16|0x110|byte 0x110: the memory reservation block has no end",
                "56|0x7|byte 0x38: 0x7 is no token that can stand here",
                "56|0x2|byte 0x38: 0x2 is no token that can stand here",
                "56|0x9|byte 0x38: 0x9 is no token that can stand here",
                "68|0x7ffffff0|byte 0x40: a property of 2147483632 bytes ends outside",
                "68|-1|byte 0x40: a property of 4294967295 bytes ends outside",
                "72|0x1000|byte 0x40: the name of a property lies outside the strings",
                "76|3|byte 0xc8: /memory has addresses of 3 and sizes of 2 cells; 1 or 2 are known"
            })
    void aFieldThatIsWrong(int offset, String value, String message) {
        byte[] content = good();
        ByteBuffer.wrap(content).putInt(offset, Long.decode(value).intValue());
        assertRefused(message, content);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] content = good();
        for (int length = 4; length < content.length; length++) {
            assertTrue(TestBoards.refusal(Arrays.copyOf(content, length)).contains("is cut off"));
        }
    }

    @Test
    void depthIsLimited() {
        TreeFile file = TreeFile.arm64();
        for (int i = 0; i < 100_000; i++) {
            file.begin("n");
        }
        assertTrue(TestBoards.refusal(file.unfinished()).endsWith("nodes are more than 32 deep"));
    }

    @Test
    void countsAreLimited() {
        TreeFile nodes = TreeFile.arm64();
        for (int i = 0; i < 70_000; i++) {
            nodes.begin("n" + i).end();
        }
        assertTrue(TestBoards.refusal(nodes.bytes()).endsWith("more than 65536 nodes"));
        assertTrue(TestBoards.refusal(
                        TreeFile.arm64().memory("memory", new int[4 * 40_000]).bytes())
                .endsWith("more than 16384 entries of reg"));
        int[] reservations = new int[4 * 20_000];
        Arrays.fill(reservations, 1);
        assertTrue(TestBoards.refusal(TreeFile.arm64()
                        .reserve(reservations)
                        .memory("memory", RAM)
                        .bytes())
                .endsWith("more than 4096 memory reservations"));
    }

    @Test
    void namesAreUnique() {
        assertRefused(
                "byte 0xdc: / has two nodes \"memory\"",
                TreeFile.arm64().memory("memory", RAM).memory("memory", RAM).bytes());
        assertRefused(
                "byte 0x9c: / has two properties \"#size-cells\"",
                TreeFile.arm64().cells("#size-cells", 1).bytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0xfff00000 0 0 0x1000|memory (0xfff0000000000000 with 0x1000 bytes) reaches beyond 2^52",
                "0xffffffff 0xfffff000 0 0x2000|memory (0xfffffffffffff000 with 0x2000 bytes) reaches beyond 2^52",
                "0 0x1000 0xffffffff 0xfffff000|memory (0x1000 with 0xfffffffffffff000 bytes) reaches beyond 2^52",
                "0 0x1000 0|/memory has a reg of 12 bytes, no multiple of 16",
                "0 0 0 0|/memory has size 0: firmware fills in at boot how much RAM there is. Say it, for instance: --ram 0x0:1GiB",
            })
    void memoryThatCannotBe(String reg, String message) {
        int[] cells = Arrays.stream(reg.split(" "))
                .mapToInt(cell -> Long.decode(cell).intValue())
                .toArray();
        String refusal =
                TestBoards.refusal(TreeFile.arm64().memory("memory", cells).bytes());
        assertTrue(refusal.matches("f, byte 0x[0-9a-f]+: .*") && refusal.endsWith(message), refusal);
    }

    @Test
    void aRangeMustNotWrapAround() {
        byte[] content = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("bus")
                .cells("#address-cells", 2)
                .cells("#size-cells", 2)
                .cells("ranges", 0, 0, 0xffff_ffff, 1, 1, 0)
                .end()
                .bytes();
        assertTrue(TestBoards.refusal(content).contains("ends beyond 2^64"));
    }

    @Test
    void theFirmwareBlockMustEnd() {
        byte[] content = good();
        Arrays.fill(content, TreeFile.HEADER, content.length, (byte) 1);
        assertTrue(TestBoards.refusal(content).contains("the memory reservation block has no end"));
    }
}
