package org.allocman.cli.shell;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What can be shown. */
enum Topic {
    SLOTS("slots", "[PLACE]", "the slots in use, of the CSpace or of one CNode"),
    TREE("tree", "[PLACE]", "what is derived from what, from one capability on or all"),
    UNTYPEDS("untypeds", "", "untypeds and their watermarks"),
    MEMORY("memory", "", "the board's memory map, and what is in it"),
    POOLS("pools", "", "the manager's pools, slots and reserve"),
    OBJECT("object", "PLACE", "all about a capability and its object"),
    NAMES("names", "", "what names stand for"),
    HISTORY("history", "", "what was done and can be undone");

    private final String word;
    private final String operand;
    private final String meaning;

    Topic(String word, String operand, String meaning) {
        this.word = word;
        this.operand = operand;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    boolean takesPlace() {
        return !operand.isEmpty();
    }

    String form() {
        return operand.isEmpty() ? "show " + word : "show " + word + " " + operand;
    }

    String meaning() {
        return meaning;
    }

    static @Nullable Topic of(String word) {
        for (Topic topic : values()) {
            if (topic.word.equals(word)) {
                return topic;
            }
        }
        return null;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Topic::word).toList();
    }
}
