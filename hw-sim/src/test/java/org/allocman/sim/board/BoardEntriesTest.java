package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BoardEntriesTest {
    static Stream<String> names() {
        return Boards.names().stream();
    }

    private static BoardEntries entries(String yaml) throws BoardFormatException {
        BoardEntries entries = new BoardEntries("test");
        // hexadecimal numbers are to stay text, as in the reader of the page
        add(entries, new YAMLMapper().readValue(yaml.replaceAll("(0x[0-9a-fA-F]+)", "\"$1\""), Object.class), "");
        return entries;
    }

    private static void add(BoardEntries entries, Object value, String place) throws BoardFormatException {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(entries, list.get(i), place + "[" + i + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(entries, entry.getValue(), place.isEmpty() ? "" + entry.getKey() : place + "." + entry.getKey());
            }
        } else {
            entries.add(place, String.valueOf(value));
        }
    }

    /** The page takes the keys that the file's reader takes, and passes over the same. */
    @Test
    void theKeysAreThoseOfTheFile() {
        Map<String, Set<String>> lists = new HashMap<>();
        Set<String> single = new HashSet<>();
        for (RecordComponent component : BoardDocument.class.getRecordComponents()) {
            if (component.getType() == List.class) {
                Class<?> entry = switch (component.getName()) {
                    case "regions" -> BoardDocument.RegionEntry.class;
                    case "mirrors" -> BoardDocument.MirrorEntry.class;
                    default -> BoardDocument.SpanEntry.class;
                };
                lists.put(component.getName(), names(entry));
            } else {
                single.add(component.getName());
            }
        }
        assertEquals(single, Set.copyOf(BoardEntries.SINGLE));
        assertEquals(lists.keySet(), BoardEntries.KEYS.keySet());
        BoardEntries.KEYS.forEach((list, keys) -> assertEquals(lists.get(list), Set.copyOf(keys), list));
        assertEquals(
                Set.of(BoardDocument.class
                        .getAnnotation(JsonIgnoreProperties.class)
                        .value()),
                Set.copyOf(BoardEntries.OF_A_BOOT));
    }

    private static Set<String> names(Class<?> entry) {
        return Stream.of(entry.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aBuiltInBoardIsTheSame(String name) throws Exception {
        assertEquals(
                Boards.byName(name),
                entries(Boards.yaml(name)).reading(BoardHints.NONE).board());
    }

    @Test
    void whatABuildOfSeL4WritesIsRead() throws Exception {
        BoardEntries entries = new BoardEntries("platform");
        entries.add("memory[0].start", "0x80000000");
        entries.add("memory[0].end", "0x90000000");
        entries.add("devices[0].start", "0x0");
        entries.add("devices[0].end", "0x80000000");
        Board board = entries.reading(BoardHints.ofArchitecture(Architecture.named("riscv64")))
                .board();
        assertEquals(1L << 28, board.largestRam().size());
    }

    @ParameterizedTest
    @CsvSource({
        "colour,unknown key \"colour\"",
        "regions,a list of groups",
        "regions[0],a list of groups",
        "regions[0].colour,unknown key \"colour\"",
        "regions[123456].name,a list of groups",
        "memory[0].size,unknown key \"size\""
    })
    void anUnknownPlaceIsRefused(String place, String message) {
        BoardFormatException refused =
                assertThrows(BoardFormatException.class, () -> new BoardEntries("b").add(place, "x"));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused::getMessage);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        BoardEntries entries = new BoardEntries("b");
        entries.add("name", "b");
        entries.add("architecture", "aarch64");
        entries.add("regions[0].name", "ram");
        BoardFormatException refused = assertThrows(BoardFormatException.class, () -> entries.reading(BoardHints.NONE));
        assertTrue(String.valueOf(refused.getMessage()).contains("regions[0]"), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("\"kind\" is missing"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"0,10,0", "ffffffffffffffff,16,-1", "18446744073709551615,10,-1", "101,2,5", "7f,16,127"})
    void numbersWithoutASignAreRead(String digits, int radix, long number) {
        assertEquals(number, UnsignedText.parse(digits, radix));
        assertEquals(Long.parseUnsignedLong(digits, radix), number);
    }

    @ParameterizedTest
    @CsvSource({"10000000000000000,16", "18446744073709551616,10", "-1,10", "+1,10", "1_0,10", "g,16", "'',10", "2,2"})
    void whatIsNoNumberIsRefused(String digits, int radix) {
        assertThrows(NumberFormatException.class, () -> UnsignedText.parse(digits, radix));
    }
}
