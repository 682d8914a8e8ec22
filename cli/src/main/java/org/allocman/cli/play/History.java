package org.allocman.cli.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.sim.memory.PhysicalMemory;

/**
 * The calls that were made, and how to undo them. As in the shell the memory's journal knows what every word was. But the words
 * are stored again and not taken back, so that a recording, which reads the same journal, sees them change.
 */
final class History {
    private final PhysicalMemory memory;
    private final Deque<Step> steps = new ArrayDeque<>();

    /** A call, and how things were before it. */
    private record Step(PlayLine line, int checkpoint, NamedValues names) {}

    /** What undoing came to: the lines, newest first, and the names as they were. */
    record Undone(List<PlayLine> lines, NamedValues names) {}

    /** Begins; the memory's journal is on. */
    History(PhysicalMemory memory) {
        this.memory = memory;
    }

    int size() {
        return steps.size();
    }

    /** Says that a call is about to be made. */
    void push(PlayLine line, NamedValues names) {
        steps.push(new Step(line, memory.checkpoint(), names));
    }

    /** Says that the call was none after all; it has changed nothing. */
    void drop() {
        steps.pop();
    }

    /** Undoes calls; 1 to {@link #size} of them. */
    Undone undo(int count) {
        List<PlayLine> lines = new ArrayList<>();
        Step step = steps.pop();
        lines.add(step.line);
        for (int i = 1; i < count; i++) {
            step = steps.pop();
            lines.add(step.line);
        }
        Map<Long, Long> words = new LinkedHashMap<>();
        memory.forEachStore(step.checkpoint, words::putIfAbsent);
        words.forEach((address, word) -> memory.words().store64(address, 0, word));
        memory.forgetTranslations();
        return new Undone(lines, step.names);
    }
}
