package org.allocman.sim.board;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.allocman.qual.SizeBits;
import org.allocman.sim.board.ProfileDocument.LevelEntry;
import org.allocman.sim.board.ProfileDocument.TypeEntry;
import org.allocman.vka.Architecture;
import org.allocman.vka.ArchitectureBuilder;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the profile of a kernel of one's own from a file in YAML, or JSON: word, slots, untypeds, object types, levels of
 * page tables.
 */
public final class ProfileFile {
    private static final String WHAT = "profile";
    private static final String WHOLE = "line 1";
    private static final int MAX_TYPES = ArchitectureBuilder.MOST_NUMBER + 1;
    private static final int MAX_LEVELS = 7;
    private static final long LIMIT = 1L << 57;

    private final String source;
    private ArchitectureBuilder builder;

    private ProfileFile(String source, ArchitectureBuilder builder) {
        this.source = source;
        this.builder = builder;
    }

    /** One of the builder's methods. */
    private interface Saying {
        ArchitectureBuilder say();
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return the profile
     * @throws BoardFormatException if the file cannot be read or describes no kernel
     */
    public static Architecture read(Path file) throws BoardFormatException {
        return read(file.toString(), FileContent.of(file));
    }

    /**
     * Reads a file's content.
     *
     * @param source what to call it in messages, for instance its path
     * @param content the file's bytes, at most 512 KiB
     * @return the profile
     * @throws BoardFormatException if the content describes no kernel
     */
    public static Architecture read(String source, byte[] content) throws BoardFormatException {
        ProfileDocument document = YamlText.read(source, content, ProfileDocument.class, WHAT);
        String name = required(source, WHOLE, "name", document.name());
        int wordBits = (int) Math.min(Integer.MAX_VALUE, number(source, WHOLE, "word", document.word()));
        ArchitectureBuilder builder;
        try {
            builder = ArchitectureBuilder.of(name, wordBits);
        } catch (IllegalArgumentException e) {
            throw new BoardFormatException(source, WHOLE, String.valueOf(e.getMessage()));
        }
        return new ProfileFile(source, builder).read(document);
    }

    private Architecture read(ProfileDocument document) throws BoardFormatException {
        readSizes(document);
        List<@Nullable TypeEntry> types = document.types();
        for (int i = 0; types != null && i < types.size(); i++) {
            if (i == MAX_TYPES) {
                throw new BoardFormatException(source, "types[" + i + "]", "there are at most " + MAX_TYPES + " types");
            }
            readType("types[" + i + "]", types.get(i));
        }
        List<@Nullable LevelEntry> levels = document.levels();
        for (int i = 0; levels != null && i < levels.size(); i++) {
            if (i == MAX_LEVELS) {
                throw new BoardFormatException(
                        source, "levels[" + i + "]", "there are at most " + MAX_LEVELS + " levels");
            }
            readLevel("levels[" + i + "]", levels.get(i));
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new BoardFormatException(source, "", String.valueOf(e.getMessage()));
        }
    }

    private void readSizes(ProfileDocument document) throws BoardFormatException {
        if (document.slot() != null) {
            int bits = bits("slot", "", document.slot());
            say("slot", () -> builder.slotBits(bits));
        }
        if ((document.leastUntyped() == null) != (document.mostUntyped() == null)) {
            throw new BoardFormatException(
                    source, "leastUntyped", "leastUntyped and mostUntyped are said both, or neither");
        }
        if (document.leastUntyped() != null) {
            int least = bits("leastUntyped", "", document.leastUntyped());
            int most = bits("mostUntyped", "", document.mostUntyped());
            say("mostUntyped", () -> builder.untypeds(least, most));
        }
        if (document.fanOut() != null) {
            long limit = Math.min(Integer.MAX_VALUE, number(source, "fanOut", "", document.fanOut()));
            say("fanOut", () -> builder.fanOutLimit((int) limit));
        }
        if (document.domains() != null) {
            long number = Math.min(Integer.MAX_VALUE, number(source, "domains", "", document.domains()));
            say("domains", () -> builder.domains((int) number));
        }
        if (document.userTop() != null) {
            long top = number(source, "userTop", "", document.userTop());
            say("userTop", () -> builder.userTop(top));
        }
        if (document.deviceTop() != null) {
            int bits = bits("deviceTop", "", document.deviceTop());
            say("deviceTop", () -> builder.deviceTopBits(bits));
        }
    }

    private void readType(String position, @Nullable TypeEntry entry) throws BoardFormatException {
        if (entry == null) {
            throw new BoardFormatException(source, position, "the type is empty");
        }
        String name = required(source, position, "name", entry.name());
        int number = (int) Math.min(Integer.MAX_VALUE, number(source, position, "number", entry.number()));
        ObjectType known = ObjectType.named(upper(name));
        String kind = entry.kind();
        if (known != null) {
            if (kind != null || entry.least() != null || entry.most() != null) {
                throw new BoardFormatException(
                        source, position, known.text() + " is a type of seL4's: it takes a number and a size only");
            }
            int bits = known.isSizedByCaller() ? 0 : bits(position, "size", entry.size());
            say(position, () -> builder.type(known, number, bits));
            return;
        }
        boolean sizedByCaller = entry.least() != null || entry.most() != null;
        if (sizedByCaller && (entry.size() != null || kind != null && !kind.equals("plain"))) {
            throw new BoardFormatException(
                    source,
                    position,
                    "a plain type has either \"size\" or \"least\" and \"most\", others have \"size\"");
        }
        if (sizedByCaller) {
            int least = bits(position, "least", entry.least());
            int most = bits(position, "most", entry.most());
            say(position, () -> builder.plain(name, number, least, most));
            return;
        }
        int bits = bits(position, "size", entry.size());
        String said = kind == null ? "plain" : kind;
        switch (said) {
            case "plain" -> say(position, () -> builder.plain(name, number, bits));
            case "frame" -> say(position, () -> builder.frame(name, number, bits));
            case "table" -> say(position, () -> builder.table(name, number, bits));
            default ->
                throw new BoardFormatException(
                        source, position + ".kind", RegionNames.quoted(said) + " is none of plain, frame, table");
        }
    }

    private void readLevel(String position, @Nullable LevelEntry entry) throws BoardFormatException {
        if (entry == null) {
            throw new BoardFormatException(source, position, "the level is empty");
        }
        String table = required(source, position, "table", entry.table());
        int indexBits = bits(position, "entries", entry.entries());
        say(position, () -> builder.level(builder.typeNamed(upper(table)), indexBits));
    }

    private static String upper(String name) {
        return name.replace(' ', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private void say(String position, Saying saying) throws BoardFormatException {
        try {
            builder = saying.say();
        } catch (IllegalArgumentException e) {
            throw new BoardFormatException(source, position, String.valueOf(e.getMessage()));
        }
    }

    private @SizeBits int bits(String position, String key, @Nullable String text) throws BoardFormatException {
        long bytes = number(source, position, key, text);
        if (Long.bitCount(bytes) != 1) {
            throw new BoardFormatException(
                    source,
                    key.isEmpty() ? position : position + "." + key,
                    "it has to be a power of two, and " + text + " is none");
        }
        return Long.numberOfTrailingZeros(bytes);
    }

    private static long number(String source, String position, String key, @Nullable String text)
            throws BoardFormatException {
        if (text == null) {
            throw new BoardFormatException(source, position, "the key \"" + key + "\" is missing");
        }
        try {
            return AddressText.parse(text, LIMIT);
        } catch (NumberFormatException e) {
            throw new BoardFormatException(
                    source, key.isEmpty() ? position : position + "." + key, String.valueOf(e.getMessage()));
        }
    }

    private static String required(String source, String position, String key, @Nullable String value)
            throws BoardFormatException {
        if (value == null) {
            throw new BoardFormatException(source, position, "the key \"" + key + "\" is missing");
        }
        return value;
    }
}
