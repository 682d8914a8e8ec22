package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.BoardDocument.MirrorEntry;
import org.allocman.sim.board.BoardDocument.RegionEntry;
import org.allocman.sim.board.BoardDocument.SpanEntry;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A board's description that somebody else has read: each value with the place where it stands, for instance
 * {@code regions[0].name}. For where there is another reader of YAML than ours, as in a browser.
 */
public final class BoardEntries {
    private static final Pattern LISTED =
            Pattern.compile("(regions|mirrors|devices|memory)\\[([0-9]{1,5})]\\.([a-z]+)");
    static final Map<String, List<String>> KEYS = Map.of(
            "regions", List.of("name", "kind", "start", "size"),
            "mirrors", List.of("start", "original", "size"),
            "devices", List.of("start", "end"),
            "memory", List.of("start", "end"));
    static final List<String> SINGLE = List.of("name", "architecture", "userTop", "core", "mpu", "mpuRegions");
    static final List<String> OF_A_BOOT = List.of("rootCNodeBits", "emptySlots", "untypeds", "leftOut", "failure");

    private final String source;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * A description without values.
     *
     * @param source what to call it in messages
     */
    public BoardEntries(String source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Adds a value.
     *
     * @param place where it stands, for instance {@code architecture} or {@code regions[0].start}
     * @param value the value as text
     * @throws BoardFormatException if a board's description has nothing there
     */
    public void add(String place, String value) throws BoardFormatException {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(value, "value");
        String first = place.split("[.\\[]", 2)[0];
        if (OF_A_BOOT.contains(first)) {
            return;
        }
        Matcher listed = LISTED.matcher(place);
        if (listed.matches()) {
            String list = String.valueOf(listed.group(1));
            String key = String.valueOf(listed.group(3));
            if (!KEYS.getOrDefault(list, List.of()).contains(key)) {
                throw new BoardFormatException(source, place, "unknown key " + RegionNames.quoted(key));
            }
            counts.merge(list, Integer.parseInt(String.valueOf(listed.group(2))) + 1, Math::max);
        } else if (!SINGLE.contains(place)) {
            throw KEYS.containsKey(first)
                    ? new BoardFormatException(source, place, "a list of groups of keys and values belongs here")
                    : new BoardFormatException(source, place, "unknown key " + RegionNames.quoted(first));
        }
        values.put(place, value);
    }

    /**
     * The board.
     *
     * @param hints what is said of the board beside the description
     * @return the board, and what of the description is not in it
     * @throws BoardFormatException if the values describe no board
     */
    public BoardReading reading(BoardHints hints) throws BoardFormatException {
        Objects.requireNonNull(hints, "hints");
        BoardDocument document = new BoardDocument(
                value("name"),
                value("architecture"),
                value("userTop"),
                value("core"),
                value("mpu"),
                value("mpuRegions"),
                list(
                        "regions",
                        at -> new RegionEntry(
                                value(at + "name"), value(at + "kind"), value(at + "start"), value(at + "size"))),
                list("mirrors", at -> new MirrorEntry(value(at + "start"), value(at + "original"), value(at + "size"))),
                list("devices", at -> new SpanEntry(value(at + "start"), value(at + "end"))),
                list("memory", at -> new SpanEntry(value(at + "start"), value(at + "end"))));
        return DocumentReader.read(source, document, hints);
    }

    private @Nullable String value(String place) {
        return values.get(place);
    }

    /** How a group is made of its place. */
    private interface Group<T> {
        T at(String place);
    }

    private <T> @Nullable List<@Nullable T> list(String name, Group<T> group) {
        Integer count = counts.get(name);
        if (count == null) {
            return null;
        }
        List<@Nullable T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(group.at(name + "[" + i + "]."));
        }
        return list;
    }
}
