package org.allocman.conformance.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.sim.kernel.paging.Paging;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replays a recording of a real kernel, step by step: rebuilds its start, sends every message, and compares error,
 * returned words, every slot of the arena that changed, and at each dump the whole derivation list. In a recording of
 * paging, which has an ASID pool, also every entry of page tables and ASID pools that changed.
 */
public final class KernelReplay {
    private final RecordingLines lines;
    private final RecordedMachine machine;
    private final SlotText text;
    private final Architecture architecture;
    private final SimKernel kernel;
    private final ArenaWatch watch;
    private final TableWatch tables;
    private final InterruptWatch interrupts;
    private final RecordedBindings bindings;
    private final List<StateLine> start;
    private final List<Difference.Row> rows = new ArrayList<>();
    private @Nullable Difference firstDifference;
    private long agreed;
    private long total;
    private final long announced;
    private final boolean hasLists;

    /** Hears how far a replay has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after every step.
         *
         * @param done steps done
         * @param total steps that the recording announces
         */
        void step(long done, long total);
    }

    /**
     * Replays a recording.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, Progress progress) throws RecordingException {
        return run(recording, progress, ReplayObserver.NONE);
    }

    /**
     * Replays a recording while somebody looks on.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @param observer sees every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, Progress progress, ReplayObserver observer)
            throws RecordingException {
        try (InputStream input = recording) {
            return new KernelReplay(new RecordingLines(input)).run(progress, observer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private KernelReplay(RecordingLines lines) throws RecordingException {
        this.lines = lines;
        Fields header = header(lines);
        this.announced = header.number("steps", 0, Integer.MAX_VALUE);
        // recordings of paging, which have an ASID pool, leave the derivation list to the slots
        this.hasLists = header.text("init_asid_pool_paddr") == null;
        this.architecture = architecture(header, lines);
        this.start = recordedState(lines);
        this.machine = new RecordedMachine(
                architecture,
                header,
                deviceParent(start, lines),
                rootOfStart(start),
                InterruptWatch.timer(start),
                lines.number());
        this.text = new SlotText(
                machine,
                architecture,
                header.text("window_offset") == null
                        ? SlotText.windowOffset(architecture)
                        : header.number("window_offset"));
        this.kernel = new SimKernel(
                machine.memory,
                architecture,
                machine.state(),
                Paging.addressSpaces(machine.memory, architecture, machine.state()));
        this.watch = new ArenaWatch(machine);
        this.interrupts = new InterruptWatch(machine, text);
        this.bindings = new RecordedBindings(machine, architecture);
        this.tables = new TableWatch(
                machine, architecture, KernelState.userTop(machine.memory.words(), machine.state(), architecture));
    }

    private static Architecture architecture(Fields header, RecordingLines lines) throws RecordingException {
        String name = header.text("arch");
        Architecture architecture = name == null ? Architecture.X86_64 : Architecture.named(name.replace("imac", ""));
        if (architecture == null || !architecture.hasPaging()) {
            throw lines.wrong("no kernel that was recorded is called " + Fields.abridged(String.valueOf(name)));
        }
        if (header.text("KernelIsMCS") != null && !architecture.hasMcs()) {
            Architecture withMcs = Architecture.named(architecture.text() + "+mcs");
            return withMcs == null ? architecture : withMcs;
        }
        return architecture;
    }

    /** The address space that the initial ASID pool has as its entry 1; 0 if the recording has no such pool. */
    private static long rootOfStart(List<StateLine> start) throws RecordingException {
        for (StateLine line : start) {
            String[] parts = line.text().split(" ", 4);
            if (parts[0].equals("A") && parts.length == 4 && parts[2].equals("1")) {
                return new Fields(parts[3], line.number()).number("vspace");
            }
        }
        return 0;
    }

    private static Fields header(RecordingLines lines) throws RecordingException {
        StringBuilder all = new StringBuilder();
        for (String line = lines.peek(); line != null && line.startsWith("#"); line = lines.peek()) {
            all.append(' ').append(line);
            lines.next();
            if (lines.number() > 200) {
                throw lines.wrong("the header does not end");
            }
        }
        return new Fields(all.toString(), lines.number());
    }

    private static long deviceParent(List<StateLine> start, RecordingLines lines) throws RecordingException {
        for (StateLine slot : start) {
            Fields fields = new Fields(slot.text(), slot.number());
            String previous = fields.text("prev");
            if (slot.text().startsWith("C 1 ") && previous != null && previous.startsWith("n0x")) {
                return Fields.number(previous.substring(1), "the device untyped's parent", slot.number());
            }
        }
        throw lines.wrong("does not say where the device untyped's parent is");
    }

    private ReplayResult run(Progress progress, ReplayObserver observer) throws RecordingException {
        compareState(start);
        compareDump();
        note(0, "the start");
        observer.rebuilt(machine.memory, architecture, machine.state());
        for (String line = lines.next(); ; line = lines.next()) {
            if (line == null) {
                throw lines.wrong("the recording is cut off: there is no END");
            }
            if (line.startsWith("END ")) {
                break;
            }
            if (!line.startsWith("S ")) {
                throw lines.wrong("not a step: " + Fields.abridged(line));
            }
            RecordedCall step = RecordedCall.parse(line, lines.number());
            observer.begins(step.text());
            KernelReply reply = perform(step);
            total++;
            observer.ends(reply.error().toString(), rows);
            if (note(step.number(), step.text())) {
                agreed++;
            }
            progress.step(total, Math.max(announced, total));
        }
        return new ReplayResult(agreed, total, firstDifference);
    }

    private KernelReply perform(RecordedCall step) throws RecordingException {
        watch.remember();
        KernelReply reply = kernel.call(step.service(), step.message());
        compare("error", step.error(), reply.error().number());
        compare("returned words", step.words(), reply.words());
        compareState(recordedState(lines));
        String next = lines.peek();
        if (next != null && next.startsWith("D ")) {
            compareDump();
        }
        return reply;
    }

    /** Compares what is recorded to have changed with what has. */
    private void compareState(List<StateLine> recorded) throws RecordingException {
        Set<Long> slots = new HashSet<>();
        Map<String, String> expected = new TreeMap<>();
        List<StateLine> expectedInterrupts = new ArrayList<>();
        for (StateLine line : recorded) {
            if (line.text().startsWith("C ")) {
                slots.add(compareSlot(line));
            } else if (line.text().startsWith("I ")) {
                expectedInterrupts.add(line);
            } else {
                expected.put(tables.place(line.text(), line.number()), tables.value(line.text(), line.number()));
            }
        }
        for (long slot : watch.changed()) {
            if (!slots.contains(slot)) {
                rows.add(new Difference.Row("slot " + text.location(slot), "unchanged", text.describe(slot)));
            }
        }
        interrupts.compare(expectedInterrupts, rows);
        Map<String, String> ours = tables.changed();
        Set<String> places = new TreeSet<>(expected.keySet());
        places.addAll(ours.keySet());
        for (String place : places) {
            compare(place, expected.getOrDefault(place, "unchanged"), ours.getOrDefault(place, "unchanged"));
        }
    }

    /** Takes the step's differences; answers whether there were none. */
    private boolean note(long step, String operation) {
        boolean same = rows.isEmpty();
        if (!same && firstDifference == null) {
            firstDifference = new Difference(step, operation, rows);
        }
        rows.clear();
        return same;
    }

    private static List<StateLine> recordedState(RecordingLines lines) throws RecordingException {
        List<StateLine> state = new ArrayList<>();
        for (String line = lines.peek(); line != null && isState(line); line = lines.peek()) {
            if (state.size() == 1 << 17) {
                throw lines.wrong("too many changes");
            }
            lines.next();
            state.add(new StateLine(lines.number(), line));
        }
        return state;
    }

    private static boolean isState(String line) {
        return line.startsWith("C ") || line.startsWith("V ") || line.startsWith("A ") || line.startsWith("I ");
    }

    /** Compares a {@code C} line with the slot it names, and answers the slot. */
    private long compareSlot(StateLine line) throws RecordingException {
        String[] parts = line.text().split(" ", 3);
        if (parts.length < 3) {
            throw new RecordingException(line.number(), "a slot without content");
        }
        long slot = arenaSlot(parts[1], line.number());
        compareContent(slot, parts[2].trim(), line.number());
        return slot;
    }

    private long arenaSlot(String text, int number) throws RecordingException {
        long index = Fields.number(text, "the slot's number", number);
        if (index < 0 || index >= machine.arenaSlots) {
            throw new RecordingException(number, "the arena has no slot " + Fields.abridged(text));
        }
        return machine.slots.at(machine.arena, index);
    }

    private void compareContent(long slot, String content, int number) throws RecordingException {
        if (!text.agrees(slot, content, number)) {
            rows.add(new Difference.Row("slot " + text.location(slot), content, text.describe(slot)));
        }
    }

    private void compare(String what, Object expected, Object ours) {
        if (!expected.toString().equals(ours.toString())) {
            rows.add(new Difference.Row(what, expected.toString(), ours.toString()));
        }
    }

    private void compareDump() throws RecordingException {
        String first = lines.next();
        if (first == null || !first.startsWith("D ")) {
            throw lines.wrong("a dump is missing");
        }
        long entry = machine.slots.at(machine.arena, 0);
        for (String line = lines.next(); ; line = lines.next()) {
            if (line == null) {
                throw lines.wrong("the recording is cut off in a dump");
            }
            if (line.equals("E")) {
                if (hasLists) {
                    compareEnd(entry);
                }
                return;
            }
            if (line.startsWith("T")) {
                compareTypes(line);
            } else if (line.startsWith("P ")) {
                compareAddress(line);
            } else if (line.equals("MDEV")) {
                compareEnd(entry);
                entry = machine.slots.at(machine.arena, 1);
            } else if (line.equals("MSC")) {
                compareEnd(entry);
                entry = machine.schedControl();
            } else if (line.equals("MIRQ")) {
                compareEnd(entry);
                entry = machine.interruptControl();
            } else if (line.startsWith("B ")) {
                compareBinding(line);
            } else if (line.startsWith("M ")) {
                entry = compareEntry(line, entry);
            } else {
                throw lines.wrong("not a line of a dump: " + Fields.abridged(line));
            }
        }
    }

    private long compareEntry(String line, long entry) throws RecordingException {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            throw lines.wrong("an entry of the list without content");
        }
        compare("list entry " + parts[1], parts[2], text.location(entry));
        if (entry < 0) {
            return entry;
        }
        compareContent(entry, parts[3].trim(), lines.number());
        return machine.slots.mdb().next(entry);
    }

    private void compareEnd(long entry) {
        compare("end of the list", "-", text.location(entry));
    }

    private void compareTypes(String line) {
        StringBuilder types = new StringBuilder("T");
        for (int i = 0; i < machine.arenaSlots; i++) {
            long slot = machine.slots.at(machine.arena, i);
            if (!machine.slots.isEmpty(slot)) {
                types.append(' ').append(i).append(':').append(text.number(slot));
            }
        }
        compare("types", line.trim(), types);
    }

    private void compareBinding(String line) throws RecordingException {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            throw lines.wrong("a binding without content");
        }
        long slot = arenaSlot(parts[1], lines.number());
        for (Map.Entry<String, String> field :
                new Fields(parts[3], lines.number()).all().entrySet()) {
            compare(
                    field.getKey() + " of the " + parts[2] + " in slot " + text.location(slot),
                    field.getValue(),
                    String.valueOf(bindings.field(slot, field.getKey())));
        }
    }

    private void compareAddress(String line) throws RecordingException {
        String[] parts = line.split(" ", 3);
        long slot = arenaSlot(parts[1], lines.number());
        String expected = new Fields(line, lines.number()).text("paddr");
        compare(
                "address of " + text.location(slot),
                expected == null ? "-" : expected,
                "0x" + Long.toHexString(machine.slots.object(slot)));
    }
}
