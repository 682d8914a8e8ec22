package org.allocman.vka.args;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The form with tags (Xous, {@code loader/src/args.rs} and {@code tools/src/tags}).
 *
 * <pre>
 *   tag    word 0   name
 *          word 1   bits 0..15 checksum of the data, bits 16..31 its size in words
 *          then     the data
 *   XArg   comes first: words of all tags together, version 1, RAM: start, bytes, name
 *   MREx   once at most: start, bytes, name and an unused word for each further range
 * </pre>
 */
final class TagList {
    static final String ARGUMENTS = "XArg";

    private static final String EXTRA = "MREx";
    private static final int HEADER_WORDS = 2;
    private static final int HEADER = HEADER_WORDS * Integer.BYTES;
    private static final int ARGUMENTS_WORDS = 5;
    private static final int RANGE_WORDS = 4;
    private static final int VERSION = 1;

    private final Words words;
    private final boolean checked;
    private final List<NamedRange> ranges = new ArrayList<>();
    private final List<ArgumentTag> others = new ArrayList<>();
    private @Nullable Integer extraAt;

    private TagList(Words words, boolean checked) {
        this.words = words;
        this.checked = checked;
    }

    static KernelArguments read(byte[] content, boolean checked) throws ArgumentsException {
        TagList list = new TagList(Words.of(content), checked);
        list.readAll();
        return new KernelArguments(list.ranges, list.others);
    }

    private void readAll() throws ArgumentsException {
        int first = tag(0, words.bytes());
        if (first != ARGUMENTS_WORDS) {
            throw Words.wrong(
                    Integer.BYTES, "XArg has " + ARGUMENTS_WORDS + " words of data, and this one says " + first);
        }
        long total = words.unsigned(HEADER) * Integer.BYTES;
        int end = (int) Math.min(total, Integer.MAX_VALUE);
        if (total > words.bytes()) {
            throw Words.wrong(
                    HEADER, "the arguments have " + total + " bytes, they say, and there are " + words.bytes());
        }
        if (words.word(HEADER + Integer.BYTES) != VERSION) {
            throw Words.wrong(HEADER + Integer.BYTES, "the version is not 1");
        }
        ranges.addAll(words.ranges(HEADER + 2 * Integer.BYTES, 1, RANGE_WORDS));
        int at = HEADER + first * Integer.BYTES;
        if (end < at) {
            throw Words.wrong(HEADER, "the arguments end within XArg, they say");
        }
        while (at < end) {
            int size = tag(at, end);
            readTag(at, size);
            at += HEADER + size * Integer.BYTES;
        }
    }

    /** Where the arguments end, or the content if nothing but zeros is behind them. */
    static int end(byte[] content) {
        Words words = Words.of(content);
        int end = (int) Math.min(words.unsigned(HEADER) * Integer.BYTES, content.length);
        return words.hasTail(end) ? end : content.length;
    }

    /** Checks a tag's header and answers how many words it has. */
    private int tag(int at, int end) throws ArgumentsException {
        if (end - at < HEADER) {
            throw Words.wrong(at, "the arguments end within a tag's header");
        }
        String name = words.name(at);
        int second = words.word(at + Integer.BYTES);
        int size = second >>> Short.SIZE;
        if (size * Integer.BYTES > end - at - HEADER) {
            throw Words.wrong(
                    at + Integer.BYTES,
                    name + " has " + size + " words, it says, and " + (end - at - HEADER) + " bytes are left");
        }
        int crc = Crc16.of(words.content(), at + HEADER, size * Integer.BYTES);
        if (checked && crc != (second & 0xffff)) {
            throw Words.wrong(
                    at + Integer.BYTES,
                    name + " has the checksum 0x" + Integer.toHexString(second & 0xffff) + ", and its data give 0x"
                            + Integer.toHexString(crc));
        }
        return size;
    }

    private void readTag(int at, int size) throws ArgumentsException {
        String name = words.name(at);
        switch (name) {
            case ARGUMENTS -> throw Words.wrong(at, "a second XArg");
            case EXTRA -> {
                if (extraAt != null) {
                    throw Words.wrong(at, "a second MREx; the first is at byte 0x" + Integer.toHexString(extraAt));
                }
                if (size % RANGE_WORDS != 0) {
                    throw Words.wrong(
                            at + Integer.BYTES, "MREx has " + size + " words, and a range takes " + RANGE_WORDS);
                }
                extraAt = at;
                ranges.addAll(words.ranges(at + HEADER, size / RANGE_WORDS, RANGE_WORDS));
            }
            default -> {
                List<Integer> data = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    data.add(words.word(at + HEADER + i * Integer.BYTES));
                }
                others.add(new ArgumentTag(name, data));
            }
        }
    }

    static byte[] write(KernelArguments arguments) throws ArgumentsException {
        List<NamedRange> extra = arguments.extra();
        if (extra.size() * RANGE_WORDS > ArgumentTag.MOST_WORDS) {
            throw new ArgumentsException("", extra.size() + " further ranges do not fit into MREx");
        }
        int total = HEADER_WORDS + ARGUMENTS_WORDS;
        total += extra.isEmpty() ? 0 : HEADER_WORDS + extra.size() * RANGE_WORDS;
        for (ArgumentTag tag : arguments.others()) {
            total += HEADER_WORDS + tag.words().size();
        }
        Words into = Words.ofSize(total);
        int start = open(into, ARGUMENTS);
        into.put(total).put(VERSION);
        put(into, arguments.ram());
        close(into, start);
        if (!extra.isEmpty()) {
            start = open(into, EXTRA);
            for (NamedRange range : extra) {
                put(into, range);
                into.put(0);
            }
            close(into, start);
        }
        for (ArgumentTag tag : arguments.others()) {
            start = open(into, tag.name());
            tag.words().forEach(into::put);
            close(into, start);
        }
        return into.content();
    }

    private static int open(Words into, String name) {
        int start = into.position();
        into.put(NamedRange.word(name)).put(0);
        return start;
    }

    private static void put(Words into, NamedRange range) {
        into.put((int) range.start()).put((int) range.bytes()).put(NamedRange.word(range.name()));
    }

    private static void close(Words into, int start) {
        int bytes = into.position() - start - HEADER;
        into.putShorts(start + Integer.BYTES, Crc16.of(into.content(), start + HEADER, bytes), bytes / Integer.BYTES);
    }
}
