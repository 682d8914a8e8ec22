package org.allocman.check.museum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A history for each exhibit that breaks it, written down: a line with its number, and an indented line for each step. They
 * are kept when the explorer changes its ways, so that a bug that was found once stays found.
 */
final class RecordedHistories {
    private static final Path FILE = Path.of("src", "test", "resources", "museum", "histories.txt");
    private static final boolean WRITES = "write".equals(System.getProperty("allocman.docs"));

    private final Map<String, List<String>> histories = new TreeMap<>();

    private RecordedHistories() {}

    static RecordedHistories read() {
        RecordedHistories recorded = new RecordedHistories();
        try {
            List<String> steps = new ArrayList<>();
            for (String line : WRITES ? List.<String>of() : Files.readAllLines(FILE)) {
                if (line.startsWith("  ")) {
                    steps.add(line.strip());
                } else {
                    steps = new ArrayList<>();
                    recorded.histories.put(line, steps);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorded;
    }

    /** The history of an exhibit; when they are written anew, the one that was found now. */
    List<String> of(String id, List<String> found) {
        if (WRITES) {
            histories.put(id, found);
        }
        List<String> history = histories.get(id);
        if (history == null) {
            throw new AssertionError("no history of " + id + " is recorded");
        }
        return history;
    }

    void write() {
        if (!WRITES) {
            return;
        }
        StringBuilder text = new StringBuilder();
        histories.forEach((id, steps) -> {
            text.append(id).append('\n');
            steps.forEach(step -> text.append("  ").append(step).append('\n'));
        });
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
