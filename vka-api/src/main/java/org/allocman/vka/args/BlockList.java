package org.allocman.vka.args;

import java.util.List;

/**
 * The {@code MBLK} form as words: the name, how many ranges, then start, bytes and name of each. The same may come as a tag
 * with checksum and size; the two cannot be taken for each other, because a size of no words is none.
 */
final class BlockList {
    static final String NAME = "MBLK";

    private static final int RANGE_WORDS = 3;
    private static final int RANGE = RANGE_WORDS * Integer.BYTES;
    private static final int PLAIN_HEADER = 2 * Integer.BYTES;
    private static final int TAG_HEADER = 3 * Integer.BYTES;

    private BlockList() {}

    static KernelArguments read(byte[] content, boolean checked) throws ArgumentsException {
        Words words = Words.of(content);
        if (words.bytes() < PLAIN_HEADER) {
            throw Words.wrong(words.bytes(), "the arguments end before the number of ranges");
        }
        int size = words.word(Integer.BYTES) >>> Short.SIZE;
        return new KernelArguments(size == 0 ? plain(words) : tagged(words, size, checked), List.of());
    }

    private static List<NamedRange> plain(Words words) throws ArgumentsException {
        return ranges(words, PLAIN_HEADER, words.unsigned(Integer.BYTES));
    }

    private static List<NamedRange> tagged(Words words, int size, boolean checked) throws ArgumentsException {
        int header = 2 * Integer.BYTES;
        if (size * Integer.BYTES > words.bytes() - header) {
            throw Words.wrong(
                    Integer.BYTES,
                    "MBLK has " + size + " words, it says, and " + (words.bytes() - header) + " bytes are left");
        }
        int crc = Crc16.of(words.content(), header, size * Integer.BYTES);
        if (checked && crc != (words.word(Integer.BYTES) & 0xffff)) {
            throw Words.wrong(Integer.BYTES, "the checksum is wrong; the data give 0x" + Integer.toHexString(crc));
        }
        long count = words.unsigned(header);
        if (1 + count * RANGE_WORDS != size) {
            throw Words.wrong(header, count + " ranges do not take " + size + " words");
        }
        return ranges(words, TAG_HEADER, count);
    }

    private static List<NamedRange> ranges(Words words, int header, long count) throws ArgumentsException {
        if (count == 0) {
            throw Words.wrong(header - Integer.BYTES, "no range at all; the first has to be RAM");
        }
        if (count > (words.bytes() - header) / RANGE) {
            throw Words.wrong(
                    header - Integer.BYTES,
                    count + " ranges are announced, and there is room for " + (words.bytes() - header) / RANGE);
        }
        words.refuseTail(header + (int) count * RANGE);
        return words.ranges(header, (int) count, RANGE_WORDS);
    }

    static byte[] write(List<NamedRange> ranges) {
        Words into = Words.ofSize(2 + ranges.size() * RANGE_WORDS);
        into.put(NamedRange.word(NAME)).put(ranges.size());
        for (NamedRange range : ranges) {
            into.put((int) range.start()).put((int) range.bytes()).put(NamedRange.word(range.name()));
        }
        return into.content();
    }
}
