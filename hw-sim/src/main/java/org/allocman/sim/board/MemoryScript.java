package org.allocman.sim.board;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.Region.Kind;

/**
 * The memory that a linker script describes in its {@code MEMORY} blocks (GNU ld, "MEMORY Command"), a {@code memory.x} for
 * instance. A region that may be written is RAM, unless it is called flash or ROM; without attributes the name tells. The
 * rest are devices. Other commands of a script are passed over.
 */
public final class MemoryScript {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SYMBOLS = 4096;
    private static final Pattern LINE_COMMENT = Pattern.compile("(?m)//.*$|^[ \\t]*+#.*$");

    // every run has a bound, or a file of blanks or letters would be looked through once for each of its bytes
    private static final String BLANKS = "\\s{0,256}+";
    private static final String NAME = "[A-Za-z_.$][\\w.$-]{0,127}+";
    private static final Pattern STATEMENT = Pattern.compile("\\bMEMORY" + BLANKS
            + "\\{|(?<![\\w.$])([A-Za-z_.$][\\w.$]{0,127}+)" + BLANKS + "=(?!=)" + BLANKS + "([^;{}]{1,512}+);");
    private static final Pattern ENTRY =
            Pattern.compile(BLANKS + "\"?(" + NAME + ")\"?" + BLANKS + "(?:\\(([^)]{0,32})\\))?"
                    + BLANKS + ":" + BLANKS + "(?:ORIGIN|org|o)" + BLANKS + "=([^,}]{1,512}+)," + BLANKS
                    + "(?:LENGTH|len|l)" + BLANKS
                    + "=([^,;}]{1,512}?)"
                    // up to a comma, the end, or what the next entry begins with
                    + "(?=" + BLANKS + "(?:[,;]|\\z|\"?" + NAME + "\"?" + BLANKS + "(?:\\([^)]{0,32}\\))?" + BLANKS
                    + ":))" + BLANKS
                    + "[;,]?");
    private static final Pattern NOT_RAM = Pattern.compile(".*(FLASH|IROM|EEPROM|DROM|XIP).*|.*(^|[^P])ROM.*");
    private static final Pattern RAM = Pattern.compile(".*(RAM|TCM|CCM|DDR|OCM).*");

    private final String source;
    private final String text;
    private final Map<String, Long> symbols = new HashMap<>();
    private final List<Region> regions = new ArrayList<>();

    private MemoryScript(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /**
     * Reads a script.
     *
     * @param file where it is
     * @return its memory, RAM and devices
     * @throws BoardFormatException if the file cannot be read or describes no memory
     */
    public static List<Region> read(Path file) throws BoardFormatException {
        return read(file.toString(), FileContent.of(file));
    }

    /**
     * Reads a script's content.
     *
     * @param source what to call it in messages
     * @param content its bytes
     * @return its memory, RAM and devices
     * @throws BoardFormatException if it describes no memory
     */
    public static List<Region> read(String source, byte[] content) throws BoardFormatException {
        if (content.length > MAX_BYTES) {
            throw new BoardFormatException(
                    source, "byte 0x" + Integer.toHexString(MAX_BYTES), "a linker script has at most 1 MiB");
        }
        String text = new String(Utf8Mark.without(content), StandardCharsets.ISO_8859_1);
        return new MemoryScript(source, withoutLineComments(withoutComments(text))).read();
    }

    /** The text with blanks in place of comments, so that every line stays where it is. */
    private static String withoutComments(String text) {
        StringBuilder left = new StringBuilder(text);
        int start = text.indexOf("/*");
        while (start >= 0) {
            int end = text.indexOf("*/", start + 2);
            if (end < 0) {
                return left.toString();
            }
            blank(left, start, end + 2);
            start = text.indexOf("/*", end + 2);
        }
        return left.toString();
    }

    private static String withoutLineComments(String text) {
        StringBuilder left = new StringBuilder(text);
        Matcher matcher = LINE_COMMENT.matcher(text);
        while (matcher.find()) {
            blank(left, matcher.start(), matcher.end());
        }
        return left.toString();
    }

    private static void blank(StringBuilder text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (text.charAt(at) != '\n') {
                text.setCharAt(at, ' ');
            }
        }
    }

    private List<Region> read() throws BoardFormatException {
        Matcher matcher = STATEMENT.matcher(text);
        int from = 0;
        boolean hasBlock = false;
        while (matcher.find(from)) {
            from = matcher.end();
            String name = matcher.group(1);
            if (name == null) {
                hasBlock = true;
                from = readBlock(from);
            } else if (symbols.size() < MAX_SYMBOLS) {
                Long value = ScriptNumber.valueOf(balanced(String.valueOf(matcher.group(2))), symbols);
                if (value != null) {
                    symbols.put(name, value);
                }
            }
        }
        if (!hasBlock) {
            throw new BoardFormatException(source, "line 1", "this has no MEMORY block, so it describes no memory");
        }
        if (regions.isEmpty()) {
            throw new BoardFormatException(source, "line 1", "the MEMORY block describes no memory");
        }
        return List.copyOf(regions);
    }

    /** An expression without the bracket that closes a PROVIDE around it. */
    private static String balanced(String expression) {
        String text = expression.strip();
        long open = text.chars().filter(c -> c == '(').count();
        long closed = text.chars().filter(c -> c == ')').count();
        return closed > open && text.endsWith(")") ? text.substring(0, text.length() - 1) : text;
    }

    /** Reads the entries of a block; returns the place behind it. */
    private int readBlock(int start) throws BoardFormatException {
        int end = text.indexOf('}', start);
        if (end < 0) {
            throw fail(start, "the MEMORY block has no end");
        }
        String block = text.substring(start, end);
        Matcher matcher = ENTRY.matcher(block);
        int at = 0;
        int entries = 0;
        while (!block.substring(at).isBlank()) {
            matcher.region(at, block.length());
            if (!matcher.lookingAt()) {
                int word = start
                        + at
                        + block.substring(at).indexOf(block.substring(at).stripLeading());
                throw fail(word, "expected NAME (ATTRIBUTES) : ORIGIN = ADDRESS, LENGTH = BYTES");
            }
            add(
                    start + matcher.start(1),
                    String.valueOf(matcher.group(1)),
                    matcher.group(2) == null ? "" : String.valueOf(matcher.group(2)),
                    String.valueOf(matcher.group(3)),
                    String.valueOf(matcher.group(4)));
            at = matcher.end();
            entries++;
            if (entries > BoardBuilder.MAX_REGIONS) {
                throw fail(start + at, "more than " + BoardBuilder.MAX_REGIONS + " entries");
            }
        }
        return end + 1;
    }

    private void add(int at, String name, String attributes, String origin, String length) throws BoardFormatException {
        if (regions.size() == BoardBuilder.MAX_REGIONS) {
            throw fail(at, "more than " + BoardBuilder.MAX_REGIONS + " regions");
        }
        long start = number(at, name, "ORIGIN", origin);
        long size = number(at, name, "LENGTH", length);
        symbols.put("ORIGIN(" + name + ")", start);
        symbols.put("LENGTH(" + name + ")", size);
        if (size == 0) {
            return;
        }
        if (!Region.fits(start, size)) {
            throw fail(at, name + " reaches beyond 2^52");
        }
        regions.add(new Region(
                name.toLowerCase(Locale.ROOT), isRam(name, attributes) ? Kind.RAM : Kind.DEVICE, start, size));
    }

    private static boolean isRam(String name, String attributes) {
        String upper = name.toUpperCase(Locale.ROOT);
        String letters = attributes.toLowerCase(Locale.ROOT);
        if (NOT_RAM.matcher(upper).matches()) {
            return false;
        }
        int not = letters.indexOf('!');
        String may = not < 0 ? letters : letters.substring(0, not);
        return may.isBlank() ? RAM.matcher(upper).matches() : may.contains("w");
    }

    private long number(int at, String name, String what, String expression) throws BoardFormatException {
        Long value = ScriptNumber.valueOf(expression, symbols);
        if (value == null) {
            throw fail(
                    at,
                    "the " + what + " of " + name + ", " + RegionNames.quoted(expression.strip())
                            + ", is no number, or has a symbol that the script does not set");
        }
        return value;
    }

    private BoardFormatException fail(int at, String problem) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new BoardFormatException(source, "line " + line, problem);
    }
}
