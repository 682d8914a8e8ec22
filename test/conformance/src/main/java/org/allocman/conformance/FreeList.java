package org.allocman.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.conformance.kernel.Fields;
import org.allocman.conformance.kernel.RecordingLines;
import org.allocman.sim.boot.RecordingException;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A free list as a recording has it: {@code L kind bits paddr:cptr ..}, head first.
 *
 * @param place kind and size
 * @param blocks the free blocks
 */
record FreeList(Place place, List<Untyped> blocks) {
    private static final int MOST = 1 << 16;
    private static final int FIRST_BLOCK = 3;

    /** Which list it is. */
    record Place(MemoryKind kind, int bits) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : Integer.compare(bits, other.bits);
        }

        @Override
        public String toString() {
            return "list " + word(kind) + " " + bits;
        }
    }

    /** Takes the lists of a dump whose first line has been taken, and its end. */
    static Map<Place, FreeList> readAll(RecordingLines lines) throws RecordingException {
        Map<Place, FreeList> lists = new TreeMap<>();
        for (String line = lines.next(); ; line = lines.next()) {
            if (line == null) {
                throw lines.wrong("the recording is cut off in a dump");
            }
            if (line.trim().equals("E")) {
                return lists;
            }
            if (!RemarkLine.is(line)) {
                FreeList list = parse(line, lines.number());
                if (lists.put(list.place, list) != null) {
                    throw lines.wrong("the dump has " + list.place + " twice");
                }
            }
        }
    }

    private static FreeList parse(String line, int number) throws RecordingException {
        String[] words = line.trim().split(" +");
        if (!words[0].equals("L") || words.length < FIRST_BLOCK || words.length > MOST) {
            throw new RecordingException(number, "no free list: " + Fields.abridged(line));
        }
        MemoryKind kind = kind(words[1]);
        if (kind == null) {
            throw new RecordingException(number, "no kind of memory: " + Fields.abridged(words[1]));
        }
        long bits = Fields.number(words[2], "the size", number);
        if (bits < Architecture.MIN_UNTYPED_BITS || bits > Architecture.X86_64.maxUntypedBits()) {
            throw new RecordingException(number, "no untyped has " + Fields.abridged(words[2]) + " size bits");
        }
        List<Untyped> blocks = new ArrayList<>();
        for (int i = FIRST_BLOCK; i < words.length; i++) {
            String[] parts = words[i].split(":", -1);
            if (parts.length != 2) {
                throw new RecordingException(number, "no address and slot: " + Fields.abridged(words[i]));
            }
            blocks.add(new Untyped(
                    Fields.number(parts[1], "the slot", number),
                    Fields.number("0x" + parts[0], "the address", number),
                    (int) bits,
                    kind != MemoryKind.KERNEL));
        }
        return new FreeList(new Place(kind, (int) bits), blocks);
    }

    private static @Nullable MemoryKind kind(String word) {
        for (MemoryKind kind : MemoryKind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        return null;
    }

    private static String word(MemoryKind kind) {
        return switch (kind) {
            case KERNEL -> "kernel";
            case DEVICE -> "dev";
            case DEVICE_RAM -> "devmem";
        };
    }

    /** The blocks as a recording writes them. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Untyped block : blocks) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(Long.toHexString(block.paddr()))
                    .append(':')
                    .append(block.slot());
        }
        return text.isEmpty() ? "empty" : text.toString();
    }
}
