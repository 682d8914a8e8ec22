package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Identifiers of main code use the field's words: one for each thing, and none that we made up where there is one already. */
class NamesTest {
    /** Words that no identifier has, and what is said instead. */
    private static final Map<String, String> BANNED = Map.ofEntries(
            Map.entry("book", "allocations, table or bitmap: what it is"),
            Map.entry("books", "metadata, tables or bitmaps: what they are"),
            Map.entry("elsewhere", "unavailable, or reserved by whom"),
            Map.entry("parts", "context or components"),
            Map.entry("places", "addresses, slots or paths: of what they are the places"),
            Map.entry("telling", "narration"),
            Map.entry("story", "narration"),
            Map.entry("odd", "unaligned"),
            Map.entry("peep", "scratch mapping"),
            Map.entry("folded", "reduced by symmetry"),
            Map.entry("unfolded", "without symmetry"),
            Map.entry("situation", "initial state"),
            Map.entry("rehearsal", "dry run"),
            Map.entry("evacuate", "release or reclaim"),
            Map.entry("folding", "reduction"),
            Map.entry("cuts", "carving"));

    /** The same for words that are banned only beside each other. */
    private static final Map<List<String>, String> BANNED_PAIRS = Map.of(
            List.of("let", "go"), "release",
            List.of("give", "up"), "release or give back",
            List.of("set", "aside"), "hold or reserve",
            List.of("hand", "out"), "unhold or allocate");

    /** The words of an identifier: at capitals, underscores and digits. */
    private static List<String> words(String identifier) {
        return Arrays.stream(identifier.split("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|\\$"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void addBanned(TreeSet<String> found, String where, String identifier) {
        List<String> words = words(identifier);
        for (int i = 0; i < words.size(); i++) {
            // book-keeping is the field's own
            boolean isKeeping = i + 1 < words.size() && words.get(i + 1).equals("keeping");
            String instead = BANNED.get(words.get(i));
            if (instead != null && !isKeeping) {
                found.add(where + ": " + identifier + ", say " + instead);
            }
            String pair = i + 1 < words.size() ? BANNED_PAIRS.get(words.subList(i, i + 2)) : null;
            if (pair != null) {
                found.add(where + ": " + identifier + ", say " + pair);
            }
        }
    }

    @Test
    void noIdentifierHasAWordOfOurOwnMaking() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : Code.MAIN) {
            addBanned(found, type.getPackageName(), type.getSimpleName());
            for (JavaMember member : type.getMembers()) {
                if (!member.getName().contains("lambda$")) {
                    addBanned(found, type.getName(), member.getName());
                }
            }
        }
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void aBannedWordWouldBeNoticedWhereverItStands() {
        for (String name : List.of(
                "PageBook",
                "bookAt",
                "BOOK",
                "setElsewhere",
                "isOdd",
                "Books",
                "PARTS_OF",
                "SlotPlaces",
                "letGoAll",
                "LET_GO",
                "toHandOut")) {
            TreeSet<String> found = new TreeSet<>();
            addBanned(found, "here", name);
            assertEquals(1, found.size(), name);
        }
        TreeSet<String> found = new TreeSet<>();
        for (String name : List.of(
                "OUT_OF_BOOK_KEEPING",
                "bookKeeping",
                "placement",
                "partsless",
                "oddly",
                "TABLE",
                "outlet",
                "letter",
                "give")) {
            addBanned(found, "here", name);
        }
        assertTrue(found.isEmpty(), found::toString);
    }
}
