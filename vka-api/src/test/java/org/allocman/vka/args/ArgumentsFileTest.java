package org.allocman.vka.args;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.allocman.vka.args.ArgumentsFile.Checksums;
import org.junit.jupiter.api.Test;

class ArgumentsFileTest {
    @Test
    void theChecksumIsX25() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0x906e, Crc16.of(check, 0, check.length));
    }

    @Test
    void tagsAreWrittenWordByWord() throws ArgumentsException {
        byte[] small = ArgumentsFile.tags(new KernelArguments(
                List.of(new NamedRange("SrEx", 0x4000_0000L, 0x10_0000), new NamedRange("CSRs", 0xf000_0000L, 0x1000)),
                List.of()));
        int crc = Crc16.of(small, 8, 20);
        assertEquals(
                "58417267" + String.format("%02x%02x", crc & 0xff, crc >>> 8) + "0500" // XArg of five words
                        + "0d000000" + "01000000" + "00000040" + "00001000" + "53724578",
                HexFormat.of().formatHex(small, 0, 28));
        assertEquals("4d524578", HexFormat.of().formatHex(small, 28, 32));
        assertEquals(
                "000000f0" + "00100000" + "43535273" + "00000000",
                HexFormat.of().formatHex(small, 36, 52));
        assertEquals(52, small.length);
    }

    @Test
    void everyFormSaysWhatWasWritten() throws ArgumentsException {
        KernelArguments precursor = Arguments.precursor();
        byte[] tags = ArgumentsFile.tags(precursor);
        assertEquals(precursor, ArgumentsFile.read(tags, Checksums.CHECKED));
        assertEquals(precursor, ArgumentsFile.read(Arrays.copyOf(tags, 4096), Checksums.CHECKED), "padded to a page");
        byte[] blocks = ArgumentsFile.blocks(precursor);
        assertEquals(8 + 7 * 12, blocks.length);
        assertEquals(
                Arguments.PRECURSOR,
                ArgumentsFile.read(blocks, Checksums.CHECKED).ranges());
        String text = ArgumentsFile.text(precursor);
        assertTrue(text.startsWith("MBLK,7,\n0x40000000,0x1000000,SrEx\n"), text);
        assertEquals(Arguments.PRECURSOR, read(text).ranges());
    }

    @Test
    void blocksMayComeAsATag() throws ArgumentsException {
        byte[] blocks = ArgumentsFile.blocks(Arguments.precursor());
        int data = blocks.length - 4;
        Words words = Words.ofSize(blocks.length / 4 + 1);
        words.put(NamedRange.word("MBLK")).put(0);
        for (int at = 4; at < blocks.length; at += 4) {
            words.put(Words.of(blocks).word(at));
        }
        words.putShorts(4, Crc16.of(words.content(), 8, data), data / 4);
        assertEquals(
                Arguments.PRECURSOR,
                ArgumentsFile.read(words.content(), Checksums.CHECKED).ranges());
        words.content()[12]++;
        assertProblem("checksum", words.content());
    }

    @Test
    void textMayHaveBracketsAndDecimals() throws ArgumentsException {
        NamedRange ram = new NamedRange("RAM ", 4096, 8192);
        assertEquals(List.of(ram), read("MBLK,1,(4096,8192,RAM)").ranges());
        assertEquals(List.of(ram), read("MBLK,1,\r\n  0x1000,0X2000,RAM\r\n").ranges());
    }

    @Test
    void checksumsCountOnlyIfAskedFor() throws ArgumentsException {
        byte[] tags = ArgumentsFile.tags(Arguments.precursor());
        tags[4] ^= 1;
        assertProblem("XArg has the checksum", tags);
        assertEquals(Arguments.precursor(), ArgumentsFile.read(tags, Checksums.IGNORED));
    }

    @Test
    void wrongSizesAreRefused() throws ArgumentsException {
        byte[] tags = ArgumentsFile.tags(Arguments.precursor());
        for (int length = 4; length < tags.length; length++) {
            byte[] cut = Arrays.copyOf(tags, length);
            assertThrows(ArgumentsException.class, () -> ArgumentsFile.read(cut, Checksums.IGNORED));
        }
        assertWordProblem("XArg has 5 words", tags, 4, 6 << 16);
        assertWordProblem("bytes, they say", tags, 8, 1 << 20);
        assertWordProblem("end within XArg", tags, 8, 3);
        assertWordProblem("version", tags, 12, 2);
        assertWordProblem("MREx has 23 words, and", tags, 32, 23 << 16);
        assertWordProblem("is none", tags, 24, 0x01020304);
        byte[] blocks = ArgumentsFile.blocks(Arguments.precursor());
        assertProblem("room for 6", Arrays.copyOf(blocks, blocks.length - 1));
        assertProblem("no range at all", Arrays.copyOf(blocks, 8), 4, 0);
        assertProblem("start, a length and a name", "MBLK,2,(0x1000,0x1000,RAM)");
        assertProblem("2^32", "MBLK,1,(0x1000,0x100000001,RAM)");
        assertProblem("no ranges", "MBLK,");
        assertProblem("XArg or MBLK", "XASZ");
    }

    @Test
    void whatLiesBehindTheLengthThatXArgSaysIsNoArguments() throws ArgumentsException {
        byte[] tags = ArgumentsFile.tags(Arguments.precursor());
        assertEquals(tags.length, ArgumentsFile.end(tags));
        byte[] padded = Arrays.copyOf(tags, tags.length + 13);
        assertEquals(padded.length, ArgumentsFile.end(padded));
        padded[padded.length - 1] = 1;
        assertEquals(tags.length, ArgumentsFile.end(padded));
        assertEquals(Arguments.precursor(), ArgumentsFile.read(padded, Checksums.CHECKED));
        byte[] blocks = ArgumentsFile.blocks(Arguments.precursor());
        byte[] longer = Arrays.copyOf(blocks, blocks.length + 4);
        longer[blocks.length] = 1;
        assertProblem("behind the end", longer);
    }

    @Test
    void aSecondListOfRangesIsRefused() throws ArgumentsException {
        byte[] tags = ArgumentsFile.tags(
                new KernelArguments(Arguments.PRECURSOR, List.of(new ArgumentTag("AREx", List.of(0, 0, 0, 0)))));
        Words.of(tags).content()[28 + 8 + 6 * 16] = 'M';
        assertProblem("a second MREx", tags);
    }

    @Test
    void rangesThatCannotBeAreRefusedWithTheReason() {
        assertProblem("(0x5000 with 0x1 bytes) overlaps", "MBLK,2,(0x1000,0x5000,RAM)(0x5000,1,Dev)");
        assertProblem("wraps at 0x100000000", "MBLK,2,(0x1000,0x5000,RAM)(0xfffff000,0x1001,Dev)");
        assertProblem("not a whole number of pages", "MBLK,1,(0x1000,0x5001,RAM)");
        assertProblem("does not begin at a page", "MBLK,1,(0x1001,0x5000,RAM)");
        assertProblem("has no bytes", "MBLK,1,(0x1000,0,RAM)");
        assertProblem("overlaps", "MBLK,3,(0x10000,0x1000,RAM)(0x1000,0x1001,A)(0x2000,0x1000,B)");
    }

    @Test
    void aRangeMayEndWhereAddressesEnd() throws ArgumentsException {
        KernelArguments last = read("MBLK,2,(0x1000,0x5000,RAM)(0xfffff000,0x1000,Dev)");
        assertEquals(KernelArguments.END, last.extra().get(0).end());
        assertArrayEquals(ArgumentsFile.tags(last), ArgumentsFile.tags(read(ArgumentsFile.text(last))));
        assertFalse(ArgumentsFile.isOne(new byte[] {'M', 'B'}));
    }

    private static KernelArguments read(String text) throws ArgumentsException {
        return ArgumentsFile.read(text.getBytes(StandardCharsets.US_ASCII), Checksums.CHECKED);
    }

    private static void assertProblem(String expected, String text) {
        assertProblem(expected, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertProblem(String expected, byte[] content, int... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            content[changes[i]] = (byte) changes[i + 1];
        }
        ArgumentsException wrong =
                assertThrows(ArgumentsException.class, () -> ArgumentsFile.read(content, Checksums.CHECKED));
        assertTrue(wrong.text().contains(expected), wrong.text());
    }

    private static void assertWordProblem(String expected, byte[] tags, int offset, int word) {
        byte[] changed = tags.clone();
        for (int i = 0; i < 4; i++) {
            changed[offset + i] = (byte) (word >>> i * 8);
        }
        ArgumentsException wrong =
                assertThrows(ArgumentsException.class, () -> ArgumentsFile.read(changed, Checksums.IGNORED));
        assertTrue(wrong.text().contains(expected), wrong.text());
    }
}
