package org.allocman.conformance.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.vka.Memory;

/** Notices which interrupts a step has changed: their state, or the kernel's slot. */
final class InterruptWatch {
    private final Interrupts interrupts;
    private final SlotText text;
    private final Memory memory;
    private final int words;
    private final int[] states;
    private final long[][] before;

    InterruptWatch(RecordedMachine machine, SlotText text) {
        this.interrupts = machine.interrupts();
        this.text = text;
        this.memory = machine.memory.words();
        this.words = machine.slots.bytes() / Long.BYTES;
        this.states = new int[interrupts.count()];
        this.before = new long[interrupts.count()][words];
    }

    /** The kernel's timer as the start of a recording tells it; -1 if it does not. */
    static int timer(List<StateLine> start) throws RecordingException {
        for (StateLine line : start) {
            if (line.text().startsWith("I ") && line.text().contains(" state=" + Interrupts.TIMER + " ")) {
                return (int) Math.min(Integer.MAX_VALUE, Fields.number(part(line, 1), "the interrupt", line.number()));
            }
        }
        return -1;
    }

    private static String part(StateLine line, int index) throws RecordingException {
        String[] parts = line.text().split(" ", 4);
        if (parts.length < 4) {
            throw new RecordingException(line.number(), "an interrupt without content");
        }
        return parts[index];
    }

    /** Compares what is recorded to have changed since the last call with what has. */
    void compare(List<StateLine> recorded, List<Difference.Row> rows) throws RecordingException {
        Set<Integer> told = new HashSet<>();
        for (StateLine line : recorded) {
            long number = Fields.number(part(line, 1), "the interrupt", line.number());
            if (number < 0 || number >= interrupts.count()) {
                throw new RecordingException(line.number(), "there is no interrupt " + Fields.abridged(part(line, 1)));
            }
            int interrupt = (int) number;
            told.add(interrupt);
            String state = "state=" + interrupts.state(interrupt);
            long slot = interrupts.slot(interrupt);
            if (!part(line, 2).equals(state) || !text.agrees(slot, part(line, 3).trim(), line.number())) {
                add(rows, interrupt, part(line, 2) + " " + part(line, 3));
            }
        }
        for (int interrupt = 0; interrupt < interrupts.count(); interrupt++) {
            if (hasChanged(interrupt) && !told.contains(interrupt)) {
                add(rows, interrupt, "unchanged");
            }
        }
    }

    private void add(List<Difference.Row> rows, int interrupt, String expected) {
        rows.add(new Difference.Row(
                "interrupt " + interrupt,
                expected,
                "state=" + interrupts.state(interrupt) + " " + text.describe(interrupts.slot(interrupt))));
    }

    private boolean hasChanged(int interrupt) {
        int state = interrupts.state(interrupt);
        boolean changed = state != states[interrupt];
        states[interrupt] = state;
        for (int i = 0; i < words; i++) {
            long word = memory.load64(interrupts.slot(interrupt), i * Long.BYTES);
            changed |= word != before[interrupt][i];
            before[interrupt][i] = word;
        }
        return changed;
    }
}
