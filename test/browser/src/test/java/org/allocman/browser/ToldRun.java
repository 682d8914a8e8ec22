package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recording as a page puts it together of what it is told, and the machine as the changes in it make it. */
final class ToldRun {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> LISTS = List.of("operations", "steps", "rows", "values");

    private final Map<String, List<JsonNode>> lists = new TreeMap<>();
    private final Map<Long, Integer> slots = new TreeMap<>();
    private final Map<Long, Integer> words = new TreeMap<>();

    /** What slots hold, and the words of the pools, by their numbers. */
    record State(Map<Long, Integer> slots, Map<Long, String> words) {}

    ToldRun(String start) {
        JsonNode run = JSON.readTree(start);
        put(slots, run.get("slots"), 1);
        put(words, run.get("words"), 1);
        LISTS.forEach(name -> lists.put(name, new ArrayList<>()));
        add(run, true);
    }

    void add(String tail, boolean withSteps) {
        add(JSON.readTree(tail), withSteps);
    }

    private void add(JsonNode run, boolean withSteps) {
        for (String name : LISTS) {
            if (withSteps || name.equals("rows") || name.equals("values")) {
                run.get(name).forEach(lists.get(name)::add);
            }
        }
        if (withSteps) {
            for (JsonNode step : run.get("steps")) {
                put(slots, step.get("slots"), 2);
                put(words, step.get("words"), 2);
            }
        }
    }

    private static void put(Map<Long, Integer> map, JsonNode changes, int column) {
        if (changes != null) {
            for (JsonNode change : changes) {
                map.put(change.get(0).asLong(), change.get(column).asInt());
            }
        }
    }

    /** An empty slot is as one that was never used, and a word of zeros as one that was never written. */
    State state() {
        Map<Long, Integer> held = new TreeMap<>(slots);
        held.values().removeIf(row -> row < 0);
        Map<Long, String> written = new TreeMap<>();
        words.forEach((address, value) -> {
            String text = lists.get("values").get(value).asString();
            if (!text.equals("0")) {
                written.put(address, text);
            }
        });
        return new State(held, written);
    }

    /** Asserts that it is what a recording has as a whole. */
    void isWhole(String soFar) {
        JsonNode run = JSON.readTree(soFar);
        for (String name : LISTS) {
            List<JsonNode> all = new ArrayList<>();
            run.get(name).forEach(all::add);
            assertEquals(all, lists.get(name), name);
        }
    }
}
