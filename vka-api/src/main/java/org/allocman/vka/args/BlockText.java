package org.allocman.vka.args;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The {@code MBLK} form as text: {@code MBLK}, the number of ranges, then start, length and name of each, all between
 * commas. Line ends and brackets around a range may stand anywhere between; a number is hexadecimal with {@code 0x}, else
 * decimal; a name has one to four characters.
 */
final class BlockText {
    private static final int MOST_RANGES = 4096;
    private static final int FIELDS = 3;

    private final List<String> fields = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    private final Consumer<String> notes;

    private BlockText(Consumer<String> notes) {
        this.notes = notes;
    }

    /** Reads the text; what may have been meant otherwise is told, a sentence each. */
    static KernelArguments read(String text, Consumer<String> notes) throws ArgumentsException {
        BlockText all = new BlockText(notes);
        all.split(text);
        return new KernelArguments(all.ranges(), List.of());
    }

    private void split(String text) throws ArgumentsException {
        int line = 1;
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == ',' || c == '(' || c == ')') {
                add(field, line);
                line += c == '\n' ? 1 : 0;
            } else {
                field.append(c);
            }
        }
        add(field, line);
    }

    private void add(StringBuilder field, int line) throws ArgumentsException {
        String text = field.toString().strip();
        field.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        if (fields.size() > 2 + MOST_RANGES * FIELDS) {
            throw wrong(line, "more than " + MOST_RANGES + " ranges");
        }
        fields.add(text);
        lines.add(line);
    }

    private List<NamedRange> ranges() throws ArgumentsException {
        long count = fields.size() < 2 ? 0 : number(1);
        if (count == 0) {
            throw wrong(1, "MBLK has no ranges; the first has to be RAM");
        }
        int found = fields.size() - 2;
        if (found != count * FIELDS) {
            throw wrong(
                    lines.get(1),
                    count + " ranges have a start, a length and a name each, and there are " + found + " such fields");
        }
        List<NamedRange> ranges = new ArrayList<>();
        for (int at = 2; at < fields.size(); at += FIELDS) {
            ranges.add(new NamedRange(name(at + 2), address(at), address(at + 1)));
        }
        return ranges;
    }

    private String name(int at) throws ArgumentsException {
        String name = fields.get(at);
        String padded = name + " ".repeat(Math.max(0, NamedRange.NAME_LENGTH - name.length()));
        if (!NamedRange.isName(padded)) {
            throw wrong(lines.get(at), "a name has one to four printable characters");
        }
        return padded;
    }

    /** A number of bytes, about which something is said if it is whole pages only in hexadecimal, which it is not written in. */
    private long address(int at) throws ArgumentsException {
        long number = number(at);
        String text = fields.get(at);
        if (number % PAGE != 0 && text.matches("[0-9]*000")) {
            notes.accept("line " + lines.get(at) + ": " + text + " is decimal, 0x" + Long.toHexString(number)
                    + ", and no whole number of pages; hexadecimal begins with 0x");
        }
        return number;
    }

    private long number(int at) throws ArgumentsException {
        String text = fields.get(at);
        boolean isHex = text.startsWith("0x") || text.startsWith("0X");
        try {
            long number = isHex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
            if (number >= 0 && number <= KernelArguments.END && text.charAt(isHex ? 2 : 0) != '+') {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the line
        }
        throw wrong(lines.get(at), "a number from 0 to 2^32 is expected");
    }

    private static ArgumentsException wrong(int line, String problem) {
        return new ArgumentsException("line " + line, problem);
    }

    static String write(List<NamedRange> ranges) throws ArgumentsException {
        StringBuilder text = new StringBuilder("MBLK,").append(ranges.size()).append(",\n");
        for (NamedRange range : ranges) {
            String name = range.name().strip();
            if (name.isEmpty()
                    || !name.chars().allMatch(BlockText::isPlain)
                    || !range.name().startsWith(name)) {
                throw new ArgumentsException("", "the name of " + range + " cannot stand between commas");
            }
            text.append("0x").append(Long.toHexString(range.start()));
            text.append(",0x").append(Long.toHexString(range.bytes()));
            text.append(',').append(name).append('\n');
        }
        return text.toString();
    }

    private static boolean isPlain(int c) {
        return c != ',' && c != '(' && c != ')';
    }
}
